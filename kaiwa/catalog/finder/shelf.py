"""A merchant's products ready to be found: text index, columns and vocabulary, kept up to date.

Everything here is made from SQL and may be thrown away. Prices, stock and facets are read by every
process for itself; the texts are written to the index by one of them, and the others see them.
"""

import threading
import time
from pathlib import Path
from typing import Final

from kaiwa.catalog.change import catalog_mark, last_change
from kaiwa.catalog.finder import snapshot
from kaiwa.catalog.finder.columns import Columns
from kaiwa.catalog.finder.dense import Dense, Page
from kaiwa.catalog.finder.document import FIELDS, FORM
from kaiwa.catalog.finder.feed import LONGEST_READ_S, Place, Slice, read_slice
from kaiwa.catalog.finder.matching import Matcher
from kaiwa.catalog.finder.snapshot import Snapshot
from kaiwa.catalog.finder.suggestion import Suggester
from kaiwa.catalog.finder.synonyms import own_synonyms
from kaiwa.catalog.finder.texts import PAGE, write_texts
from kaiwa.catalog.finder.vocabulary import Vocabulary
from kaiwa.catalog.understanding import Facets
from kaiwa.engines.db import Session
from kaiwa.engines.embeddings import open_embedder
from kaiwa.engines.search import open_index
from kaiwa.languages import words_ja

SLICE: Final = 500  # what a question may have to wait for when much has changed
FEW: Final = 20  # and what a writer may have to, whose commit changed it


class Shelf:
    """One merchant's products in this process; hold `lock` while asking its parts.

    `alone`: each question brings everything up to date first, texts too. Otherwise a question
    takes one slice of what changed, and somebody else calls `take_slice` and `write_slice`.
    """

    def __init__(self, merchant_id: int, folder: Path | None, *, alone: bool = True) -> None:
        self.merchant_id = merchant_id
        self.lock = threading.RLock()
        self.alone = alone
        kind = f"{FORM}-{'words' if words_ja.available() else 'pairs'}"
        self._folder = folder and folder / kind
        self.index = open_index(self._folder, FIELDS)
        embedder = open_embedder()
        self.dense = None if embedder is None else Dense(self._folder, embedder)
        self._catalog = ""
        self._own: dict[str, tuple[str, ...]] = {}
        self._place, self._taken_at = Place(), 0.0
        self._put_down(Columns(), Vocabulary())

    def catch_up(self, session: Session) -> bool:
        """Take over what was committed before this session began; whether there was any.

        Give it no session that has written: what is rolled back would stay here.
        """
        self.index.refresh()
        if self.dense is not None:
            with self.lock:
                self.dense.refresh()
        newest = last_change(session, self.merchant_id)
        if newest == self._place.newest:
            return False
        more = self.take_slice(session, newest=newest)
        while self.alone and more:
            more = self.take_slice(session)
        while self.alone and self.write_slice(session):
            pass
        return True

    def take_slice(self, session: Session, most: int = SLICE, newest: int | None = None) -> bool:
        """Take over the next of what changed in the columns; whether there may be more.

        `newest` is the catalog's number, where this session has read it.
        """
        self._open(session)
        if newest is None:
            newest = last_change(session, self.merchant_id)
        ahead_since = self._taken_at
        if self._place.newest > newest and time.time() > ahead_since + LONGEST_READ_S:
            # No old session, but a database put back to an earlier day.
            with self.lock:
                self._place = Place()
                self._put_down(Columns(), Vocabulary())
        piece = read_slice(session, self.merchant_id, (self._place, newest), most)
        own = own_synonyms(session, self.merchant_id)
        with self.lock:
            # Where another thread was quicker, this one has nothing left to do.
            if self._place == piece.since:
                self._take(piece, own)
        return not piece.done

    def take_few(self, session: Session) -> None:
        """Take over a few of the changes, unless somebody asks the shelf just now."""
        if not self.lock.acquire(blocking=False):
            return
        try:
            self.take_slice(session, FEW)
        finally:
            self.lock.release()

    def write_slice(self, session: Session, most: int = PAGE) -> bool:
        """Write the next of what changed to the text index; whether there may be more."""
        self._open(session)
        return write_texts(session, self.merchant_id, self._catalog, self.index, most)

    @property
    def may_write(self) -> bool:
        """Whether this process is the one that writes the index."""
        return self.index.claim()

    def next_titles(self, session: Session) -> Page | None:
        """The next titles to make vectors of; None when there is nothing to do, or no engine."""
        self._open(session)
        if self.dense is None:
            return None
        return self.dense.next_page(session, self.merchant_id, self._catalog)

    def embed(self, page: Page) -> None:
        """Make the vectors of those titles: a second of CPU, never inside a transaction."""
        if self.dense is not None:
            self.dense.take(page)

    def save(self) -> None:
        """Keep columns and vocabulary for the next start."""
        if self._folder is None or not self._place.newest:
            return
        with self.lock:
            at = self._taken_at
            told = Snapshot(self._catalog, self._place, at, self.columns, self.vocabulary)
            snapshot.save(self._folder / "columns.npz", told)

    def close(self) -> None:
        """Let go of the folder."""
        self.index.close()
        if self.dense is not None:
            self.dense.close()

    @property
    def place(self) -> Place:
        """How far the columns have come."""
        return self._place

    def _open(self, session: Session) -> None:
        if self._catalog:
            return
        with self.lock:
            self._catalog = catalog_mark(session, self.merchant_id)
            if self._folder is None:
                return
            kept = snapshot.load(self._folder / "columns.npz", self._catalog)
            if kept is not None:
                self._place, self._taken_at = kept.place, kept.at
                self._put_down(kept.columns, kept.vocabulary)

    def _take(self, piece: Slice, own: dict[str, tuple[str, ...]]) -> None:
        for traits, title in zip(piece.products, piece.titles, strict=True):
            self.columns.put_product(traits)
            self.vocabulary.add(title)
        for one in piece.stock:
            self.columns.put_stock(one.product_id, one.variant_id, one.free)
        if own != self._own:
            self._own = own
            self.matcher = Matcher(self.index, self.vocabulary, own, self.dense)
        self._place, self._taken_at = piece.until, time.time()
        if piece.products:
            self._name()

    def _put_down(self, columns: Columns, vocabulary: Vocabulary) -> None:
        self.columns, self.vocabulary = columns, vocabulary
        self.matcher = Matcher(self.index, vocabulary, self._own, self.dense)
        self.facets = Facets()
        self.suggester = Suggester(vocabulary, self.facets)
        self._name()

    def _name(self) -> None:
        # Made anew only when there is a new name: a shop may have thousands.
        fresh = self.columns.facets()
        if fresh != self.facets:
            self.facets = fresh
            self.suggester = Suggester(self.vocabulary, fresh)
