"""A merchant's products ready to be found: text index, columns and vocabulary, kept up to date.

Everything here is made from SQL and may be thrown away. Beside the index its folder keeps the
change number it has reached; another form of documents, or a lost number, builds it anew.
"""

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from kaiwa.catalog.change import last_change
from kaiwa.catalog.finder.columns import Columns, Flags
from kaiwa.catalog.finder.document import FIELDS, FORM, document_of
from kaiwa.catalog.finder.matching import Matcher
from kaiwa.catalog.finder.ranking import Ints
from kaiwa.catalog.finder.synonyms import own_synonyms
from kaiwa.catalog.finder.traits import traits_of
from kaiwa.catalog.finder.vocabulary import Vocabulary
from kaiwa.catalog.product import Product, changed_products
from kaiwa.catalog.stock import changed_stock, free_of
from kaiwa.catalog.variant import Variant, variants_of_all
from kaiwa.engines.db import Session
from kaiwa.engines.search import Document
from kaiwa.engines.search.tantivy_index import TantivyIndex
from kaiwa.languages import words_ja
from kaiwa.vocabulary.errors import Unreachable

PAGE: Final = 1_000


class _Reached(msgspec.Struct, frozen=True):
    form: int
    change: int
    japanese: bool


class Shelf:
    """One merchant's products in this process. Not for several threads at once."""

    def __init__(self, merchant_id: int, folder: Path | None) -> None:
        self.merchant_id = merchant_id
        self._folder = folder
        self._indexed = self._reached()
        self._seen = 0
        self.index = self._open()
        self.columns = Columns()
        self.vocabulary = Vocabulary()
        self._own: dict[str, tuple[str, ...]] = {}
        self.matcher = Matcher(self.index, self.vocabulary, self._own)
        self.facets = self.columns.facets()

    def catch_up(self, session: Session) -> bool:
        """Take over all that was committed before this session began; whether there was any."""
        newest = last_change(session, self.merchant_id)
        if newest == self._seen:
            return False
        if self._take_products(session):
            self.facets = self.columns.facets()
        for variant_id, free in changed_stock(session, self.merchant_id, self._seen):
            self.columns.put_stock(variant_id, free)
        if (own := own_synonyms(session, self.merchant_id)) != self._own:
            self._own = own
            self.matcher = Matcher(self.index, self.vocabulary, own)
        self._seen = newest
        self._keep(newest)
        return True

    def without_words(self, ids: Ints, words: Sequence[str]) -> Flags:
        """Which of these products do not speak of any of the words."""
        silent: Flags = np.ones(len(ids), np.bool_)
        for word in words:
            silent &= ~np.isin(ids, list(self.matcher.speaking_of(word)))
        return silent

    def close(self) -> None:
        """Let go of the folder."""
        self.index.close()

    def _take_products(self, session: Session) -> bool:
        after, place = self._seen, 2**62
        while page := changed_products(session, self.merchant_id, after, place, PAGE):
            after, place = page[-1].change, page[-1].id
            ids = [one.id for one in page]
            variants = variants_of_all(session, self.merchant_id, ids)
            sold = [variant.id for some in variants.values() for variant in some]
            free = free_of(session, self.merchant_id, sold)
            for one in page:
                self.columns.put_product(traits_of(one, variants.get(one.id, []), free))
                self.vocabulary.add(f"{one.title} {one.category} {one.brand}")
            self._write(page, variants)
        return after > self._seen

    def _write(self, page: Sequence[Product], variants: dict[int, list[Variant]]) -> None:
        fresh = [one for one in page if one.change > self._indexed]
        shown = [one for one in fresh if one.status == "active"]
        gone = [one.id for one in fresh if one.status != "active"]
        documents: list[Document] = [document_of(one, variants.get(one.id, [])) for one in shown]
        if documents or gone:
            with contextlib.suppress(Unreachable):
                # Another process of this machine writes the index; its words arrive by it.
                self.index.write(documents, gone)

    def _open(self) -> TantivyIndex:
        if self._folder is None:
            return TantivyIndex(None, FIELDS)
        try:
            return TantivyIndex(self._folder / "text", FIELDS)
        except ValueError:
            # Whatever is in the folder cannot be read: it is made again from SQL.
            shutil.rmtree(self._folder, ignore_errors=True)
            self._indexed = 0
            return TantivyIndex(self._folder / "text", FIELDS)

    def _reached(self) -> int:
        if self._folder is None:
            return 0
        try:
            told = msgspec.json.decode((self._folder / "reached.json").read_bytes(), type=_Reached)
        except (OSError, msgspec.DecodeError):
            told = _Reached(0, 0, False)
        if told.form != FORM or told.japanese != words_ja.available():
            shutil.rmtree(self._folder, ignore_errors=True)
            return 0
        return told.change

    def _keep(self, change: int) -> None:
        if self._folder is None or change <= self._indexed:
            return
        told = _Reached(FORM, change, words_ja.available())
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / "reached.json.new"
        fresh.write_bytes(msgspec.json.encode(told))
        fresh.replace(self._folder / "reached.json")
        self._indexed = change
