"""Finds the articles of a Markdown file or of all Markdown files below a folder."""

from pathlib import Path
from typing import Final

import msgspec

from kaiwa.knowledge.article import NewArticle
from kaiwa.knowledge.markdown import LARGEST_BYTES, read_article
from kaiwa.knowledge.table import Refusal
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import Language

ENDINGS: Final = frozenset({".md", ".markdown"})


class RefusedFile(msgspec.Struct, frozen=True):
    """A file that was not taken, and why in words the merchant can act on."""

    source: str
    reason: str


class ArticleReport(msgspec.Struct, frozen=True):
    """What a file or folder gave."""

    taken: tuple[NewArticle, ...]
    refused: tuple[RefusedFile, ...]


def read_articles(path: Path, otherwise: Language) -> ArticleReport:
    """Every article that can be taken, and each file that cannot; `NotFound` without any file.

    An article's source is its file's name, in a folder the way to it from there. Names that begin
    with a dot are left alone.
    """
    taken: list[NewArticle] = []
    refused: list[RefusedFile] = []
    for file, source in _files(path):
        try:
            taken.append(read_article(_bytes(file), source, otherwise))
        except Refusal as refusal:
            refused.append(RefusedFile(source, str(refusal)))
    return ArticleReport(tuple(taken), tuple(refused))


def _files(path: Path) -> list[tuple[Path, str]]:
    if path.is_file():
        return [(path, path.name)]
    if not path.is_dir():
        raise NotFound(f"{path} cannot be read: there is no such file or folder.")
    below = [(file, file.relative_to(path)) for file in sorted(path.rglob("*"))]
    found = [
        (file, place.as_posix())
        for file, place in below
        if file.suffix.casefold() in ENDINGS
        and file.is_file()
        and not any(part.startswith(".") for part in place.parts)
    ]
    if not found:
        raise NotFound(f"There is no Markdown file (.md) below {path}.")
    return found


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise Refusal(f"It cannot be read: {error.strerror}.") from error
