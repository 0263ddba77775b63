"""Columns and vocabulary of a shelf in one file, so that a large shop is open in a moment.

The file is made from SQL and may be thrown away. It says which change of which catalog it has.
"""

import zipfile
from pathlib import Path

import msgspec
import numpy as np

from kaiwa.catalog.finder.columns import Columns
from kaiwa.catalog.finder.feed import Place
from kaiwa.catalog.finder.vocabulary import Vocabulary


class Snapshot(msgspec.Struct, frozen=True):
    """A shelf's memory at one place of the change feed, and when it had come there.

    `catalog` names the catalog it is of.
    """

    catalog: str
    place: Place
    at: float
    columns: Columns
    vocabulary: Vocabulary


class _Told(msgspec.Struct, frozen=True):
    catalog: str
    place: Place
    at: float
    words: dict[str, list[str]]
    vocabulary: list[tuple[str, str, int]]
    has_japanese: bool


def save(path: Path, snapshot: Snapshot) -> None:
    """Write the file, whole or not at all."""
    arrays, words = snapshot.columns.dump()
    known = snapshot.vocabulary
    told = _Told(
        snapshot.catalog, snapshot.place, snapshot.at, words, known.dump(), known.has_japanese
    )
    packed = np.frombuffer(msgspec.msgpack.encode(told), np.uint8)
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        np.savez(file, allow_pickle=False, told=packed, **arrays)
    fresh.replace(path)


def load(path: Path, catalog: str) -> Snapshot | None:
    """What was saved of this catalog; None when there is nothing that can be used."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        told = msgspec.msgpack.decode(arrays.pop("told").tobytes(), type=_Told)
        if told.catalog != catalog:
            return None
        columns = Columns.load(arrays, told.words)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, msgspec.DecodeError):
        return None
    words = Vocabulary.load(told.vocabulary, has_japanese=told.has_japanese)
    return Snapshot(catalog, told.place, told.at, columns, words)
