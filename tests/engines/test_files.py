"""Files in a directory: whole or not at all, under keys that cannot leave it."""

import threading
from pathlib import Path

import pytest

from kaiwa.engines.files.directory import DirectoryStore
from kaiwa.vocabulary.errors import NotFound, Unreachable


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path / "files")


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"x" * 3_000_000])
def test_what_was_put_is_got(store: DirectoryStore, body: bytes) -> None:
    store.put("7/ab/cd-1", body)
    assert store.get("7/ab/cd-1") == body


def test_putting_again_replaces(store: DirectoryStore) -> None:
    store.put("a/b", b"first, and longer")
    store.put("a/b", b"second")
    assert store.get("a/b") == b"second"


def test_what_was_deleted_is_gone_and_deleting_again_is_nothing(store: DirectoryStore) -> None:
    store.put("a/b", b"x")
    for _ in range(2):
        store.delete("a/b")
        with pytest.raises(NotFound):
            store.get("a/b")


@pytest.mark.parametrize("key", ["a/b/c", "a", "a/c"])
def test_a_key_beside_above_or_below_a_file_is_not_that_file(
    store: DirectoryStore, key: str
) -> None:
    store.put("a/b", b"x")
    with pytest.raises(NotFound):
        store.get(key)
    store.delete(key)
    assert store.get("a/b") == b"x"


def test_a_key_below_a_file_cannot_be_kept(store: DirectoryStore) -> None:
    store.put("a/b", b"x")
    for key in ("a/b/c", "a"):
        with pytest.raises(Unreachable):
            store.put(key, b"y")
    assert store.get("a/b") == b"x"


@pytest.mark.parametrize(
    "key",
    ["", "/", "/etc/passwd", "../x", "a/../x", "a/./b", "a//b", "a/", "A", "a.b", "a\n", "-a"]
    + ["a/.x", "a\0", "ａ", "a" * 201, "a/" * 150 + "a", " a"],
)
def test_no_key_leads_out_of_the_folder(store: DirectoryStore, key: str) -> None:
    for verb in (store.get, store.delete, lambda key: store.put(key, b"")):
        with pytest.raises(NotFound):
            verb(key)


def test_a_folder_that_takes_nothing_is_unreachable_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"not a folder")
    with pytest.raises(Unreachable):
        DirectoryStore(tmp_path / "files").put("a", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["files"]


def test_a_reader_never_sees_half_a_file(store: DirectoryStore, tmp_path: Path) -> None:
    bodies = {bytes([n]) * 300_000 for n in range(4)}
    store.put("a/b", min(bodies))

    def put() -> None:
        for body in bodies:
            store.put("a/b", body)

    threads = [threading.Thread(target=put) for _ in range(4)]
    for thread in threads:
        thread.start()
    seen = 0
    while any(thread.is_alive() for thread in threads) or seen == 0:
        assert store.get("a/b") in bodies
        seen += 1
    assert [path.name for path in (tmp_path / "files" / "a").iterdir()] == ["b"]
