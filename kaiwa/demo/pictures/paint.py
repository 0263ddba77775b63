"""The paints of the pictures and the few strokes they are made of: flat, calm, one light."""

from typing import Final

import msgspec

_MAIN: Final = {
    "cream": "#efe6d3",
    "ink": "#414d64",
    "clay": "#bb7452",
    "white": "#f6f4f0",
    "black": "#3d3d40",
    "grey": "#a3a29e",
    "navy": "#3b4663",
    "indigo": "#4a5f86",
    "sky": "#a9c0cb",
    "olive": "#7b7a58",
    "green": "#7f957c",
    "beige": "#d6c4a5",
    "brown": "#8a5f42",
    "red": "#b5543f",
    "mustard": "#cfa24b",
    "pink": "#dcb0ae",
    "silver": "#c6c9cb",
}
_GROUND: Final = {
    "#e4e7e6": "cream beige brown ink",
    "#e5dfd9": "black clay grey",
    "#dfe4e2": "white red",
    "#ece6dc": "navy indigo green olive sky",
    "#e6e4de": "mustard pink silver",
}
WOOD: Final = "#9a6a43"
METAL: Final = "#6e6a63"
STEEL: Final = "#c6c9cb"
PAPER: Final = "#faf7f0"
DARK: Final = "#3a3936"
LEAF: Final = "#6f8a63"


class Paint(msgspec.Struct, frozen=True):
    """A colour with its light and its shadows, and the ground it stands out from."""

    main: str
    shade: str
    deep: str
    light: str
    ground: str


def paint(name: str) -> Paint:
    """The paint of that name; `KeyError` when nobody mixed it."""
    main = _MAIN[name]
    ground = next(colour for colour, names in _GROUND.items() if name in names.split())
    return Paint(main, mixed(main, 0.88), mixed(main, 0.76), mixed(main, 1.12), ground)


def names() -> list[str]:
    """Every paint there is."""
    return list(_MAIN)


def mixed(colour: str, by: float) -> str:
    """The colour darker (below 1) or lighter (above 1)."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    target = 0 if by < 1 else 255
    share = abs(1 - by)
    return "#" + "".join(f"{round(one + (target - one) * share):02x}" for one in parts)


def framed(drawing: str, ground: str) -> str:
    """A whole picture: the drawing on its ground, 600 by 600."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600">'
        f'<rect width="600" height="600" fill="{ground}"/>{drawing}</svg>\n'
    )


def fill(d: str, colour: str, opacity: float = 1) -> str:
    """A filled shape."""
    faint = "" if opacity == 1 else f' fill-opacity="{opacity}"'
    return f'<path d="{d}" fill="{colour}"{faint}/>'


def line(d: str, colour: str, width: float, opacity: float = 1) -> str:
    """A stroke with round ends."""
    faint = "" if opacity == 1 else f' stroke-opacity="{opacity}"'
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}"'
        f' stroke-linecap="round" stroke-linejoin="round"{faint}/>'
    )


def box(x: float, y: float, w: float, h: float, r: float, colour: str) -> str:
    """A rectangle with round corners."""
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{r}" fill="{colour}"/>'


def disc(x: float, y: float, rx: float, colour: str, ry: float | None = None) -> str:
    """A circle, or an ellipse where `ry` is given."""
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{rx if ry is None else ry}" fill="{colour}"/>'


def shadow(x: float = 300, rx: float = 190, y: float = 482) -> str:
    """What a thing casts on the table."""
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="15" fill="#000" fill-opacity=".09"/>'


def gleam(d: str, width: float = 12) -> str:
    """The light of the window."""
    return line(d, "#fff", width, 0.3)


def lit(d: str, main: str, shade: str, edge: float = 330, name: str = "b") -> str:
    """A shape in light, in shade right of `edge`; `name` tells several in a picture apart."""
    return (
        f'<clipPath id="{name}"><path d="{d}"/></clipPath>{fill(d, main)}'
        f'<rect x="{edge}" width="600" height="600" fill="{shade}" clip-path="url(#{name})"/>'
    )
