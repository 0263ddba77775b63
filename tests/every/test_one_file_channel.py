"""A channel is one file: the one in the how-to is taken out of the page and every promise tried.

It comes as another package would: by an entry point, with its samples in a folder of its own.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "en" / "how-to" / "add-a-channel.md"
CODE = re.compile(r"^```python\n# (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MOST_LINES = 160
# What such a run has no use for, and would load.
WITHOUT = ("-p", "no:cacheprovider", "-p", "no:faker", "-p", "no:schemathesis")
# What is broken, how, and the promise that notices.
BROKEN = {
    "no signature is checked": (
        ("if not secret or not hmac", "if secret is None and not hmac"),
        "test_whoever_did_not_sign_is_refused",
    ),
    "odd bytes raise": (
        ("except (msgspec.DecodeError, UnicodeDecodeError", "except (KeyError"),
        "test_any_bytes_are_heard_as_something",
    ),
    "ids come from the clock": (
        ('f"sha256:{', 'f"{received_at}{'),
        "test_any_bytes_are_heard_as_something",
    ),
    "who blocked us is written to": (
        ("standing.blocked_at is not None", "standing is None"),
        "test_who_blocked_us_is_left_alone",
    ),
    "rights are used too late": (
        ("handle.expires_at > now", "handle.token"),
        "test_no_right_is_used_after_its_deadline",
    ),
    "unknown kinds are dropped": (
        ('if page.kind == "text" else content', ""),
        "test_what_nobody_knows_is_kept_word_for_word",
    ),
    "losses are hidden": (
        ("tuple(losses)", "()"),
        "test_a_plain_block_is_readable_or_its_loss_declared",
    ),
    "long texts are cut": (
        ("in texts]", "in texts[:1]]"),
        "test_a_text_longer_than_any_message_arrives_or_is_declared",
    ),
    "a lost answer is taken for a no": (
        ("maybe_done=answer.status >= 500", "maybe_done=False"),
        "test_a_server_in_trouble_may_have_done_it",
    ),
    "a wrong key is taken for a wrong message": (
        ('"credentials" if', '"invalid" if'),
        "test_a_refused_key_is_a_matter_of_credentials",
    ),
    "the key is not sent": (
        ('"idempotency-key": retry_key', '"x": "y"'),
        "test_who_claims_idempotent_pushes_repeats_the_key",
    ),
}


def page() -> dict[str, str]:
    """The files of the how-to by their names."""
    return {Path(name).parent.name: code for name, code in CODE.findall(PAGE.read_text("utf-8"))}


def tried(
    folder: Path, channel: str, samples: str, promise: str = "test"
) -> "subprocess.CompletedProcess[str]":
    """The promises so named, on that channel, in a process that has its package installed."""
    package = folder / "kaiwa_pager-1.0.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: kaiwa-pager\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text("[kaiwa.channels]\npager = kaiwa_pager:CHANNEL\n")
    (folder / "kaiwa_pager.py").write_text(channel, "utf-8")
    (folder / "samples").mkdir()
    if samples:
        (folder / "samples" / "pager.py").write_text(samples, "utf-8")
    chosen = f"pager and {promise} and not one_file"
    every = sorted((ROOT / "tests" / "every").glob("test_*.py"))
    told = [str(one) for one in every if f"def {promise}(" in one.read_text("utf-8")]
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *(told or ["tests/every"]),
            "-q",
            "-x",
            "-k",
            chosen,
            *WITHOUT,
            "--samples",
            str(folder / "samples"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_page_has_a_channel_and_its_samples_and_the_channel_is_short() -> None:
    assert page().keys() == {"channels", "samples"}
    assert len(page()["channels"].splitlines()) <= MOST_LINES


def test_the_channel_of_the_page_keeps_every_promise(tmp_path: Path) -> None:
    run = tried(tmp_path, page()["channels"], page()["samples"])
    assert run.returncode == 0, run.stdout[-4_000:]
    assert int(re.findall(r"(\d+) passed", run.stdout)[-1]) >= 40


def test_a_channel_without_samples_is_told_what_to_add(tmp_path: Path) -> None:
    run = tried(tmp_path, page()["channels"], "")
    assert run.returncode == 1
    assert "Add tests/every/samples/pager.py" in run.stdout


@pytest.mark.slow
@pytest.mark.parametrize("what", BROKEN)
def test_a_channel_that_breaks_a_promise_is_found_out(what: str, tmp_path: Path) -> None:
    (right, wrong), promise = BROKEN[what]
    assert right in page()["channels"]
    run = tried(tmp_path, page()["channels"].replace(right, wrong), page()["samples"], promise)
    assert run.returncode == 1, run.stdout[-4_000:]
    assert re.search(rf"FAILED \S+::{promise}", run.stdout)
