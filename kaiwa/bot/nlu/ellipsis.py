"""Fragments that only the conversation completes: 青は？, 2番目, やっぱり2個で, "make it two"."""

import re
from collections.abc import Sequence
from typing import Final

from kaiwa.bot.dialogue.reference import Pointed, pointed, pointing_words, sizing_words
from kaiwa.bot.dialogue.state import Dialogue, ShownProduct
from kaiwa.bot.nlu.command import (
    Answer,
    Choose,
    Command,
    CorrectSlot,
    SetSlot,
    Span,
    StartFlow,
)
from kaiwa.bot.nlu.reader.found import Found
from kaiwa.bot.nlu.reader.normal import Normal
from kaiwa.bot.nlu.replying import is_bare
from kaiwa.bot.nlu.slot import Colour, Exclude, Quantity
from kaiwa.bot.nlu.title_words import letters_named
from kaiwa.languages.folding import fold

_NOT_THAT: Final = re.compile(
    r"(?:じゃ|では)(?:ない|なく(?:て)?)(?:方|ほう|やつ|もの|の|[。.]?$)|以外(?:の|で|は|$)"
    r"|^\W*not (?:the |in )?\w+(?: ones?)?\W*$|\banything but\b"
)
_NOT_SO: Final = re.compile(
    r"(?P<ja>[^\s、。]{2,12}?)(?:じゃ|では)(?:ない|なく)(?:方|ほう|やつ|の|て)"
    r"|\bnot the (?P<en>[a-z ]{3,20}?)(?: ones?)?\W*$"
)
_TAKES: Final = re.compile(
    r"ください|下さい|くれ|にします|にする|にして|お願い|もら|ちょうだい|頂戴"
    r"|\b(?:take|please|pls|want|get|have|grab)\b"
)
# How a choice is put: のやつで, の方をお願いします, "i'll have … please".
_PUTS: Final = re.compile(
    r"(?:の|い)?(?:やつ|もの|方|ほう|商品|ほうの)|ください|下さい|くれ|お願い(?:し(?:ます|たい))?"
    r"|に(?:します|する|して|しよう|決めた)|が(?:いい|良い|よい|ほしい|欲しい)(?:です)?|です|もらい(?:ます|たい)|いただきます"
    r"|やっぱり?|じゃあ?|では|はい|うん|えっと|かな|[のをでがにはねよわ]"
    r"|\b(?:i'?ll|i'?d|like|i|the|one|ones|a|please|pls|take|have|want|get|go|with|for|yes|ok"
    r"|okay|um|hmm|then|that|let'?s|think|guess|just|add|me|give|grab|of|them|those|is|fine)\b"
)
_ASKS: Final = re.compile(
    r"[?]|(?:は|って)?(?:ありますか|ある|どう(?:ですか)?)|は$|\b(?:what about|how about|do you have"
    r"|is there|any)\b"
)
_ASKING_WORDS: Final = re.compile(
    r"[?]|(?:は|って)?(?:ありますか|ある|どう(?:ですか)?|ない|なら|だと)|\b(?:what about|how about"
    r"|do you have|is there|any)\b"
)


def completed(normal: Normal, found: Sequence[Found], state: Dialogue) -> tuple[Command, ...]:
    """The commands of a fragment; empty when the text is a whole sentence or nothing is shown."""
    if state.showings and (left := _without_one(normal, found, state)):
        return left
    if state.showings and (chosen := _chosen(normal, found, state)):
        return chosen
    plain = _ASKING_WORDS.sub("", normal.text)
    if not found or not state.showings or not _only_found(plain, normal, found):
        return ()
    kinds = {one.kind for one in found}
    span = Span(0, normal.length)
    if kinds <= {"n"}:
        return _counted(normal, found, state)
    if kinds <= {"ordinal"}:
        what = pointed(normal.text, found, state)
        if what is None:
            return ()
        choice = Choose(tuple(one.id for one in what.products), what.how, what.variant_id, span)
        if state.asked is not None:
            return (choice,)
        if _TAKES.search(normal.text) and not _ASKS.search(normal.text):
            return (choice, StartFlow("add_to_cart", span=span))
        return (choice, Answer(normal.cased, "product_question", span=span))
    if kinds <= {"colour", "size"}:
        return _varied(normal, found, state)
    return ()


def _chosen(normal: Normal, found: Sequence[Found], state: Dialogue) -> tuple[Command, ...]:
    """Which one?, and 一番安いの, "the last one": the answer is one of those."""
    if state.asked is None or state.asked.slot not in ("choice", "product"):
        return ()
    if (left := _all_but(normal.text, state)) is not None:
        return (Choose((left.id,), "kind", None, Span(0, normal.length)),)
    ways = (*pointing_words(normal.text), *sizing_words(normal.text))
    spans = [Found("ordinal", *span) for span in ways]
    pointing = [*spans, *(one for one in found if one.kind == "ordinal")]
    if not pointing or _ASKS.search(normal.text):
        return ()
    what = pointed(normal.text, found, state)
    if what is None or len(what.products) != 1 or _rest_of(normal, [*pointing, *found]):
        return ()
    ids = (what.products[0].id,)
    span = Span(0, normal.length)
    slots = tuple(SetSlot(one.slot, normal.span(one.begin, one.end)) for one in found if one.slot)
    return (Choose(ids, what.how, what.variant_id, span), *slots)


def _all_but(text: str, state: Dialogue) -> ShownProduct | None:
    """冬用じゃない方で, "not the kids one": the only one that is not called so."""
    told = _NOT_SO.search(text)
    if told is None:
        return None
    sound = fold(told["ja"] or told["en"])
    left = [one for one in state.shown if not letters_named(sound, one.title, "")]
    return left[0] if len(left) == 1 < len(state.shown) else None


def _rest_of(normal: Normal, found: Sequence[Found]) -> str:
    """What a choice says beside what was found in it and how choices are put."""
    text = list(normal.text)
    for one in found:
        text[one.begin : one.end] = " " * (one.end - one.begin)
    return re.sub(r"[\W_]", "", _PUTS.sub(" ", "".join(text)))


def _without_one(normal: Normal, found: Sequence[Found], state: Dialogue) -> tuple[Command, ...]:
    """赤じゃない方, "not the red one": the other of two, else a search without it."""
    if not _NOT_THAT.search(normal.text):
        return ()
    traits = [one for one in found if isinstance(one.slot, Colour)]
    span = Span(0, normal.length)
    left = [
        one
        for one in state.shown
        if not all(t.slot.name in v.colours for v in one.variants for t in traits)  # type: ignore[union-attr]
    ]
    if not traits or len(traits) != len(found):
        return ()
    if len(state.shown) == 2 and len(left) == 1:
        choice = Choose((left[0].id,), "colour", span=span)
        return (choice, Answer(normal.cased, "product_question", span=span))
    names = tuple(one.slot.name for one in traits if isinstance(one.slot, Colour))
    return (StartFlow("refine", span=span), SetSlot(Exclude(names), span))


def _only_found(plain: str, normal: Normal, found: Sequence[Found]) -> bool:
    # The places moved with the words taken out, so what was found is taken out by its text.
    rest = plain
    for one in found:
        rest = rest.replace(normal.text[one.begin : one.end], "", 1)
    return rest == "" or is_bare(f"{rest}|", [Found("n", len(rest), len(rest) + 1)])


def _counted(normal: Normal, found: Sequence[Found], state: Dialogue) -> tuple[Command, ...]:
    slots = [
        (one.slot, normal.span(one.begin, one.end))
        for one in found
        if isinstance(one.slot, Quantity)
    ]
    last, where = slots[-1]
    if state.top is not None and state.top.slot("quantity") is not None:
        return (CorrectSlot(last, where),)
    if state.top is not None and state.top.act in ("add_to_cart", "change_quantity"):
        return (SetSlot(last, where),)
    if state.last_act in ("add_to_cart", "change_quantity"):
        return (StartFlow("change_quantity", span=where), CorrectSlot(last, where))
    if state.focus:
        return (StartFlow("add_to_cart", span=where), SetSlot(last, where))
    return ()


def _varied(normal: Normal, found: Sequence[Found], state: Dialogue) -> tuple[Command, ...]:
    span = Span(0, normal.length)
    slots = tuple(SetSlot(one.slot, normal.span(one.begin, one.end)) for one in found if one.slot)
    asks = _ASKS.search(normal.text) is not None
    top = state.top
    if top is not None and top.act == "add_to_cart" and not asks:
        known = {type(one) for one in top.slots}
        return tuple(
            CorrectSlot(one.slot, one.span) if type(one.slot) in known else one for one in slots
        )
    if not asks and _TAKES.search(normal.text):
        return ()
    what = pointed(normal.text, found, state)
    one_in_focus = len(state.focus) == 1 and (what is None or what.products[0].id in state.focus)
    if asks and one_in_focus:
        choice = _choice(what, span)
        return (*choice, Answer(normal.cased, "product_question", span=span), *slots)
    if not asks and what is not None and len(what.products) == 1:
        return (*_choice(what, span), Answer(normal.cased, "product_question", span=span), *slots)
    return (StartFlow("refine", span=span), *slots)


def _choice(what: Pointed | None, span: Span) -> tuple[Command, ...]:
    if what is None:
        return ()
    return (Choose(tuple(one.id for one in what.products), what.how, what.variant_id, span),)
