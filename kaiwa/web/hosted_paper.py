"""Writes hosted pages: templates that escape by themselves, and the built style and script."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kaiwa.web.hosted_words import Words

_TEMPLATES: Final = Path(__file__).with_name("templates")
_ENTRY: Final = "hosted/main.ts"


class Assets(msgspec.Struct, frozen=True):
    """Where the style sheets and the script of the hosted pages are."""

    styles: tuple[str, ...] = ()
    script: str | None = None


class Paper:
    """The pages' templates; a name that nobody gave a value is an error, not a gap."""

    def __init__(self, static: Path) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["assets"] = built(static)

    def page(self, name: str, words: Words, values: Mapping[str, Any]) -> str:
        """The page in the reader's words."""
        template = self._templates.get_template(f"{name}.html")
        return template.render(t=words.say, w=words, **values)


def built(static: Path) -> Assets:
    """What the build of the interface says it made; nothing when it was not built."""
    try:
        manifest = json.loads((static / "manifest.json").read_bytes())
    except FileNotFoundError:
        return Assets()
    if _ENTRY not in manifest:
        return Assets()
    return Assets(_styles(manifest, _ENTRY), f"/{manifest[_ENTRY]['file']}")


def _styles(manifest: dict[str, Any], name: str) -> tuple[str, ...]:
    part = manifest[name]
    before = [style for other in part.get("imports", ()) for style in _styles(manifest, other)]
    # The part's own sheet is named first, and what it shares with others after it.
    own = [f"/{style}" for style in reversed(part.get("css", ()))]
    return tuple(dict.fromkeys((*before, *own)))
