"""Pictures of what is worn and carried."""

from collections.abc import Callable
from typing import Final

from kaiwa.demo.pictures.paint import (
    DARK,
    METAL,
    PAPER,
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

_TORSO: Final = "M214 150q86 40 172 0l36 16v322q0 12-12 12H190q-12 0-12-12V166z"
_SLEEVES: Final = (
    "M180 166Q116 196 96 272l-24 180q-2 14 12 16l48 8q14 2 18-12l40-170z",
    "M420 166q64 30 84 106l24 180q2 14-12 16l-48 8q-14 2-18-12l-40-170z",
)


def _sleeves(p: Paint) -> str:
    return fill(_SLEEVES[0], p.shade) + fill(_SLEEVES[1], p.deep)


def _legs(p: Paint, seam: str, bottom: int = 520) -> str:
    left = f"M196 96h104v110L282 {bottom}h-112z"
    right = f"M300 96h104l26 {bottom - 96}H318L300 206z"
    return (
        fill(left, p.main)
        + fill(right, p.shade)
        + box(192, 84, 216, 34, 8, p.deep)
        + line("M222 84v30M378 84v30M300 84v30", p.main, 9)
        + line("M300 124v70q-2 24-24 32", seam, 4)
        + line("M204 128q40 8 48 46M396 128q-40 8-48 46", seam, 4)
        + line(f"M176 {bottom - 22}h106M320 {bottom - 22}h106", seam, 4)
        + disc(300, 101, 7, METAL)
    )


def _jeans(p: Paint) -> str:
    return shadow(300, 150, 526) + _legs(p, "#d0a35c")


def _chinos(p: Paint) -> str:
    return (
        shadow(300, 150, 526) + _legs(p, p.deep) + line("M240 210v280M362 210v280", p.deep, 3, 0.6)
    )


def _shirt(p: Paint) -> str:
    buttons = "".join(disc(300, 236 + 54 * at, 6, METAL) for at in range(5))
    return (
        shadow(300, 190, 520)
        + _sleeves(p)
        + lit(_TORSO, p.main, p.shade, 300)
        + line("M300 196v298", p.deep, 4)
        + buttons
        + box(334, 256, 58, 66, 6, p.deep)
        + box(337, 259, 52, 60, 5, p.shade)
        + fill("M214 150l58-30 28 64-46 44z", p.light)
        + fill("M386 150l-58-30-28 64 46 44z", p.main)
        + line("M214 150l40 76 46-42 46 42 40-76", p.deep, 4)
    )


def _tee(p: Paint) -> str:
    return (
        shadow(300, 180, 520)
        + fill("M184 160L84 226l44 90 62-34z", p.shade)
        + fill("M416 160l100 66-44 90-62-34z", p.deep)
        + lit(_TORSO, p.main, p.shade, 330)
        + fill("M214 150q86 84 172 0l-18-10q-68 58-136 0z", p.deep)
        + line("M98 240l40 78M502 240l-40 78", p.deep, 4)
        + line("M182 484h236", p.deep, 4)
    )


def _longtee(p: Paint) -> str:
    return (
        shadow(300, 190, 520)
        + _sleeves(p)
        + lit(_TORSO, p.main, p.shade, 330)
        + fill("M220 148q80 70 160 0l-16-10q-64 48-128 0z", p.deep)
        + line("M182 484h236M78 440l72 14M522 440l-72 14", p.deep, 4)
    )


def _knit(p: Paint) -> str:
    return "".join(line(f"M{206 + 24 * at} 210v262", p.deep, 3, 0.5) for at in range(8))


def _sweater(p: Paint) -> str:
    return (
        shadow(300, 190, 520)
        + _sleeves(p)
        + lit(_TORSO, p.main, p.shade, 330)
        + _knit(p)
        + box(178, 474, 244, 28, 8, p.deep)
        + line("M84 456l64 12M516 456l-64 12", p.main, 10)
        + fill("M216 148q84 74 168 0l-14-28q-70 40-140 0z", p.deep)
    )


def _cardigan(p: Paint) -> str:
    buttons = "".join(disc(318, 330 + 46 * at, 8, WOOD) for at in range(4))
    return (
        shadow(300, 190, 520)
        + _sleeves(p)
        + lit(_TORSO, p.main, p.shade, 330)
        + _knit(p)
        + fill("M226 152L300 316l74-164q-74 26-148 0z", PAPER)
        + line("M220 152l80 168 80-168M300 320v176", p.deep, 16)
        + box(178, 474, 244, 28, 8, p.deep)
        + buttons
    )


def _coat(p: Paint) -> str:
    return (
        shadow(300, 180, 540)
        + fill("M186 170L96 250l-4 200q0 12 12 12h44q12 0 14-12l34-180z", p.shade)
        + fill("M414 170l90 80 4 200q0 12-12 12h-44q-12 0-14-12l-34-180z", p.deep)
        + lit("M210 160q90 40 180 0l30 20 22 344q0 14-14 14H172q-14 0-14-14l22-344z", p.main,
              p.shade, 330)
        + fill("M206 166q-8-92 94-96 102 4 94 96-94 52-188 0z", p.deep)
        + fill("M236 160q-2-58 64-62 66 4 64 62-64 36-128 0z", DARK, 0.35)
        + line("M300 188v350", p.deep, 6)
        + line("M204 400h58M338 400h58", p.deep, 8)
        + gleam("M206 226l-10 130", 10)
    )  # fmt: skip


def _poncho(p: Paint) -> str:
    return (
        shadow(300, 210, 530)
        + lit("M232 170Q120 270 84 480q-2 14 10 20 206 56 412 0 12-6 10-20-36-210-148-310z",
              p.main, p.shade, 350)
        + line("M180 300l-22 206M420 300l22 206M300 190v340", p.deep, 5)
        + fill("M220 178q-14-96 80-102 94 6 80 102-80 44-160 0z", p.deep)
        + fill("M246 168q-4-56 54-60 58 4 54 60-54 30-108 0z", DARK, 0.35)
    )  # fmt: skip


def _socks(p: Paint) -> str:
    def sock(x: int, main: str, dark: str) -> str:
        leg = f"M{x} 130h92v190q0 26 24 44l78 58q30 26 8 58-24 30-60 14L{x + 40} 420q-40-26-40-76z"
        return (
            fill(leg, main)
            + box(x - 4, 120, 100, 40, 8, dark)
            + fill(f"M{x + 176} 408l20 14q30 26 8 58-24 30-60 14l-20-10q54-10 52-76z", dark)
            + line(f"M{x} 196h92M{x} 218h92", dark, 6)
        )

    return (
        shadow(320, 210, 512)
        + sock(304, p.shade, p.deep)
        + sock(120, p.main, p.shade)
    )  # fmt: skip


def _scarf(p: Paint) -> str:
    fringe = "".join(
        line(f"M{188 + 17 * at} 470v36M{334 + 17 * at} 430v36", p.deep, 5) for at in range(6)
    )
    return (
        shadow(290, 170, 522)
        + fringe
        + fill("M326 250h104v186H326z", p.shade)
        + fill("M180 260h104v216H180z", p.main)
        + lit("M150 250q-20-140 150-140t150 140q-30 70-150 70t-150-70z", p.main, p.shade, 330)
        + disc(300, 196, 92, p.deep, 46)
        + line("M176 268q120 60 244-4M196 300v160M412 300v120", p.deep, 5, 0.7)
    )


def _buckethat(p: Paint) -> str:
    return (
        shadow(300, 220, 462)
        + fill("M60 430q50-110 110-126h260q60 16 110 126 4 26-26 26H86q-30 0-26-26z", p.shade)
        + lit("M182 330l18-150q6-34 44-36h112q38 2 44 36l18 150q-118 46-236 0z", p.main, p.shade,
              340)
        + line("M184 312q116 44 232 0", p.deep, 16)
        + line("M96 408q204 46 408 0M84 436q216 40 432 0", p.deep, 4)
        + disc(250, 220, 7, METAL)
        + disc(280, 220, 7, METAL)
    )  # fmt: skip


def _beanie(p: Paint) -> str:
    ribs = "".join(line(f"M{160 + 31 * at} 380v72", p.main, 5, 0.6) for at in range(10))
    knit = "".join(
        line(f"M{186 + 38 * at} 350Q{216 + 28 * at} 230 300 140", p.deep, 4, 0.6) for at in range(7)
    )
    return (
        shadow(300, 190, 486)
        + lit("M150 390C150 220 210 132 300 132s150 88 150 258z", p.main, p.shade, 340)
        + knit
        + box(134, 370, 332, 96, 30, p.deep)
        + ribs
        + box(390, 400, 50, 36, 4, PAPER)
    )


def _tote(p: Paint) -> str:
    return (
        shadow(300, 190, 512)
        + line("M216 240V150q0-60 60-60h48q60 0 60 60v90", p.deep, 18)
        + lit("M120 232h360l20 250q2 28-26 28H126q-28 0-26-28z", p.main, p.shade, 380)
        + line("M122 262h356", p.deep, 4)
        + line("M216 236v120M384 236v120", p.deep, 18)
        + box(258, 372, 84, 60, 4, p.light)
        + line("M282 396h36M288 412h24", p.deep, 4)
    )


def _backpack(p: Paint) -> str:
    return (
        shadow(300, 170, 522)
        + line("M168 250q-40 60-26 190M432 250q40 60 26 190", p.deep, 24)
        + lit("M170 170h260l16 316q2 34-32 34H186q-34 0-32-34z", p.main, p.shade, 350)
        + box(160, 96, 280, 84, 26, p.shade)
        + line("M172 140h256", p.deep, 6)
        + line("M206 96v170M394 96v170", p.deep, 16)
        + box(194, 244, 24, 32, 4, METAL)
        + box(382, 244, 24, 32, 4, METAL)
        + box(206, 330, 188, 140, 18, p.deep)
        + line("M226 360h148", p.main, 6)
    )


def _sacoche(p: Paint) -> str:
    return (
        shadow(300, 190, 472)
        + line("M128 300C140 60 460 60 472 300", p.deep, 12)
        + lit("M112 270h376v160q0 34-34 34H146q-34 0-34-34z", p.main, p.shade, 360)
        + line("M136 304h328", p.deep, 6)
        + line("M430 304v26", METAL, 8)
        + box(356, 382, 84, 44, 4, p.light)
        + disc(128, 286, 12, METAL)
        + disc(472, 286, 12, METAL)
    )


def _umbrella(p: Paint) -> str:
    return (
        shadow(300, 200, 532)
        + line("M300 110v320q0 62 54 62 46 0 46-44", WOOD, 16)
        + lit("M60 330C76 180 180 110 300 110s224 70 240 220q-40-40-80 0-40-40-80 0-40-40-80 0"
              "-40-40-80 0-40-40-80 0-40-40-80 0z", p.main, p.shade, 330)
        + line("M300 112Q222 190 220 328M300 112q78 78 80 216M300 112v216", p.deep, 4)
        + line("M300 112V84", METAL, 12)
    )  # fmt: skip


def _apron(p: Paint) -> str:
    return (
        shadow(300, 170, 542)
        + line("M222 140C210 40 390 40 378 140", p.deep, 16)
        + line("M176 306H90M424 306h86", p.deep, 14)
        + lit("M216 134h168l12 130 34 50v196q0 20-20 20H190q-20 0-20-20V314l34-50z", p.main,
              p.shade, 340)
        + box(222, 340, 156, 104, 8, p.shade)
        + line("M222 360h156M300 360v84", p.deep, 5)
        + line("M222 156h156", p.deep, 5)
    )  # fmt: skip


DRAWINGS: Final[dict[str, Callable[[Paint], str]]] = {
    "jeans": _jeans,
    "chinos": _chinos,
    "shirt": _shirt,
    "tee": _tee,
    "longtee": _longtee,
    "sweater": _sweater,
    "cardigan": _cardigan,
    "coat": _coat,
    "poncho": _poncho,
    "socks": _socks,
    "scarf": _scarf,
    "buckethat": _buckethat,
    "beanie": _beanie,
    "tote": _tote,
    "backpack": _backpack,
    "sacoche": _sacoche,
    "umbrella": _umbrella,
    "apron": _apron,
}
