"""Secrets: opened only in their place and with their key; the key is made once, for us alone."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaiwa.engines.secrets import Secrets, load_master_key
from kaiwa.vocabulary.errors import Invalid, NotAuthentic

KEY, OTHER = bytes(range(32)), bytes(32)


@given(plain=st.binary(), place=st.text(st.characters(exclude_categories=["Cs"])))
def test_what_was_sealed_opens_in_its_place(plain: bytes, place: str) -> None:
    assert Secrets(KEY).open(Secrets(KEY).seal(plain, place), place) == plain


def test_another_place_or_key_does_not_open_it() -> None:
    sealed = Secrets(KEY).seal(b"token", "inbox:7")
    for secrets, place in ((Secrets(KEY), "inbox:8"), (Secrets(OTHER), "inbox:7")):
        with pytest.raises(NotAuthentic):
            secrets.open(sealed, place)


def test_no_byte_can_be_changed_or_left_out() -> None:
    sealed = Secrets(KEY).seal(b"token", "inbox:7")
    changed = [sealed[:n] + bytes([sealed[n] ^ 1]) + sealed[n + 1 :] for n in range(len(sealed))]
    for bad in [*changed, *(sealed[:n] for n in range(len(sealed))), sealed + b"\0"]:
        with pytest.raises(NotAuthentic):
            Secrets(KEY).open(bad, "inbox:7")


def test_sealing_twice_looks_different_and_shows_nothing() -> None:
    first, second = (Secrets(KEY).seal(b"token", "inbox:7") for _ in range(2))
    assert first != second
    assert b"token" not in first


def test_derived_keys_differ_by_purpose_and_by_master_key() -> None:
    keys = {Secrets(key).derived(name) for key in (KEY, OTHER) for name in ("seal", "link", "")}
    assert len(keys | {KEY, OTHER}) == 8


@pytest.mark.parametrize("text", ["short", "AAAA", base64.b64encode(bytes(33)).decode(), "日本"])
def test_a_configured_key_that_is_none_is_invalid(tmp_path: Path, text: str) -> None:
    with pytest.raises(Invalid):
        load_master_key(tmp_path, text)


def test_the_configured_key_wins_and_makes_no_file(tmp_path: Path) -> None:
    assert load_master_key(tmp_path, base64.b64encode(KEY).decode()) == KEY
    assert list(tmp_path.iterdir()) == []


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        key = load_master_key(tmp_path / "data", None)
    finally:
        os.umask(before)
    assert load_master_key(tmp_path / "data", None) == key
    (file,) = (tmp_path / "data").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    load_master_key(tmp_path, None)
    (tmp_path / "master.key").chmod(0o640)
    with pytest.raises(Invalid, match="chmod 600"):
        load_master_key(tmp_path, None)


def test_what_a_killed_process_left_half_made_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f".master.key.{os.getpid()}").write_bytes(b"half")
    assert len(load_master_key(tmp_path, None)) == 32


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib\n"
        "from kaiwa.engines.secrets import load_master_key\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(load_master_key(pathlib.Path(sys.argv[1]), None).hex())\n"
    )
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", script, str(tmp_path)]
    started = [
        subprocess.Popen(
            command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    keys = {process.communicate(timeout=60)[0].strip() for process in started}
    assert len(keys) == 1
    assert len(bytes.fromhex(keys.pop())) == 32
    assert [path.name for path in tmp_path.iterdir()] == ["master.key"]
