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
BROKEN = {
    "no signature is checked": ("if not secret or not hmac", "if secret is None and not hmac"),
    "odd bytes raise": ("except (msgspec.DecodeError, UnicodeDecodeError", "except (KeyError"),
    "ids come from the clock": ('f"sha256:{', 'f"{received_at}{'),
    "who blocked us is written to": ("standing.blocked_at is not None", "standing is None"),
    "rights are used too late": ("handle.expires_at > now", "handle.token"),
    "unknown kinds are dropped": ('if page.kind == "text" else content', ""),
    "losses are hidden": ("tuple(losses)", "()"),
    "long texts are cut": ("in texts]", "in texts[:1]]"),
    "a lost answer is taken for a no": ("maybe_done=answer.status >= 500", "maybe_done=False"),
    "a wrong key is taken for a wrong message": ('"credentials" if', '"invalid" if'),
    "the key is not sent": ('"idempotency-key": retry_key', '"x": "y"'),
}


def page() -> dict[str, str]:
    """The files of the how-to by their names."""
    return {Path(name).parent.name: code for name, code in CODE.findall(PAGE.read_text("utf-8"))}


def tried(
    folder: Path, channel: str, samples: str, *more: str
) -> "subprocess.CompletedProcess[str]":
    """The promises, on that channel, in a process that has its package installed."""
    package = folder / "kaiwa_pager-1.0.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: kaiwa-pager\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text("[kaiwa.channels]\npager = kaiwa_pager:CHANNEL\n")
    (folder / "kaiwa_pager.py").write_text(channel, "utf-8")
    (folder / "samples").mkdir()
    if samples:
        (folder / "samples" / "pager.py").write_text(samples, "utf-8")
    command = [sys.executable, "-m", "pytest", "tests/every", "-q", "-k", "pager and not one_file"]
    return subprocess.run(
        [*command, *more, "-p", "no:cacheprovider", "--samples", str(folder / "samples")],
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
    run = tried(tmp_path, page()["channels"], "", "-x")
    assert run.returncode == 1
    assert "Add tests/every/samples/pager.py" in run.stdout


@pytest.mark.slow
@pytest.mark.parametrize("what", BROKEN)
def test_a_channel_that_breaks_a_promise_is_found_out(what: str, tmp_path: Path) -> None:
    right, wrong = BROKEN[what]
    assert right in page()["channels"]
    run = tried(tmp_path, page()["channels"].replace(right, wrong), page()["samples"], "-x")
    assert run.returncode == 1, run.stdout[-4_000:]
    assert " failed" in run.stdout
