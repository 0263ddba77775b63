"""Kept files: bytes under a key that nobody can guess."""

from typing import Protocol


class FileStore(Protocol):
    """Keeps bytes. Keys are made by the caller and contain only `a-z0-9/-`."""

    def put(self, key: str, body: bytes) -> None:
        """Keep; returns after the bytes are on the disk."""

    def get(self, key: str) -> bytes:
        """The bytes; `NotFound` when there are none."""

    def delete(self, key: str) -> None:
        """Forget; nothing happens when there is nothing."""
