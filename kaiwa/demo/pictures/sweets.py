"""Pictures of tea and sweets as they are packed."""

from collections.abc import Callable
from typing import Final

from kaiwa.demo.pictures.paint import (
    DARK,
    LEAF,
    PAPER,
    STEEL,
    WOOD,
    Paint,
    box,
    disc,
    fill,
    gleam,
    line,
    lit,
    shadow,
)


def _sprig(x: float, y: float, colour: str) -> str:
    """The shop's three trees, as on its labels."""
    return (
        line(f"M{x} {y + 34}v-64M{x - 26} {y + 34}v-40M{x + 26} {y + 34}v-40", colour, 6)
        + line(f"M{x - 12} {y - 14}l12 16 12-16M{x - 36} {y + 4}l10 12 10-12", colour, 5)
        + line(f"M{x + 16} {y + 4}l10 12 10-12", colour, 5)
    )


def _teatin(p: Paint) -> str:
    return (
        shadow(300, 130, 502)
        + lit("M190 190h220v290q0 20-20 20H210q-20 0-20-20z", p.main, p.shade, 330)
        + lit("M184 130q0-18 18-18h196q18 0 18 18v66H184z", STEEL, "#adb1b4", 330, "l")
        + box(220, 250, 130, 180, 4, PAPER)
        + _sprig(285, 318, p.deep)
        + line("M250 386h70M262 406h46", p.main, 6)
    )


def _teabag(p: Paint) -> str:
    return (
        shadow(300, 160, 502)
        + lit("M170 140h260l16 340q2 22-20 22H174q-22 0-20-22z", p.main, p.shade, 360)
        + fill("M170 140h260l-4-40q-2-12-14-12H188q-12 0-14 12z", p.deep)
        + line("M176 122h248", p.shade, 4)
        + box(206, 218, 176, 160, 6, PAPER)
        + _sprig(294, 280, p.deep)
        + line("M248 346h92", p.main, 6)
        + disc(294, 436, 30, PAPER)
        + fill("M276 436q18-28 40-8-14 30-40 8z", LEAF)
    )


def _coffee(p: Paint) -> str:
    bean = disc(300, 300, 34, DARK, 44) + line("M300 262q-16 38 0 76", PAPER, 6)
    return (
        shadow(300, 160, 502)
        + lit("M176 150h248l20 90v240q0 22-22 22H178q-22 0-22-22V240z", p.main, p.shade, 366)
        + fill("M176 150h248l6 28H170z", p.deep)
        + box(190, 106, 220, 50, 6, p.shade)
        + line("M190 130h220", p.deep, 5)
        + box(216, 218, 168, 190, 6, PAPER)
        + bean
        + line("M252 376h96", p.main, 6)
        + disc(410, 196, 9, p.deep)
    )


def _yokan(p: Paint) -> str:
    def bar(x: int, y: int, colour: str) -> str:
        return (
            box(x, y, 250, 66, 10, colour)
            + box(x + 24, y, 70, 66, 0, PAPER)
            + line(f"M{x + 44} {y + 20}h30M{x + 44} {y + 36}h20", colour, 5)
            + line(f"M{x + 120} {y + 14}h110", "#fff", 6, 0.25)
        )

    return (
        shadow(300, 210, 470)
        + bar(90, 390, p.main)
        + bar(262, 316, "#7b7a58")
        + bar(110, 242, "#8a5f42")
        + bar(240, 168, "#cfa24b")
    )


def _sweetbox(p: Paint) -> str:
    pieces = "".join(
        box(142 + 110 * (at % 3), 262 + 104 * (at // 3), 96, 88, 16, p.main if at % 2 else p.shade)
        for at in range(6)
    )
    tops = "".join(
        line(f"M{164 + 110 * (at % 3)} {288 + 104 * (at // 3)}h52", "#fff", 6, 0.4)
        for at in range(6)
    )
    return (
        shadow(300, 220, 492)
        + box(104, 228, 392, 262, 10, "#b98f63")
        + box(118, 242, 364, 236, 6, PAPER)
        + pieces
        + tops
        + lit("M88 96h340q12 0 12 12v88H76v-88q0-12 12-12z", PAPER, "#ece5d8", 360, "l")
        + box(76, 132, 364, 20, 0, "#b5543f")
    )


def _cookies(p: Paint) -> str:
    def cookie(x: int, y: int, colour: str) -> str:
        return (
            disc(x, y, 52, colour)
            + disc(x - 16, y - 10, 6, "#8a5f42")
            + disc(x + 18, y + 6, 6, "#8a5f42")
            + disc(x - 2, y + 24, 6, "#8a5f42")
        )

    return (
        shadow(300, 210, 486)
        + lit("M96 330h408v96q0 60-60 60H156q-60 0-60-60z", p.main, p.shade, 380)
        + disc(300, 330, 204, p.deep, 66)
        + disc(300, 326, 190, PAPER, 56)
        + cookie(196, 304, "#d9b27c")
        + cookie(300, 286, "#a9ae7a")
        + cookie(404, 304, "#c9965c")
        + cookie(250, 344, "#e2c392")
        + cookie(352, 344, "#d9b27c")
        + line("M96 372q204 74 408 0", p.light, 8, 0.7)
    )


def _senbei(p: Paint) -> str:
    def cracker(x: int, y: int) -> str:
        return (
            disc(x, y, 96, "#b97a45")
            + disc(x - 6, y - 6, 82, "#cf9257")
            + line(f"M{x - 44} {y - 30}q20-20 44-14M{x - 20} {y + 30}q30 10 54-14", "#a9683a", 6)
        )

    return (
        shadow(300, 210, 492)
        + cracker(404, 392)
        + lit("M110 160h220l18 310q0 20-20 20H112q-20 0-20-20z", p.main, p.shade, 270)
        + fill("M110 160h220l-6-42q-2-10-12-10H128q-10 0-12 10z", p.deep)
        + box(136, 226, 160, 170, 80, PAPER)
        + disc(216, 310, 50, "#cf9257")
        + line("M190 296q14-14 34-10M204 330q18 6 32-8", "#a9683a", 6)
        + cracker(466, 330)
    )


def _jar(p: Paint) -> str:
    return (
        shadow(300, 140, 502)
        + lit("M180 230q0-34 40-40h160q40 6 40 40v230q0 40-40 40H220q-40 0-40-40z", p.main,
              p.shade, 340)
        + fill("M180 230q0-34 40-40h160q40 6 40 40v24H180z", "#fff", 0.35)
        + lit("M204 110q0-14 14-14h164q14 0 14 14v76H204z", PAPER, "#e6ddcc", 330, "l")
        + line("M204 166h192", "#b5543f", 8)
        + box(206, 300, 188, 124, 6, PAPER)
        + _sprig(300, 346, p.deep)
        + line("M258 400h84", p.main, 6)
        + gleam("M198 262v40", 9)
    )  # fmt: skip


def _giftbox(p: Paint) -> str:
    return (
        shadow(300, 210, 482)
        + lit("M100 300h400v160q0 20-20 20H120q-20 0-20-20z", "#dcc49c", "#cbb085", 380)
        + lit("M84 236q0-16 16-16h400q16 0 16 16v72H84z", "#e8d4b0", "#d8c09a", 390, "l")
        + box(268, 220, 64, 260, 0, PAPER)
        + line("M84 262h432", p.main, 16)
        + line("M300 256c-80-70-120-20-24 8M300 256c80-70 120-20 24 8", p.main, 14)
        + line("M292 268l-46 62M308 268l46 62", p.main, 12)
        + disc(300, 260, 16, p.deep)
        + line("M136 340h90", WOOD, 6, 0.5)
    )


DRAWINGS: Final[dict[str, Callable[[Paint], str]]] = {
    "teatin": _teatin,
    "teabag": _teabag,
    "coffee": _coffee,
    "yokan": _yokan,
    "sweetbox": _sweetbox,
    "cookies": _cookies,
    "senbei": _senbei,
    "jar": _jar,
    "giftbox": _giftbox,
}
