"""Which order is meant, and whether it is the shopper's: nobody hears of another's.

Who is signed in has the own orders. Anybody else tells an order's number and the e-mail address or
phone number it was placed with; both must fit, and a wrong pair is never told apart from an order
that is not there.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from kaiwa.bot import payloads
from kaiwa.bot.dialogue.state import Frame
from kaiwa.bot.nlu.slot import Email, OrderNumber, Phone, Product
from kaiwa.bot.order.before_it import at_checkout
from kaiwa.bot.order.refusing import refusal
from kaiwa.bot.order.words import order_label, titles
from kaiwa.bot.skills.contract import Asks, Case, Outcome, label, offer, said
from kaiwa.languages.folding import fold
from kaiwa.orders.allowed import OrderAction, allowed
from kaiwa.orders.order import Order, order, order_by_number
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.reply import ReplyAction

MOST_OFFERED: Final = 8
_LONGEST: Final = 1_000
_ANOTHER: Final = re.compile(
    r"(?:別|他|ほか|もう(?:[一1]|ひと)(?:つ|件)|もう片方)の注文|違う注文"
    r"|\b(?:other|another|different) order\b",
    re.IGNORECASE,
)
# Not the other one's, of which was spoken before.
_OWN: Final = re.compile(
    r"(?:自分|私|わたし|うち|俺|僕|こっち)の(?:注文|ほう|方|は|を|だけ|なら|分)"
    r"|\b(?:my own|mine)\b",
    re.IGNORECASE,
)
_OVER: Final = ("delivered", "cancelled")


class _Known(msgspec.Struct, frozen=True):
    """An order that is the shopper's; `proved` when that was shown just now."""

    order: Order
    proved: int | None = None


def of_order(
    case: Case, action: OrderAction | None, serve: Callable[[Case, Order], Outcome]
) -> Outcome:
    """Serve the order that is meant, once it is known which and that it is the shopper's.

    What the shop's verbs refuse is told in the shopper's words.
    """
    case = _with_words(case)
    found = which_order(case, action)
    if isinstance(found, Outcome):
        return msgspec.structs.replace(found, frame=found.frame or case.frame)
    own = msgspec.structs.replace(case, frame=_about(case, found.order))
    try:
        outcome = serve(own, found.order)
    except (Conflict, Invalid, NotFound) as error:
        outcome = refusal(own, found.order, error)
    goes_on = outcome.asks is not None or outcome.proposes is not None
    return msgspec.structs.replace(
        outcome,
        order=outcome.order or found.order,
        proved=found.proved,
        frame=outcome.frame or (own.frame if goes_on else None),
    )


def _with_words(case: Case) -> Case:
    """What was wished for before the order was known counts as said now; it is kept till then."""
    learnt = dict(case.frame.learnt)
    words = case.turn.text
    if case.frame.learnt.get("said") and "order" not in learnt:
        words = f"{learnt['said']}\n{words}"
    if case.request.act == case.frame.act or "said" not in learnt:
        learnt["said"] = words[:_LONGEST]
    frame = msgspec.structs.replace(case.frame, learnt=learnt)
    turn = msgspec.structs.replace(case.turn, text=words)
    return msgspec.structs.replace(case, frame=frame, turn=turn)


def which_order(case: Case, action: OrderAction | None) -> _Known | Outcome:
    """The order that is meant, or the question that finds it out."""
    number = _number(case)
    if number is not None and (other := _named_instead(case, number)):
        return _Known(other)
    if number is not None:
        own = case.shop.order_if_own(number, case.state)
        return _Known(own) if own is not None else _by_contact(case, number)
    every = own_orders(case)
    if every and not _ANOTHER.search(case.turn.text):
        return _among(case, every, action)
    if (chosen_there := at_checkout(case, action)) is not None:
        return chosen_there
    asked = case.turn.state.asked
    if asked is not None and asked.slot == "order_number" and not case.is_once_more:
        return _number_again(case)
    key = "aftersale.no_orders" if case.shop.person.signed_in else "aftersale.which_number"
    return case.ask("order_number", case.say(key))


def _number_again(case: Case) -> Outcome:
    """Where the number stands, and who can look it up without one."""
    person = case.say("choice.person")
    way = ReplyAction(label=label(person), text=person, payload=payloads.PERSON)
    told = said(case.say("aftersale.contact_noted")) if _contact(case) is not None else ()
    text = case.say("aftersale.where_number")
    asks = Asks("order_number")
    return Outcome((*told, *said(text), *offer((way,))), asks=asks)


def _named_instead(case: Case, number: str) -> Order | None:
    """Has my raincoat order gone out?, while a return of another is open: the raincoat's."""
    if case.slot(OrderNumber) is not None:
        return None
    text = case.request.question
    own = own_orders(case)
    named = [one for one in own if _has_product(case, one)]
    named = named or [one for one in own if _says_one_of(case, one, text)]
    return named[0] if len(named) == 1 and named[0].number != number else None


def own_orders(case: Case) -> list[Order]:
    """The orders that this shopper may hear of, newest first."""
    found = {one.id: one for one in case.shop.orders(20)}
    for order_id in reversed(case.state.proved):
        one = case.shop.order(order_id, case.state)
        if one is not None:
            found.setdefault(one.id, one)
    return list(found.values())


def spoken_of(case: Case) -> Order | None:
    """The order that the talk is about, if it is the shopper's; asks nothing."""
    number = _number(case)
    if number is not None:
        return case.shop.order_if_own(number, case.state)
    if case.state.order_id is not None:
        return case.shop.order(case.state.order_id, case.state)
    return None


def _number(case: Case) -> str | None:
    told = case.slot(OrderNumber)
    if told is not None:
        return told.text
    if case.frame.learnt.get("order") or _OWN.search(case.request.question):
        return None
    return next((one.text for one in _elsewhere(case, OrderNumber)), None)


def _elsewhere(case: Case, kind: type[OrderNumber | Email | Phone]) -> Iterable[OrderNumber]:
    """Values told for another matter that is still open."""
    slots = (slot for frame in case.state.frames for slot in frame.slots)
    return (slot for slot in slots if isinstance(slot, kind))  # type: ignore[misc]


def _contact(case: Case) -> Email | Phone | None:
    # Of the two, what was said now is meant.
    told = [*case.request.slots, *case.frame.slots]
    for frame in case.state.frames:
        told += frame.slots
    return next((one for one in told if isinstance(one, Email | Phone)), None)


def _by_contact(case: Case, number: str) -> _Known | Outcome:
    contact = _contact(case)
    if contact is None:
        return case.ask("email", case.say("aftersale.which_contact", number=number))
    told = contact.address if isinstance(contact, Email) else contact.digits
    pair = f"{number} {told}"
    wrong = Outcome(said(case.say("aftersale.no_match")), asks=Asks("order_number"))
    if case.frame.learnt.get("wrong") == pair:
        return wrong
    command = case.shop.command()
    if not case.shop.gateway.may_guess(command, number.casefold()):
        return Outcome(said(case.say("aftersale.too_many_guesses")))
    found = _behind(case, number)
    if found is not None and _fits(found, contact):
        return _Known(found, found.id)
    case.shop.gateway.guessed_wrong(command, number.casefold())
    frame = msgspec.structs.replace(case.frame, learnt={**case.frame.learnt, "wrong": pair})
    return msgspec.structs.replace(wrong, frame=frame)


def _behind(case: Case, number: str) -> Order | None:
    shop = case.shop
    order_id = order_by_number(shop.session, shop.merchant.id, number)
    return None if order_id is None else order(shop.session, shop.merchant.id, order_id)


def _fits(found: Order, contact: Email | Phone) -> bool:
    if isinstance(contact, Email):
        return found.email is not None and found.email.casefold() == contact.address.casefold()
    address = found.body.address
    known = {_plain(one) for one in (found.phone, address and address.phone) if one}
    return len(_plain(contact.digits)) >= 9 and _plain(contact.digits) in known


def _plain(phone: str) -> str:
    """Digits as they are dialled at home: +81 90… and 090… are one number."""
    digits = re.sub(r"\D", "", phone)
    for code in ("81", "1"):
        if phone.strip().startswith(f"+{code}"):
            digits = digits.removeprefix(code)
    return digits.lstrip("0")


def _about(case: Case, found: Order) -> Frame:
    """The frame, without what was made out for another order."""
    learnt = case.frame.learnt
    if learnt.get("order") != str(found.id):
        learnt = {"order": str(found.id), "said": learnt.get("said", "")}
    return msgspec.structs.replace(case.frame, learnt=learnt)


def _among(case: Case, every: list[Order], action: OrderAction | None) -> _Known | Outcome:
    """The one of several own orders that is meant."""
    held = case.frame.learnt.get("order")
    for one in every:
        if held == str(one.id):
            return _Known(one)
    named = [one for one in every if _has_named(case, one)]
    if len(named) == 1:
        return _Known(named[0])
    some = named or every
    if len(some) > 1 and (aged := _by_age(case.turn.text, some)) is not None:
        return _Known(aged)
    for one in some:
        if one.id == case.state.order_id:
            return _Known(one)
    fits = [one for one in some if _fitting(one, action)]
    if len(fits) == 1 or len(some) == 1 or not fits:
        return _Known((fits or some)[0])
    return ask_which(case, fits)


def _by_age(text: str, some: list[Order]) -> Order | None:
    """古いほう, "the newer one": of several, by when they were placed."""
    by_day = sorted(some, key=lambda one: one.placed_at)
    if _NEWER.search(text):
        return by_day[-1]
    return by_day[0] if _OLDER.search(text) else None


def _fitting(one: Order, action: OrderAction | None) -> bool:
    return one.state not in _OVER if action is None else action in allowed(one)


def ask_which(case: Case, some: list[Order]) -> Outcome:
    """Ask which of these orders is meant, with a button for each."""
    labels = [order_label(case, one) for one in some[:MOST_OFFERED]]
    text = "\n".join([case.say("aftersale.which_order"), *labels])
    return case.ask("order_number", text, labels)


def _has_named(case: Case, one: Order) -> bool:
    return _has_product(case, one) or _says_one_of(case, one, case.turn.text)


def _has_product(case: Case, one: Order) -> bool:
    product = case.slot(Product)
    if product is None:
        return False
    variants = [line.variant_id for line in one.lines if line.variant_id is not None]
    every = case.shop.offers(variants).values()
    return any(offer.product.id in product.ids for offer in every)


def _says_one_of(case: Case, one: Order, words: str) -> bool:
    text = fold(words.casefold())
    return any(says_title(text, title) for title in titles(case, one).values())


_NEWER: Final = re.compile(
    r"新しい(?:ほう|方|注文|やつ)|最新|直近|最後に(?:頼|注文|買)"
    r"|\b(?:newer|newest|latest|most recent)\b",
    re.IGNORECASE,
)
_OLDER: Final = re.compile(
    r"古い(?:ほう|方|注文|やつ)|最初に(?:頼|注文|買)"
    r"|\b(?:older|oldest|earlier|first) (?:one|order)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[a-z]{4,}|[ァ-ヺー]{2,}|[一-鿿々]{2,}")


def says_title(folded: str, title: str) -> bool:
    """Whether a folded text has a word of an article's title."""
    words = (fold(one) for one in _WORD.findall(title.casefold()))
    return any(
        re.search(rf"(?<![a-z]){re.escape(one)}", folded) if one.isascii() else one in folded
        for one in words
    )
