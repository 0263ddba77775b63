"""Files in a directory, written whole or not at all."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from kaiwa.vocabulary.errors import NotFound, Unreachable

_KEY = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")
_KEY_BYTES = 200


class DirectoryStore:
    """`FileStore` under one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, body: bytes) -> None:
        """See `FileStore.put`. Raises `Unreachable` when the disk takes no more."""
        path = self._path(key)
        draft = path.with_name(f".{secrets.token_hex(8)}")
        try:
            self._make(path.parent)
            with draft.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
            _sync(path.parent)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            raise Unreachable(f"The file could not be kept: {error.strerror}") from error

    def get(self, key: str) -> bytes:
        """See `FileStore.get`."""
        try:
            return self._path(key).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            raise NotFound("This file is no longer kept.") from None

    def delete(self, key: str) -> None:
        """See `FileStore.delete`."""
        path = self._path(key)
        with suppress(FileNotFoundError, NotADirectoryError):
            if not path.is_dir():
                path.unlink()

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(exist_ok=True)
            _sync(folder.parent)

    def _path(self, key: str) -> Path:
        if len(key) > _KEY_BYTES or not _KEY.fullmatch(key):
            raise NotFound("There is no such file.")
        return self._folder / key


def _sync(folder: Path) -> None:
    # A name is on the disk only when its folder is.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
