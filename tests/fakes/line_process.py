"""A strict LINE in a process of its own, for what outlives the processes that talk to it."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx

from tests.faults.processes import ROOT, free_port

SECRET, TOKEN = "line-secret-of-the-test", "line-token-of-the-test"


class Line:
    """A strict LINE platform in a process that outlives the killed ones."""

    def __init__(self, journal: Path) -> None:
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.journal_path = journal
        words = ["--port", str(self.port), "--secret", SECRET, "--token", TOKEN]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.line_platform", *words, "--state", str(journal)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                httpx.get(f"{self.base}/_fake/journal", timeout=2)
            except httpx.HTTPError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError("the fake LINE did not start")

    def control(self, what: str, **given: object) -> None:
        """Set the scene: see `tests/fakes/line_controls.py`."""
        httpx.post(f"{self.base}/_fake/{what}", json=given, timeout=60).raise_for_status()

    def journal(self) -> list[dict[str, Any]]:
        """Everything it ever accepted, from its own disk."""
        if not self.journal_path.exists():
            return []
        return [json.loads(line) for line in self.journal_path.read_text("utf-8").splitlines()]

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
