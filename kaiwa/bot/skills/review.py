"""Takes a rating and words about a product that was bought; the merchant decides what is shown."""

import re
import unicodedata
from typing import Final

import msgspec

from kaiwa.bot.answer_to import answer_to
from kaiwa.bot.asking.reviews import all_reviews
from kaiwa.bot.context.after_that import reads_opinions
from kaiwa.bot.nlu.slot import Product
from kaiwa.bot.order.articles_meant import named_parts
from kaiwa.bot.order.identifying import own_orders, which_order
from kaiwa.bot.order.reviewing import WriteReview
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.catalog.review import LONGEST, NewReview
from kaiwa.catalog.translation import in_language
from kaiwa.orders.order import Order

_STARS: Final = re.compile(
    r"(?:星|★|評価は?|rating:?|rate (?:it|this) (?:a )?)\s*([1-5一二三四五])"
    r"|([1-5])\s*(?:つ?星|点|stars?\b|/\s*5|out of)"
    r"|(?:^|[\s、])([1-5])(?:[\s。.!]*$)",
    re.IGNORECASE,
)
_DRAWN: Final = re.compile(r"([★⭐]{1,5})")
_KANJI: Final = dict(zip("一二三四五", range(1, 6), strict=True))
_NO_WORDS: Final = re.compile(
    r"^(?:(?:いえ|いいえ|いや|no)[、,. ]*)?(?:なし|ないです|特にな|特にありません|以上"
    r"|それだけ|それで全部"
    r"|no(?:thing)?(?: else)?|none|that'?s (?:all|it)|nope|no thanks)\W*",
    re.I,
)
_ASKING: Final = re.compile(
    r"レビュー|口コミ|クチコミ|感想|評価|投稿|書きたい|つけたい|\breview|\bfeedback"
    r"|\brate\b|\brating",
    re.I,
)


def _serve(case: Case) -> Outcome:
    if case.turn.state.top is None and case.pointed and reads_opinions(case.request.question):
        every = case.shop.variants(case.pointed).get(case.pointed[0], [])
        if every:
            return all_reviews(case, every[0])
    frame = msgspec.structs.replace(case.frame, learnt=dict(case.frame.learnt))
    own = msgspec.structs.replace(case, frame=frame)
    outcome = _review(own)
    if outcome.frame is None and (outcome.asks or outcome.proposes):
        outcome = msgspec.structs.replace(outcome, frame=own.frame)
    return outcome


def _review(case: Case) -> Outcome:
    bought = own_orders(case)
    proved: int | None = None
    if not bought:
        found = which_order(case, None)
        if isinstance(found, Outcome):
            return _prove_first(case, found)
        bought, proved = [found.order], found.proved
    outcome = _of_bought(case, bought)
    return msgspec.structs.replace(outcome, proved=proved) if proved else outcome


def _prove_first(case: Case, asking: Outcome) -> Outcome:
    """Only who bought it reviews it."""
    _note_rating(case)
    if asking.asks is None or asking.asks.slot != "order_number" or "wrong" in case.frame.learnt:
        return asking
    return msgspec.structs.replace(asking, blocks=said(case.say("aftersale.review_not_bought")))


def _of_bought(case: Case, bought: list[Order]) -> Outcome:
    product = _product(case, bought)
    if isinstance(product, Outcome):
        return product
    product_id, title = product
    _note_rating(case)
    rating = case.frame.learnt.get("rating")
    if rating is None:
        labels = [case.say(f"aftersale.star_{one}") for one in range(5, 0, -1)]
        return case.ask("rating", case.say("aftersale.review_stars", title=title), labels)
    words = _words(case)
    if words is None:
        return case.ask("text", case.say("aftersale.review_words"))
    # "The same once more" is said of what is reviewed.
    told = _agreed(case, bought, (product_id, title), (int(rating), words))
    return msgspec.structs.replace(told, focus=(product_id,))


def _agreed(
    case: Case, bought: list[Order], product: tuple[int, str], told: tuple[int, str]
) -> Outcome:
    rating, words = told
    shop = case.shop
    order_id = next((one.id for one in bought if product[0] in _products(case, one)), None)
    new = NewReview(
        product[0], shop.person.customer_id, rating, words, shop.person.name,
        case.language, order_id,
    )  # fmt: skip
    write = WriteReview(new)
    shown = case.say(
        "aftersale.review_shown",
        title=product[1],
        stars="★" * rating,
        words=words or case.say("aftersale.review_no_words"),
    )
    if not case.agreed(write, shown):
        return case.propose(write, shown)
    shop.do_agreed(write, case.yes_to or "")
    return Outcome(said(case.say("aftersale.review_done")))


def _product(case: Case, bought: list[Order]) -> tuple[int, str] | Outcome:
    """Which of the products bought, by name or by what is in focus."""
    every = {one: title for order in bought for one, title in _products(case, order).items()}
    held = case.frame.learnt.get("product")
    if held and int(held) in every:
        return int(held), every[int(held)]
    named = case.slot(Product)
    meant = [one for one in every if one in (named.ids if named else ())]
    meant = meant or [one for one in case.frame.product_ids if one in every]
    meant = meant or _by_words(case, bought, every)
    meant = meant or [one for one in case.state.focus if one in every]
    if len(meant) != 1 and len(every) == 1:
        meant = list(every)
    if len(meant) == 1:
        case.frame.learnt["product"] = str(meant[0])
        return meant[0], every[meant[0]]
    some = meant or list(every)
    labels = [every[one] for one in some[:10]]
    return case.ask("item", "\n".join([case.say("aftersale.review_which"), *labels]), labels)


def _by_words(case: Case, bought: list[Order], every: dict[int, str]) -> list[int]:
    text = answer_to(case, "item") or case.turn.text
    exact = [one for one, title in every.items() if title.casefold() == text.casefold()]
    if exact:
        return exact
    found: list[int] = []
    for order in bought:
        parts = set(named_parts(case, order, text))
        ids = [line.variant_id for line in order.lines if line.part in parts and line.variant_id]
        found += [one.product.id for one in case.shop.offers(ids).values()]
    return list(dict.fromkeys(found))


def _products(case: Case, order: Order) -> dict[int, str]:
    ids = [line.variant_id for line in order.lines if line.variant_id is not None]
    offers = case.shop.offers(ids).values()
    return {one.product.id: in_language(one.product, case.language).title for one in offers}


def _note_rating(case: Case) -> None:
    if "rating" in case.frame.learnt or case.yes_to is not None:
        return
    text = unicodedata.normalize("NFKC", case.turn.text)
    if drawn := _DRAWN.search(text):
        case.frame.learnt["rating"] = str(len(drawn[1]))
    elif found := _STARS.search(text):
        told = next(one for one in found.groups() if one)
        case.frame.learnt["rating"] = str(_KANJI.get(told) or int(told))
    else:
        return
    # "星5、とても温かいです": what stands beside the stars are the words.
    rest = (_DRAWN if drawn else _STARS).sub("", text)
    rest = re.sub(r"^(?:つ|個|です|で|、|。|,|\.|!|-|:|\s|stars?|out of 5|/5)+", "", rest).strip()
    if len(rest) >= 6 and not _ASKING.search(rest) and case.slot(Product) is None:
        case.frame.learnt["words"] = rest[:LONGEST]


def _words(case: Case) -> str | None:
    told = answer_to(case, "text")
    if told is not None and case.yes_to is None:
        case.frame.learnt["words"] = "" if _NO_WORDS.match(told) else told[:LONGEST]
    return case.frame.learnt.get("words")


SKILL = Skill("review", ("review",), _serve)
