"""Draws the example shop's goods: a kind of drawing and a paint make a picture, always the same."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from kaiwa.demo.pictures import clothes, electric, kitchen, sweets
from kaiwa.demo.pictures.paint import framed, paint
from kaiwa.vocabulary.errors import NotFound

DRAWINGS: Final = {
    **kitchen.DRAWINGS,
    **sweets.DRAWINGS,
    **clothes.DRAWINGS,
    **electric.DRAWINGS,
}


class Drawn(msgspec.Struct, frozen=True):
    """How `demo/products.jsonl` wants a product drawn: `as` a kind, once in each paint."""

    kind: str = msgspec.field(name="as")
    paints: tuple[str, ...]


class Model(msgspec.Struct, frozen=True):
    """What the pictures need of a line of the products: its images in the order of its paints."""

    class _Image(msgspec.Struct, frozen=True):
        url: str

    handle: str
    images: tuple[_Image, ...]
    drawn: Drawn


def models(file: Path) -> list[Model]:
    """The products of the file as they are drawn."""
    lines = file.read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Model) for line in lines if line.strip()]


def picture(kind: str, paint_name: str) -> str:
    """The SVG of one kind in one paint; `NotFound` when there is no such kind or paint."""
    try:
        return framed(DRAWINGS[kind](paint(paint_name)), paint(paint_name).ground)
    except KeyError as error:
        raise NotFound(f"Nobody can draw {kind} in {paint_name}.") from error


def draw_all(goods: Sequence[Model], folder: Path) -> int:
    """Write every picture of the goods under the folder; how many."""
    count = 0
    for one in goods:
        for image, colour in zip(one.images, one.drawn.paints, strict=True):
            path = folder / image.url.removeprefix("/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(picture(one.drawn.kind, colour), "utf-8")
            count += 1
    return count
