"""What buyers say of a product, in their own words: never told as the shop's.

It is asked only where the shop's records are silent, and only reviews that the merchant shows.
"""

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from kaiwa.bot import payloads
from kaiwa.bot.asking.evidence import Question, sentences, speaks_of
from kaiwa.bot.showing import title_of
from kaiwa.bot.skills.contract import Case, Outcome, label, offer
from kaiwa.catalog.offer import Offer
from kaiwa.catalog.review import Review, average, of_product
from kaiwa.vocabulary.reply import ReplyAction, TextBlock

LOOKED_AT: Final = 200
MOST: Final = 3
LONGEST_QUOTE: Final = 120
_OPINION: Final = re.compile(
    r"レビュー|口コミ|クチコミ|くちこみ|評判|(?:お客|購入者|みんな|皆さん|買った人).*(?:感想|評価|声)"
    r"|\breviews?\b|\bratings?\b|\brated\b"
    r"|\bwhat do (?:people|buyers|customers|others) (?:say|think)"
)


class Quote(msgspec.Struct, frozen=True):
    """One sentence of a review, and how well it fits."""

    text: str
    rating: int
    score: float


def asks_for_reviews(asks: Question) -> bool:
    """Whether the question is what others say of it, and nothing more."""
    return _OPINION.search(asks.text) is not None


def from_reviews(case: Case, asks: Question, one: Offer) -> Outcome | None:
    """What buyers say about the matter, quoted; None when none speaks of it."""
    if asks.is_empty:
        return None
    found = [quote for each in _shown(case, one) if (quote := _quote(asks, each)) is not None]
    if not found:
        return None
    best = sorted(found, key=lambda quote: -quote.score)[:MOST]
    title = title_of(one, case.language)
    first = case.say("finding.reviews_say", title=title, count=len(found))
    return _told(case, one, (first, *_rows(case, best), case.say("finding.reviews_own")))


def all_reviews(case: Case, one: Offer) -> Outcome:
    """How buyers rate it on the whole, and the newest words."""
    title = title_of(one, case.language)
    mean = average(case.shop.session, case.shop.merchant.id, one.product.id)
    if mean is None:
        return _told(case, one, (case.say("finding.reviews_none", title=title),))
    first = case.say(
        "finding.reviews_overall", title=title, count=mean.count, rating=f"{mean.rating:.1f}"
    )
    newest = [
        Quote(_short(each.words), each.rating, 0.0) for each in _shown(case, one) if each.words
    ]
    own = (case.say("finding.reviews_own"),) if newest else ()
    return _told(case, one, (first, *_rows(case, newest[:MOST]), *own))


def _shown(case: Case, one: Offer) -> list[Review]:
    return of_product(case.shop.session, case.shop.merchant.id, one.product.id, LOOKED_AT)


def _quote(asks: Question, each: Review) -> Quote | None:
    """The sentence of a review that speaks most of it."""
    told = [(speaks_of(asks, one), one) for one in sentences(each.words)]
    best = max(((score, one) for score, one in told if score > 0), default=None)
    return None if best is None else Quote(_short(best[1]), each.rating, best[0])


def _rows(case: Case, quotes: Sequence[Quote]) -> list[str]:
    return [
        case.say(
            "finding.review_row", text=one.text, rating=case.say(f"aftersale.star_{one.rating}")
        )
        for one in quotes
    ]


def _told(case: Case, one: Offer, lines: Sequence[str]) -> Outcome:
    person = case.say("choice.person")
    action = ReplyAction(label=label(person), text=person, payload=payloads.PERSON)
    block = TextBlock(text="\n".join(lines), source=title_of(one, case.language))
    return Outcome((block, *offer((action,))), focus=(one.product.id,))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_QUOTE else plain[: LONGEST_QUOTE - 1].rstrip() + "…"
