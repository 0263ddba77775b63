"""Who is alive: each process holds a lock on a file of its own.

The system lets go of it when the process ends, however it ends. So work claimed by the dead is
known at once, without waiting for a lease to run out.
"""

import fcntl
import os
import secrets
from pathlib import Path


class FileOwners:
    """Owners on one machine, by locked files in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mine: dict[str, int] = {}

    def take(self) -> str:
        """A new name, held until this process ends."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.iterdir():
            self.lives(left.name)
        name = f"{os.getpid()}-{secrets.token_hex(6)}"
        descriptor = os.open(self._folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        self._mine[name] = descriptor
        return name

    def lives(self, owner: str) -> bool:
        """Whether somebody still holds `owner`; forgets the file of the dead."""
        if owner in self._mine:
            return True
        try:
            descriptor = os.open(self._folder / owner, os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        (self._folder / owner).unlink(missing_ok=True)
        return False
