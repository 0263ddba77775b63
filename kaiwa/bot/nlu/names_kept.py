"""A large shop's names in a file, so that the bot knows them a moment after its start.

The file is made from SQL and may be thrown away. It says which change of which catalog it has.
"""

import os
import zipfile
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from kaiwa.languages import words_ja

Numbers = npt.NDArray[np.int64]

# Another number whenever other names are drawn from the same titles.
_FORM: Final = 4


class NamesKept(msgspec.Struct, frozen=True):
    """Names by their keys, as the gazetteer had them at the change `seen` of this catalog."""

    catalog: str
    seen: int
    keys: Numbers
    ids: Numbers
    words: Numbers
    brands: dict[int, str]


class _Told(msgspec.Struct, frozen=True):
    catalog: str
    seen: int
    brands: list[tuple[int, str]]


def save_names(path: Path, names: NamesKept) -> None:
    """Write the file, whole or not at all."""
    told = _Told(_of(names.catalog), names.seen, list(names.brands.items()))
    packed = np.frombuffer(msgspec.msgpack.encode(told), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two processes that learn the same shop do not write into one file.
    fresh = path.with_suffix(f".{os.getpid()}.new")
    with fresh.open("wb") as file:
        arrays = {"keys": names.keys, "ids": names.ids, "words": names.words}
        np.savez(file, allow_pickle=False, told=packed, **arrays)
    fresh.replace(path)


def kept_names(path: Path, catalog: str, newest: int) -> NamesKept | None:
    """What was saved of this catalog, of no later change than `newest`; None without such."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        told = msgspec.msgpack.decode(arrays["told"].tobytes(), type=_Told)
        keys, ids, words = arrays["keys"], arrays["ids"], arrays["words"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, msgspec.DecodeError):
        return None
    # A later change is one of a database that was put back to an earlier day.
    if told.catalog != _of(catalog) or told.seen > newest:
        return None
    return NamesKept(catalog, told.seen, keys, ids, words, dict(told.brands))


def _of(catalog: str) -> str:
    read = "words" if words_ja.available() else "pairs"
    return f"{_FORM}-{read} {catalog}"
