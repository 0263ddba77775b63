"""Pictures of what is in a kitchen."""

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


def _kettle(p: Paint) -> str:
    return (
        shadow(300, 205, 470)
        + line("M62 214c58-6 62 56 76 106 12 44 28 66 74 72", p.shade, 26)
        + lit("M222 226h156l54 222q4 22-18 22H186q-22 0-18-22z", p.main, p.shade, 340)
        + lit("M214 226c10-38 40-50 86-50s76 12 86 50z", p.main, p.shade, 322, "l")
        + box(200, 218, 200, 14, 7, p.deep)
        + box(292, 162, 16, 18, 0, METAL)
        + box(277, 134, 46, 34, 13, WOOD)
        + line("M394 272l50-21", METAL, 15)
        + line("M444 250c54-24 90 2 86 52-2 42-10 76-22 104", WOOD, 34)
        + gleam("M233 264l-28 150")
    )


def _roundkettle(p: Paint) -> str:
    return (
        shadow(300, 200)
        + line("M410 300l88-74", p.shade, 44)
        + box(478, 200, 44, 22, 8, METAL)
        + lit("M140 420c0-110 70-170 160-170s160 60 160 170q0 58-50 58H190q-50 0-50-58z", p.main,
              p.shade, 340)
        + disc(300, 256, 84, p.deep, 18)
        + lit("M226 252c10-26 40-36 74-36s64 10 74 36z", p.main, p.shade, 320, "l")
        + disc(300, 208, 18, WOOD)
        + line("M180 292C150 130 450 130 420 292", METAL, 12)
        + line("M226 168q74-34 148 0", WOOD, 26)
        + gleam("M186 340q-12 40-8 84")
    )  # fmt: skip


def _tetsubin(p: Paint) -> str:
    dots = "".join(
        disc(190 + 36 * at + (18 if row % 2 else 0), 330 + 30 * row, 6, p.light)
        for row in range(3)
        for at in range(7 - row % 2)
    )
    return (
        shadow(300, 190)
        + line("M430 330l66-70", p.deep, 40)
        + lit("M130 370c0-70 70-110 170-110s170 40 170 110c0 66-50 110-120 110H250c-70 0-120-44"
              "-120-110z", p.main, p.shade, 360)
        + dots
        + disc(300, 264, 78, p.deep, 16)
        + lit("M236 262c8-24 34-32 64-32s56 8 64 32z", p.main, p.shade, 320, "l")
        + disc(300, 224, 16, p.deep)
        + line("M172 296C150 90 450 90 428 296", p.deep, 16)
    )  # fmt: skip


def _teapot(p: Paint) -> str:
    return (
        shadow(290, 190, 480)
        + line("M152 330c-32-8-40-58-86-76", p.shade, 34)
        + line("M392 316l138-62", p.shade, 40)
        + lit("M290 236c104 0 158 56 158 122 0 74-62 122-158 122s-158-48-158-122c0-66 54-122 158"
              "-122z", p.main, p.shade, 350)
        + disc(290, 246, 98, p.deep, 20)
        + lit("M200 240c14-26 46-38 90-38s76 12 90 38c-30 14-150 14-180 0z", p.light, p.main, 320,
              "l")
        + disc(290, 188, 21, p.deep)
        + gleam("M176 318c-16 34-12 70 8 100")
    )  # fmt: skip


def _dripper(p: Paint) -> str:
    glass = "M150 170h270l-92 190q-8 16-26 16h-34q-18 0-26-16z"
    ribs = "".join(line(f"M{196 + 44 * at} 190q10 90 {60 - 18 * at} 168", "#fff", 6, 0.5)
                   for at in range(5))  # fmt: skip
    return (
        shadow(290, 150, 492)
        + line("M404 214c74-16 88 62 26 88l-54 18", p.shade, 22)
        + lit(glass, p.main, p.shade, 320)
        + ribs
        + disc(285, 170, 135, p.light, 20)
        + box(196, 372, 178, 26, 13, WOOD)
        + lit("M206 398h158v72q0 20-20 20H226q-20 0-20-20z", "#dfe7e9", "#cbd6da", 310, "c")
        + fill("M206 440h158v30q0 20-20 20H226q-20 0-20-20z", "#6d4a34")
    )


def _donabe(p: Paint) -> str:
    return (
        shadow(300, 215)
        + box(74, 338, 70, 34, 16, p.deep)
        + box(456, 338, 70, 34, 16, p.deep)
        + lit("M104 330h392q0 150-130 150H234q-130 0-130-150z", p.main, p.shade, 360)
        + box(92, 318, 416, 26, 13, p.deep)
        + lit("M116 318c0-84 84-122 184-122s184 38 184 122z", p.light, p.main, 350, "l")
        + lit("M262 200c0-40 76-40 76 0z", p.main, p.shade, 306, "k")
        + box(252, 196, 96, 14, 7, p.deep)
        + gleam("M170 286q20-38 66-50")
        + disc(410, 282, 9, p.deep)
    )


def _pot(p: Paint) -> str:
    return (
        shadow(300, 200)
        + line("M132 330H92v40h40", p.deep, 22)
        + line("M468 330h40v40h-40", p.deep, 22)
        + lit("M128 290h344v150q0 40-40 40H168q-40 0-40-40z", p.main, p.shade, 360)
        + box(116, 276, 368, 22, 11, p.deep)
        + lit("M134 276c10-50 84-70 166-70s156 20 166 70z", p.main, p.shade, 340, "l")
        + box(270, 178, 60, 32, 14, WOOD)
        + gleam("M166 326v100")
    )


def _frypan(p: Paint) -> str:
    return (
        shadow(240, 190, 470)
        + line("M380 300l110-120", METAL, 24)
        + line("M462 212l72-80", WOOD, 38)
        + disc(240, 360, 196, p.shade, 112)
        + disc(240, 346, 196, p.main, 108)
        + disc(240, 354, 164, p.deep, 84)
        + disc(240, 362, 158, p.shade, 78)
        + line("M110 348q20-44 84-58", "#fff", 10, 0.22)
        + disc(510, 158, 7, PAPER)
    )


def _knife(p: Paint) -> str:
    return (
        shadow(300, 230, 420)
        + fill("M70 372C150 280 270 252 392 252v92C290 346 180 356 70 372z", STEEL)
        + fill("M70 372c110-16 220-26 322-28v-28C290 320 170 340 70 372z", "#e4e6e7")
        + box(386, 246, 34, 100, 6, METAL)
        + lit("M414 250h112q22 0 22 24v22q0 26-26 24l-108-8z", p.main, p.shade, 480)
        + disc(452, 282, 6, PAPER)
        + disc(502, 284, 6, PAPER)
    )


def _board(p: Paint) -> str:
    grain = "".join(
        line(f"M176 {170 + 42 * at}q120 {-26 + 8 * at} 248 {4 * at}", p.shade, 5, 0.8)
        for at in range(7)
    )
    return (
        shadow(300, 160, 500)
        + box(150, 110, 300, 384, 30, p.deep)
        + box(150, 104, 300, 380, 30, p.main)
        + grain
        + disc(396, 150, 17, "#d9dcda")
    )


def _bento(p: Paint) -> str:
    return (
        shadow(300, 210)
        + lit("M100 330h400v70q0 76-84 76H184q-84 0-84-76z", p.main, p.shade, 370)
        + line("M102 408h396", p.shade, 6)
        + fill("M100 300q0-66 84-66h232q84 0 84 66v36q0 24-30 24H130q-30 0-30-24z", p.shade)
        + lit("M100 290q0-66 84-66h232q84 0 84 66v20q0 24-30 24H130q-30 0-30-24z", p.light, p.main,
              390, "l")
        + line("M196 336v-22M196 380v-8", p.deep, 10)
        + line("M300 228v106", p.deep, 16)
        + line("M300 336v136", "#b5543f", 16)
        + line("M300 228v106", "#b5543f", 16)
    )  # fmt: skip


def _bowl(p: Paint) -> str:
    return (
        shadow(300, 210)
        + lit("M306 300h214q0 120-76 164l-8 18h-60l-8-18q-62-40-62-164z", PAPER, "#e4ddd0", 440)
        + disc(413, 300, 107, "#ddd5c6", 20)
        + lit("M70 262h280q0 150-98 202l-10 20h-70l-10-20Q70 414 70 262z", p.main, p.shade, 250,
              "l")
        + disc(210, 262, 140, p.light, 28)
        + disc(210, 266, 122, PAPER, 20)
        + line("M96 344q110 34 226 0", PAPER, 8, 0.7)
        + line("M322 366q90 26 182 0", p.main, 7)
    )  # fmt: skip


def _mug(p: Paint) -> str:
    return (
        shadow(280, 160)
        + line("M412 290c90-12 90 120-18 118", p.shade, 30)
        + lit("M140 220h280v170q0 92-90 92H230q-90 0-90-92z", p.main, p.shade, 340)
        + disc(280, 220, 140, p.light, 26)
        + disc(280, 224, 122, p.deep, 19)
        + line("M244 156q-20-28 0-54M306 150q-20-28 0-54", "#fff", 9, 0.7)
        + gleam("M176 282v120")
    )


def _bottle(p: Paint) -> str:
    return (
        shadow(300, 100, 512)
        + lit("M226 220q0-40 34-48h80q34 8 34 48v260q0 30-30 30h-88q-30 0-30-30z", p.main, p.shade,
              320)
        + box(244, 150, 112, 30, 6, STEEL)
        + lit("M250 150V98q0-18 18-18h64q18 0 18 18v52z", p.shade, p.deep, 312, "l")
        + box(226, 452, 148, 12, 0, p.deep)
        + gleam("M254 236v180")
    )  # fmt: skip


def _mill(p: Paint) -> str:
    return (
        shadow(290, 120, 502)
        + line("M300 130h150", METAL, 16)
        + box(290, 120, 20, 60, 6, METAL)
        + disc(452, 116, 26, WOOD)
        + lit("M220 180h160v130H220z", STEEL, "#adb1b4", 320)
        + lit("M220 310h160v160q0 30-30 30H250q-30 0-30-30z", p.main, p.shade, 320, "l")
        + box(206, 298, 188, 22, 10, METAL)
        + disc(300, 180, 80, METAL, 12)
        + gleam("M244 346v110")
    )


def _canister(p: Paint) -> str:
    return (
        shadow(300, 130, 502)
        + lit("M180 250h240v230q0 20-20 20H200q-20 0-20-20z", p.main, p.shade, 330)
        + lit("M176 130q0-20 20-20h208q20 0 20 20v124H176z", p.light, p.main, 330, "l")
        + box(172, 250, 256, 10, 5, p.deep)
        + line("M214 290v170M214 140v90", "#fff", 10, 0.3)
    )


def _toaster(p: Paint) -> str:
    bars = "".join(line(f"M{156 + 34 * at} 264v130", "#c98b4c", 7, 0.9) for at in range(7))
    return (
        shadow(300, 220, 486)
        + box(126, 462, 40, 22, 8, DARK)
        + box(434, 462, 40, 22, 8, DARK)
        + lit("M84 210q0-34 34-34h364q34 0 34 34v224q0 34-34 34H118q-34 0-34-34z", p.main,
              p.shade, 430)
        + box(116, 232, 282, 186, 14, DARK)
        + bars
        + box(136, 300, 110, 70, 22, "#d9a866")
        + box(262, 300, 110, 70, 22, "#d9a866")
        + box(126, 206, 262, 14, 7, WOOD)
        + disc(456, 262, 24, p.deep)
        + disc(456, 342, 24, p.deep)
        + line("M456 262v-14M456 342l10-10", PAPER, 6)
    )  # fmt: skip


DRAWINGS: Final[dict[str, Callable[[Paint], str]]] = {
    "kettle": _kettle,
    "roundkettle": _roundkettle,
    "tetsubin": _tetsubin,
    "teapot": _teapot,
    "dripper": _dripper,
    "donabe": _donabe,
    "pot": _pot,
    "frypan": _frypan,
    "knife": _knife,
    "board": _board,
    "bento": _bento,
    "bowl": _bowl,
    "mug": _mug,
    "bottle": _bottle,
    "mill": _mill,
    "canister": _canister,
    "toaster": _toaster,
}
