"""What the process knows of a merchant without asking the database: FAQ, names, facets, phrases.

All of it is made from the tables, brought up to date at the beginning of a turn, and may be
forgotten at any time.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kaiwa.bot.asking.subject import worth
from kaiwa.bot.nlu.act import is_act
from kaiwa.bot.nlu.gazetteer import Gazetteer
from kaiwa.bot.nlu.intents.models import Models, Own
from kaiwa.bot.nlu.reader.found import Found
from kaiwa.bot.nlu.slots_of import Words
from kaiwa.bot.nlu.understander import Understander
from kaiwa.catalog.finder.finder import Finder
from kaiwa.catalog.recommendation.learning import Learning
from kaiwa.catalog.understanding import Facets
from kaiwa.engines.clock import Clock
from kaiwa.engines.db import Database, Session
from kaiwa.engines.embeddings import open_embedder
from kaiwa.knowledge.article import articles
from kaiwa.knowledge.entries import Version, entries, version
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.knowledge.finding import KnowledgeIndex
from kaiwa.knowledge.phrase import own_phrases, phrase_version
from kaiwa.knowledge.retrieval import FaqIndex
from kaiwa.languages.folding import fold
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.language import Language

SHOPS: Final = 64


class Tools:
    """What the bot works with, one for the process: engines of finding, recommending, reading."""

    def __init__(
        self,
        finder: Finder,
        learning: Learning,
        models: Models,
        origin: str,
        names: Path | None = None,
    ) -> None:
        self.finder = finder
        self._names = names
        self.learning = learning
        self.understander = Understander(models)
        self.origin = origin
        self._known: OrderedDict[int, Known] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, session: Session, shop: Merchant) -> "Known":
        """What is known of the shop, as it is now."""
        with self._lock:
            found = self._known.setdefault(shop.id, Known(shop.id, self._names))
            self._known.move_to_end(shop.id)
            while len(self._known) > SHOPS:
                self._known.popitem(last=False)
        found.catch_up(session, self.finder, shop)
        return found


def open_tools(
    db: Database, finder: Finder, clock: Clock, data: Path, origin: str, *, by_letters: bool = False
) -> Tools:
    """The tools of a process whose data are in this folder.

    Where vectors are installed, a text that letters leave in doubt gets a second opinion by its
    meaning once they are loaded; with `by_letters` none is asked for.
    """
    embedder = None if by_letters else open_embedder()
    models = Models(data / "nlu", embedder, patient=False)
    return Tools(finder, Learning(db, clock), models, origin, data / "nlu" / "names")


class Known:
    """One merchant's knowledge and names in this process; names are kept in a folder, if any."""

    def __init__(self, merchant_id: int, names: Path | None = None) -> None:
        self._merchant_id = merchant_id
        self._lock = threading.Lock()
        self._version: Version | None = None
        self._names = Gazetteer(merchant_id, names)
        self.faq = FaqIndex(())
        self.knowledge = KnowledgeIndex(())
        self.words = Words(Facets())
        self._phrases: Version | None = None
        self._own: dict[Language, tuple[Own, ...]] = {}

    def catch_up(self, session: Session, finder: Finder, shop: Merchant) -> None:
        """Take over what was committed before this session began."""
        now = version(session, self._merchant_id)
        facets = finder.shelf(session, self._merchant_id).facets
        with self._lock:
            if self._version != now:
                written = entries(session, self._merchant_id)
                self.faq = FaqIndex(written, self._worth)
                self.knowledge = KnowledgeIndex(written, articles(session, self._merchant_id))
                self._version = now
            told = phrase_version(session, self._merchant_id)
            if self._phrases != told:
                found = own_phrases(session, self._merchant_id)
                self._own = {
                    language: tuple((act, text) for act, text in pairs if is_act(act))
                    for language, pairs in found.items()
                }
                self._phrases = told
            if self.words.facets is not facets or self.words.currency != shop.currency:
                self.words = Words(facets, shop.currency)
            self._names.catch_up(session)

    def own(self, language: Language) -> tuple[Own, ...]:
        """The merchant's own phrases in a language, each with its act."""
        return self._own.get(language, ())

    def names(self, text: str) -> list[Found]:
        """Products and brands named in a folded text."""
        with self._lock:
            return self._names.find(text)

    def is_goods(self, word: str) -> bool:
        """Whether a word is of a title or a kind of goods sold here."""
        with self._lock:
            return self._names.words.has(fold(word.casefold()))

    def goods_among(self, words: Sequence[str]) -> list[str]:
        """Those of many folded words that are of a title or a kind of goods sold here."""
        with self._lock:
            return self._names.words.those_of(words)

    def _worth(self, text: str, language: Language, entry: FaqEntry) -> float:
        return worth(text, language, entry, self.is_goods)

    def says_a_title_word(self, sound: str) -> bool:
        """Whether a folded text may name anything sold here; where it is False, it does not."""
        with self._lock:
            return self._names.words.said_in(sound)
