"""How often this disk can say "it is safe" in a second."""

import os
import time
from pathlib import Path

_PAGE = os.urandom(4096)


def fdatasyncs_per_s(folder: Path, for_s: float = 1.0) -> float:
    """Append 4 KiB and fdatasync, over and over, in `folder`."""
    path = folder / "fdatasync.probe"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        count, began = 0, time.perf_counter()
        while time.perf_counter() - began < for_s:
            # Within a MiB, as a write-ahead log that is used again does.
            os.pwrite(descriptor, _PAGE, count % 256 * 4096)
            os.fdatasync(descriptor)
            count += 1
        return count / (time.perf_counter() - began)
    finally:
        os.close(descriptor)
        path.unlink()
