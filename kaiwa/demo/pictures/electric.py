"""Pictures of what has a plug or a battery."""

from collections.abc import Callable
from typing import Final

from kaiwa.demo.pictures.paint import (
    DARK,
    METAL,
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

_GLOW: Final = "#f3d48a"


def _earphones(p: Paint) -> str:
    def bud(x: int, turn: int) -> str:
        return (
            line(f"M{x} 190l{turn * 8} 110", p.shade, 30)
            + disc(x, 178, 48, p.main)
            + disc(x + turn * 34, 186, 24, DARK, 30)
            + line(f"M{x - turn * 14} 160q{turn * 6}-10 {turn * 16}-10", "#fff", 7, 0.5)
        )

    return (
        shadow(300, 180, 492)
        + bud(210, 1)
        + bud(390, -1)
        + lit("M130 400q0-62 62-62h216q62 0 62 62v26q0 62-62 62H192q-62 0-62-62z", p.main, p.shade,
              370)
        + line("M132 396h336", p.deep, 6)
        + disc(300, 440, 8, _GLOW)
    )  # fmt: skip


def _headphones(p: Paint) -> str:
    return (
        shadow(300, 190, 502)
        + line("M140 360C130 40 470 40 460 360", p.shade, 34)
        + line("M176 170Q300 74 424 170", p.main, 34)
        + box(96, 300, 92, 190, 42, p.main)
        + box(412, 300, 92, 190, 42, p.shade)
        + box(170, 316, 44, 158, 20, DARK)
        + box(386, 316, 44, 158, 20, DARK)
        + gleam("M122 340v80", 10)
    )


def _speaker(p: Paint) -> str:
    holes = "".join(
        disc(164 + 34 * column, 268 + 34 * row, 7, p.deep)
        for row in range(5)
        for column in range(5)
    )
    return (
        shadow(300, 220, 482)
        + lit("M84 222q0-30 30-30h372q30 0 30 30v226q0 30-30 30H114q-30 0-30-30z", p.main, p.shade,
              400)
        + box(116, 224, 236, 222, 18, "#e4d9c6")
        + holes
        + disc(434, 288, 42, PAPER)
        + line("M434 288v-26", METAL, 8)
        + disc(412, 384, 12, METAL)
        + disc(456, 384, 12, METAL)
    )  # fmt: skip


def _powerbank(p: Paint) -> str:
    return (
        shadow(300, 140, 512)
        + lit("M180 120q0-34 34-34h172q34 0 34 34v356q0 34-34 34H214q-34 0-34-34z", p.main,
              p.shade, 370)
        + box(226, 140, 148, 74, 12, DARK)
        + line("M260 160v34M280 160h20v34h-20zM320 160h20v34h-20z", _GLOW, 6)
        + box(232, 84, 52, 12, 5, METAL)
        + box(316, 84, 52, 12, 5, METAL)
        + fill("M306 330l-40 66h30l-8 58 44-72h-30z", p.deep)
    )  # fmt: skip


def _wallcharger(p: Paint) -> str:
    return (
        shadow(290, 150, 492)
        + line("M248 140v-50M332 140v-50", STEEL, 18)
        + lit("M160 170q0-34 34-34h192q34 0 34 34v282q0 34-34 34H194q-34 0-34-34z", p.main,
              p.shade, 370)
        + box(214, 300, 150, 26, 13, DARK)
        + box(214, 350, 150, 26, 13, DARK)
        + box(224, 404, 130, 40, 6, DARK)
        + box(240, 416, 98, 14, 3, PAPER)
        + line("M206 200h60", p.deep, 6)
    )  # fmt: skip


def _cable(p: Paint) -> str:
    return (
        shadow(300, 190, 492)
        + line("M300 330c-110 0-110-160 0-160s110 160 0 160-150-200 0-210 190 240 0 250-180 30-170"
               " 90", p.main, 22)
        + line("M300 330c-110 0-110-160 0-160s110 160 0 160-150-200 0-210 190 240 0 250-180 30-170"
               " 90", p.deep, 5, 0.6)
        + line("M300 370c110 10 150 40 150 80", p.shade, 22)
        + box(108, 452, 44, 34, 8, METAL)
        + box(428, 446, 44, 40, 8, METAL)
        + box(118, 484, 24, 22, 4, STEEL)
        + box(438, 484, 24, 22, 4, STEEL)
    )  # fmt: skip


def _desklamp(p: Paint) -> str:
    return (
        shadow(330, 150, 506)
        + fill("M150 236l-70 250h280z", _GLOW, 0.35)
        + line("M400 480L440 250 250 150", METAL, 16)
        + disc(440, 250, 17, p.deep)
        + lit("M300 490q0-24 30-24h140q30 0 30 24v10H300z", p.main, p.shade, 420)
        + fill("M262 112q44 30 12 76L128 262q-40-90 50-134z", p.main)
        + fill("M128 262l146-74-8 22-132 66z", _GLOW)
        + line("M176 158q16-14 40-20", "#fff", 9, 0.4)
    )


def _lantern(p: Paint) -> str:
    return (
        shadow(300, 130, 512)
        + line("M222 150C222 40 378 40 378 150", METAL, 11)
        + lit("M206 150q0-30 94-30t94 30v40H206z", p.main, p.shade, 330)
        + box(212, 190, 176, 230, 20, "#fbeecb")
        + disc(300, 304, 44, _GLOW, 70)
        + line("M236 196v218M300 196v24M364 196v218", p.deep, 8)
        + lit("M196 416h208v62q0 32-32 32H228q-32 0-32-32z", p.main, p.shade, 330, "l")
        + disc(300, 464, 17, p.deep)
    )


def _ekettle(p: Paint) -> str:
    return (
        shadow(300, 190, 506)
        + line("M112 210c50 0 56 50 70 100 10 40 22 52 50 58", p.shade, 24)
        + lit("M212 190h150l36 230H180z", p.main, p.shade, 330)
        + lit("M220 190c8-24 34-32 68-32s60 8 68 32z", p.shade, p.deep, 306, "l")
        + box(268, 128, 40, 34, 12, WOOD)
        + line("M366 214h76q22 0 22 24v150", DARK, 26)
        + box(150, 420, 300, 20, 6, DARK)
        + lit("M132 444h336q14 0 14 14v26q0 18-18 18H136q-18 0-18-18v-26q0-14 14-14z", p.main,
              p.shade, 400, "s")
        + box(168, 456, 130, 34, 6, DARK)
        + line("M190 464v18M208 464h14v18h-14zM238 464h14v18h-14zM270 466h4", _GLOW, 4)
        + disc(420, 473, 17, METAL)
        + gleam("M232 226l-20 150", 10)
    )  # fmt: skip


def _clock(p: Paint) -> str:
    return (
        shadow(300, 150, 492)
        + line("M220 450l-24 40M380 450l24 40", p.deep, 22)
        + disc(300, 300, 186, p.shade)
        + disc(294, 296, 180, p.main)
        + disc(300, 300, 148, PAPER)
        + line("M300 172v16M300 412v16M172 300h16M412 300h16", METAL, 9)
        + line("M300 300v-92M300 300l64 40", DARK, 13)
        + disc(300, 300, 13, "#b5543f")
        + box(262, 96, 76, 30, 14, p.deep)
    )


def _wallclock(p: Paint) -> str:
    ticks = (
        "M300 130v22M300 448v22M130 300h22M448 300h22M385 153l-10 18M447 215l-18 10"
        "M385 447l-10-18M447 385l-18-10M215 153l10 18M153 215l18 10M215 447l10-18M153 385l18-10"
    )
    return (
        disc(312, 316, 214, "#000000").replace('fill="#000000"', 'fill="#000" fill-opacity=".09"')
        + disc(300, 300, 214, p.shade)
        + disc(296, 296, 206, p.main)
        + disc(300, 300, 186, PAPER)
        + line(ticks, METAL, 7)
        + line("M300 300l-62-72M300 300l96-66", DARK, 12)
        + line("M300 300l22 128", "#b5543f", 5)
        + disc(300, 300, 12, "#b5543f")
    )


def _humidifier(p: Paint) -> str:
    return (
        shadow(300, 130, 512)
        + line("M300 140c-40-30 30-50-6-90M340 130c-20-30 30-40 6-70", "#fff", 13, 0.75)
        + lit("M196 230q0-70 104-70t104 70v240q0 40-40 40H236q-40 0-40-40z", p.main, p.shade, 330)
        + disc(300, 176, 54, p.deep, 13)
        + fill("M196 330h208v140q0 40-40 40H236q-40 0-40-40z", "#a9c0cb", 0.45)
        + disc(300, 460, 17, p.deep)
        + gleam("M224 250v180", 11)
    )


def _scale(p: Paint) -> str:
    return (
        shadow(300, 210, 462)
        + fill("M110 300h380l36 110q6 24-20 24H94q-26 0-20-24z", p.shade)
        + fill("M74 410h452v20q0 24-24 24H98q-24 0-24-24z", p.deep)
        + fill("M132 290h336l22 74H110z", p.main)
        + box(236, 380, 128, 40, 6, DARK)
        + line("M258 390v20M276 390h14v20h-14zM308 408h2M322 390h14v20h-14z", _GLOW, 4)
        + disc(150, 400, 11, METAL)
        + disc(450, 400, 11, METAL)
        + lit("M214 150h172l-22 140q-2 18-22 18h-84q-20 0-22-18z", "#dfe7e9", "#cbd6da", 320)
        + fill("M222 216h156l-12 74q-2 18-22 18h-88q-20 0-22-18z", "#6d4a34")
        + disc(300, 150, 86, PAPER, 13)
    )


def _fan(p: Paint) -> str:
    blades = "".join(
        f'<g transform="rotate({120 * at} 300 220)">'
        + fill("M300 220q-70-30-52-104 64-8 72 46 4 34-20 58z", p.shade)
        + "</g>"
        for at in range(3)
    )
    return (
        shadow(300, 100, 532)
        + box(266, 330, 68, 196, 30, p.main)
        + box(300, 330, 34, 196, 20, p.shade)
        + disc(300, 220, 158, p.main)
        + disc(300, 220, 136, PAPER)
        + blades
        + disc(300, 220, 30, p.deep)
        + line("M164 220h272M300 84v272M204 124l192 192M396 124L204 316", p.deep, 3, 0.55)
        + disc(300, 420, 13, p.deep)
    )


DRAWINGS: Final[dict[str, Callable[[Paint], str]]] = {
    "earphones": _earphones,
    "headphones": _headphones,
    "speaker": _speaker,
    "powerbank": _powerbank,
    "wallcharger": _wallcharger,
    "cable": _cable,
    "desklamp": _desklamp,
    "lantern": _lantern,
    "ekettle": _ekettle,
    "clock": _clock,
    "wallclock": _wallclock,
    "humidifier": _humidifier,
    "scale": _scale,
    "fan": _fan,
}
