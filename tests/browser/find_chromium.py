"""Where Chromium is. Browser tests ask `find()`; `make check` runs this with `--install` first.

A missing browser must not let browser tests be skipped unseen, so installing is tried in the
order that needs least of the machine, and the last answer is a plain sentence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FOLDERS = (
    Path("~/.cache/ms-playwright"),
    Path("~/Library/Caches/ms-playwright"),
)
DEBIAN = ("chromium", "fonts-ipafont-gothic")
ADVICE = (
    "No Chromium found. Browser tests need one of: chromium or google-chrome on PATH, "
    "`playwright install chromium`, or on Debian `apt-get install chromium fonts-ipafont-gothic` "
    "(the font shows Japanese). KAIWA_CHROMIUM may name the program."
)


def find() -> Path | None:
    """The first Chromium there is: KAIWA_CHROMIUM, then PATH, then Playwright's own."""
    return next(_candidates(), None)


def install() -> Path | None:
    """Tries Playwright's download, then Debian's package where we may; then looks again."""
    _quietly([sys.executable, "-m", "playwright", "install", "chromium"])
    if (found := find()) is None and _is_debian_root():
        _quietly(["apt-get", "update"])
        _quietly(["apt-get", "install", "-y", "--no-install-recommends", *DEBIAN])
        found = find()
    return found


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("KAIWA_CHROMIUM"):
        yield Path(named)
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    folders = [Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", FOLDERS[0])), *FOLDERS]
    for folder in folders:
        yield from sorted(folder.expanduser().glob("chromium-*/chrome-linux*/chrome"), reverse=True)
        yield from sorted(folder.expanduser().glob("chromium-*/chrome-mac*/*.app/Contents/MacOS/*"))


def _is_debian_root() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def _quietly(command: list[str]) -> None:
    """Runs it; shows what it said only when it failed, for the next way may still work."""
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        last = done.stdout.strip().splitlines()[-1:] or ["no output"]
        print(f"did not work: {' '.join(command)}: {last[0]}", file=sys.stderr)


if __name__ == "__main__":
    chromium = find() or (install() if "--install" in sys.argv[1:] else None)
    print(chromium or ADVICE)
    sys.exit(0 if chromium else 1)
