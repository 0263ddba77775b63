"""Which process writes an index: the one that holds a lock on a file in its folder.

The system lets go of the lock when the process ends, however it ends.
"""

import fcntl
import os
from pathlib import Path


class Claim:
    """The right to write in a folder; without a folder it is always ours."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder and folder / "writer.lock"
        self._held: int | None = None

    @property
    def held(self) -> bool:
        """Whether it is ours now."""
        return self._path is None or self._held is not None

    def take(self) -> bool:
        """Whether it is ours from now on; another process or index object may have it."""
        if self.held or self._path is None:
            return True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._held = descriptor
        return True

    def let_go(self) -> None:
        """Leave it to whoever asks next."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
