"""Files in a directory, written whole or not at all."""

import os
import re
import secrets
from pathlib import Path

from kaiwa.vocabulary.errors import NotFound, Unreachable

_KEY = re.compile(r"[a-z0-9][a-z0-9/-]{0,200}")


class DirectoryStore:
    """`FileStore` under one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, body: bytes) -> None:
        """See `FileStore.put`. Raises `Unreachable` when the disk takes no more."""
        path = self._path(key)
        draft = path.with_name(f".{secrets.token_hex(8)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise Unreachable(f"The file could not be kept: {error.strerror}") from error

    def get(self, key: str) -> bytes:
        """See `FileStore.get`."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise NotFound("This file is no longer kept.") from None

    def delete(self, key: str) -> None:
        """See `FileStore.delete`."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key) or "//" in key:
            raise NotFound("There is no such file.")
        return self._folder / key
