"""What the shop has said once and for all, where a question about a product finds no answer."""

import re
from typing import Final

from kaiwa.bot.asking.evidence import Question
from kaiwa.bot.asking.subject import is_of_others
from kaiwa.bot.nlu.questions import look_up
from kaiwa.bot.skills.contract import Case, Outcome
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import in_language
from kaiwa.knowledge.faq import FaqEntry
from kaiwa.vocabulary.reply import TextBlock

# Of two opinions of how sure the shop's answer is, by how sure the question is of the product.
_MAYBE: Final = 0.8
_SURELY: Final = 0.95
_SAID_OF_SHOP: Final = 0.66
_HEARD_OF_SHOP: Final = 0.37
_A_STORY: Final = 160
_ADVICE: Final = re.compile(
    r"どう(?:すれば|したら|やって|やったら|すりゃ)|やり方|方法"
    r"|\bhow (?:do|should|can) (?:i|we)\b|\bwhat (?:do|should) (?:i|we) do\b|\bwhat if\b"
)


def from_faq(
    case: Case, asks: Question, least: float, about: Product | None = None
) -> Outcome | None:
    """What the shop has said once and for all about such things, if not of other goods only."""
    found = look_up(asks.text, case.language, case.shop.known.faq)
    if not found.sure or found.best < least or _of_others(case, asks, found.sure[0].entry, about):
        return None
    return _of_entry(found.sure[0].entry)


def of_shop(case: Case, asks: Question, about: Product) -> Outcome | None:
    """What the shop says where a page does not: the surer, the more the product was meant."""
    known = case.shop.known
    found = look_up(asks.text, case.language, known.faq)
    hits = found.sure or found.perhaps or known.faq.search(asks.text, case.language, 1)
    if not found.sure and len(case.turn.text) > len(asks.text) and _is_all(case):
        # I'm between sizes. How do I pick: what is told before says what is asked.
        whole = known.faq.search(case.turn.text, case.language, 1)
        hits = max(hits, whole, key=lambda some: some[0].score if some else 0.0)
    if not hits:
        return None
    entry = hits[0].entry
    if _of_others(case, asks, entry, about):
        return None
    told = known.knowledge.search(asks.text, case.language, 1)
    heard = told[0].score if told and told[0].passage.faq_id == entry.id else 0.0
    surely = (case.request.confidence - _MAYBE) / (_SURELY - _MAYBE)
    if _ADVICE.search(asks.text):
        # What to do when it got wet is no fact of one article.
        surely = 0.0
    needed = _HEARD_OF_SHOP + max(0.0, min(1.0, surely)) * (_SAID_OF_SHOP - _HEARD_OF_SHOP)
    if (hits[0].score + heard) / 2 < needed:
        return None
    return _of_entry(entry)


def _is_all(case: Case) -> bool:
    """Whether the turn asks nothing but this."""
    asked = re.findall(r"[?？]", case.turn.text)
    return len(asked) < 2 and len(case.turn.text) < _A_STORY


def _of_others(case: Case, asks: Question, entry: FaqEntry, about: Product | None) -> bool:
    if about is None or not asks.aspects:
        return False
    shown = in_language(about, case.language)
    facts = " ".join(f"{name} {value}" for name, value in shown.attributes.items())
    own = " ".join((shown.title, about.category, facts, shown.body, *shown.tags))
    return is_of_others(asks.text, case.language, entry, own, case.shop.known.is_goods)


def _of_entry(entry: FaqEntry) -> Outcome:
    block = TextBlock(text=entry.answer, source=entry.question)
    return Outcome((block,), faq=(entry.question,))
