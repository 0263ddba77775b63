"""What products mean, beside the words they use: vectors of titles, compared one by one.

Derived data in one file that may be thrown away. One process makes the vectors, in pages and away
from any question; the others see the file. Vectors of this model all point nearly the same way, so
they are centred before they are compared.
"""

import threading
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import msgspec
import numpy as np

from kaiwa.catalog.finder.ranking import Floats, Ints, Ranked, added
from kaiwa.catalog.product import changed_products
from kaiwa.engines.db import Session
from kaiwa.engines.embeddings import Embedder, Vectors
from kaiwa.engines.search.claim import Claim

PAGE: Final = 32
MOST: Final = 100_000  # beyond that comparing one by one is too slow; the rest goes by its words
NEAREST: Final = 100  # so many that share no word may come in
ALIKE: Final = 2.0  # standard deviations above the usual likeness that such a one must be
SAVE_EVERY: Final = 1_000


class Page(msgspec.Struct, frozen=True):
    """Titles to make vectors of; products that are not shown any more have none."""

    catalog: str
    place: tuple[int, int]
    titles: dict[int, str]
    gone: tuple[int, ...]
    last: bool


class _State(msgspec.Struct, frozen=True):
    model: str
    catalog: str
    place: tuple[int, int]


class _LaidOut(msgspec.Struct, frozen=True):
    """Vectors ready to be compared, by rising id."""

    ids: Ints
    centre: Vectors
    centred: Vectors

    def likeness(self, asked: Vectors) -> Floats:
        """How alike each product is, in standard deviations from the usual."""
        cosines: Floats = (self.centred @ (asked - self.centre)).astype(np.float64)
        alike: Floats = (cosines - cosines.mean()) / (float(cosines.std()) or 1.0)
        return alike


def _laid_out(ids: Ints, vectors: Vectors) -> _LaidOut:
    centre = vectors.mean(axis=0) if len(ids) else np.zeros(1, np.float32)
    centred = vectors - centre
    norms = np.linalg.norm(centred, axis=1, keepdims=True)
    return _LaidOut(ids, centre, (centred / np.where(norms == 0, 1, norms)).astype(np.float32))


class Dense:
    """The vectors of one merchant's titles. One thread may make them while others compare."""

    def __init__(self, folder: Path | None, embedder: Embedder) -> None:
        self._path = folder and folder / "vectors.npz"
        self._claim = Claim(folder and folder / "vectors")
        self._embedder = embedder
        self._lock = threading.Lock()
        self._state = _State(embedder.name, "", (0, 0))
        self._titles: dict[int, Vectors] = {}
        self._laid_out = _laid_out(np.zeros(0, np.int64), np.zeros((0, 1), np.float32))
        self._unsaved = 0
        self._seen = 0
        self.refresh()

    def __len__(self) -> int:
        return len(self._laid_out.ids)

    @property
    def makes(self) -> bool:
        """Whether this process is the one that makes them."""
        return self._claim.held

    def refresh(self) -> None:
        """See what another process made."""
        if self._path is None or self._claim.held:
            return
        try:
            written = self._path.stat().st_mtime_ns
        except OSError:
            return
        if written != self._seen:
            self._seen = written
            self._load(self._path)

    def next_page(self, session: Session, merchant_id: int, catalog: str) -> Page | None:
        """What to make vectors of next; None when all is done or another process does it."""
        if not self._claim.take():
            return None
        place = self._state.place if self._state.catalog == catalog else (0, 0)
        page = changed_products(session, merchant_id, *place, limit=PAGE)
        if not page:
            with self._lock:
                self._save()
            return None
        shown = {one.id: one.title for one in page if one.status == "active"}
        gone = tuple(one.id for one in page if one.status != "active")
        until = (page[-1].change, page[-1].id)
        return Page(catalog, until, shown, gone, len(page) < PAGE)

    def take(self, page: Page) -> None:
        """Make the vectors of a page; a second or so of CPU, so call it outside a transaction."""
        known = self._titles if page.catalog == self._state.catalog else {}
        fresh = [number for number in page.titles if number not in known][: MOST - len(known)]
        wanted = [number for number in page.titles if number in known] + fresh
        vectors = self._embedder.passages([page.titles[number] for number in wanted])
        with self._lock:
            self._titles = known
            for number in page.gone:
                self._titles.pop(number, None)
            self._titles.update(zip(wanted, vectors, strict=True))
            self._state = _State(self._embedder.name, page.catalog, page.place)
            self._unsaved += len(wanted) + len(page.gone)
            if page.last or self._unsaved >= SAVE_EVERY:
                self._save()

    def close(self) -> None:
        """Keep what was made and let another process go on."""
        with self._lock:
            if self._claim.held:
                self._save()
            self._claim.let_go()

    def fused(self, text: str, found: Ranked, weight: float, *, more: bool) -> Ranked:
        """`found` with likeness of meaning added to its scores, best first, at most about 1 each.

        `more`: what shares no word with `text` may come in when it is far more alike than usual.
        """
        laid_out = self._laid_out
        ids = laid_out.ids
        if not len(ids):
            return found
        likeness = laid_out.likeness(self._embedder.query(text))
        place = np.minimum(np.searchsorted(ids, found.ids), len(ids) - 1)
        known = ids[place] == found.ids
        top = float(found.scores.max()) if len(found.ids) else 1.0
        scores = found.scores / (top or 1.0) + weight * np.where(known, likeness[place], 0.0)
        parts = [Ranked(found.ids, scores)]
        if more:
            nearest = np.argsort(-likeness, kind="stable")[:NEAREST]
            nearest = nearest[likeness[nearest] >= ALIKE]
            nearest = nearest[~np.isin(ids[nearest], found.ids)]
            parts.append(Ranked(ids[nearest], weight * likeness[nearest]))
        return added(parts).best_first()

    def _save(self) -> None:
        if not self._unsaved:
            return
        ids = np.array(sorted(self._titles), np.int64)
        vectors = np.array([self._titles[number] for number in ids.tolist()], np.float32)
        vectors = vectors if len(ids) else np.zeros((0, 1), np.float32)
        self._laid_out = _laid_out(ids, vectors)
        self._unsaved = 0
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name("vectors.new.npz")
        state = np.frombuffer(msgspec.json.encode(self._state), np.uint8)
        np.savez(fresh, ids=ids, vectors=vectors.astype(np.float16), state=state)
        fresh.replace(self._path)

    def _load(self, path: Path) -> None:
        try:
            with np.load(path, allow_pickle=False) as told:
                ids, vectors = told["ids"], told["vectors"].astype(np.float32)
                state = msgspec.json.decode(told["state"].tobytes(), type=_State)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile, msgspec.DecodeError):
            return  # It is made again, from the beginning.
        if state.model == self._embedder.name and len(ids) == len(vectors):
            self._state = state
            self._titles = dict(zip(ids.tolist(), vectors, strict=True))
            self._laid_out = _laid_out(ids, vectors)
