"""Which of a model's commands are taken: what is not of the closed set is dropped, not guessed."""

import math
import re
from collections.abc import Iterable
from typing import Final, TypeAlias, get_args

import msgspec

from kaiwa.bot.model.brief import Brief
from kaiwa.bot.model.claims.amounts import value_of
from kaiwa.bot.model.claims.stated import folded
from kaiwa.bot.model.claims.written import claims
from kaiwa.bot.model.masking import Masking
from kaiwa.bot.nlu.act import WRITING, ChitChatKind
from kaiwa.bot.nlu.command import (
    Answer,
    CancelFlow,
    Candidate,
    ChitChat,
    Choose,
    Clarify,
    Command,
    CorrectSlot,
    Handoff,
    SetSlot,
    StartFlow,
)
from kaiwa.bot.nlu.decision import THRESHOLDS
from kaiwa.bot.nlu.slot import (
    Clock,
    Colour,
    CouponCode,
    Day,
    Email,
    OrderNumber,
    Phone,
    PostalCode,
    Price,
    Product,
    Quantity,
    Slot,
    Written,
)
from kaiwa.catalog.understanding.colours import WORDS, colour_of
from kaiwa.vocabulary.money import minor_digits

# `Confirm` is not among them: a yes to a write comes from the shopper's own words or a button.
FromModel: TypeAlias = (
    StartFlow | SetSlot | CorrectSlot | Choose | CancelFlow | Answer | Clarify | ChitChat | Handoff
)

MOST_COMMANDS: Final = 6
MOST_COUNT: Final = 999
_NO_FLOW: Final = frozenset((*get_args(ChitChatKind), "faq", "product_question", "human_handoff"))
_AGREEING: Final = frozenset({"affirm", "decline"})
_LONGEST: Final = 300
_COLOURS: Final = frozenset(colour_of(one) for one in WORDS)


class Dropped(Exception):
    """This command is not taken, and why."""


def accepted(
    told: Iterable[object], brief: Brief, masking: Masking
) -> tuple[tuple[Command, ...], tuple[str, ...]]:
    """The commands that hold, in the order told, and why others do not."""
    taken: list[Command] = []
    dropped: list[str] = []
    judge = _Judge(brief)
    for one in told:
        if len(taken) == MOST_COMMANDS:
            dropped.append("too many")
            break
        try:
            command = msgspec.convert(_restored(one, masking), FromModel)
            taken.append(judge.taken(command))
        except msgspec.ValidationError as error:
            dropped.append(f"not of the set: {error}")
        except Dropped as reason:
            dropped.append(str(reason))
    return tuple(taken), tuple(dropped)


def _restored(value: object, masking: Masking) -> object:
    match value:
        case str():
            return masking.restored(value)
        case list():
            return [_restored(one, masking) for one in value]
        case dict():
            return {name: _restored(one, masking) for name, one in value.items()}
        case _:
            return value


class _Judge:
    """Holds commands against what the shopper said and sees."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        said = (brief.text, *(one.text for one in brief.turns if one.by == "shopper"))
        seen = (*(one.title for one in brief.shown), *brief.labels)
        self._said = said
        self._letters = re.sub(r"[^\w@.+]", "", folded("\n".join(said)).text)
        self._told = {one.claim for text in (*said, *seen) for one in claims(text)}

    def taken(self, command: FromModel) -> Command:
        """The command as it is taken; `Dropped`."""
        match command:
            case StartFlow(act=act, confidence=sure):
                if act in _NO_FLOW:
                    raise Dropped(f"no flow: {act}")
                if act in WRITING and _sure(sure) < THRESHOLDS[self._brief.language].writing:
                    raise Dropped(f"too unsure to begin: {act}")
                return StartFlow(act, _sure(sure))
            case SetSlot(slot=slot, confidence=sure):
                return SetSlot(self._slot(slot), None, _sure(sure))
            case CorrectSlot(slot=slot, confidence=sure):
                return CorrectSlot(self._slot(slot), None, _sure(sure))
            case Choose(product_ids=places, how=how):
                return Choose(self._products(places), how)
            case Clarify(candidates=candidates):
                return self._clarify(candidates)
            case Answer(question=question, act=act, confidence=sure):
                return Answer(self._text(question), act, _sure(sure))
            case ChitChat(kind=kind, confidence=sure):
                if kind in _AGREEING:
                    raise Dropped(f"not a model's to say: {kind}")
                return ChitChat(kind, _sure(sure))
            case Handoff(reason=reason, confidence=sure):
                return Handoff(reason, _sure(sure))
            case CancelFlow():
                return command

    def _products(self, places: Iterable[int]) -> tuple[int, ...]:
        """Ids for places in what is shown, from 1."""
        shown = self._brief.shown
        if bad := [at for at in places if not 1 <= at <= len(shown)]:
            raise Dropped(f"nothing is shown at {bad[0]}")
        ids = tuple(dict.fromkeys(shown[at - 1].id for at in places))
        if not ids:
            raise Dropped("chooses nothing")
        return ids

    def _clarify(self, candidates: Iterable[Candidate]) -> Clarify:
        kept = []
        for one in candidates:
            if one.act in _AGREEING or (one.act is None) == (one.product_id is None):
                continue
            ids = self._products([one.product_id]) if one.product_id is not None else (None,)
            kept.append(Candidate(one.act, ids[0], _sure(one.confidence)))
        if len(kept) < 2:
            raise Dropped("asks about less than two")
        return Clarify(tuple(kept[:3]))

    def _slot(self, slot: Slot) -> Slot:
        match slot:
            case Product(ids=places):
                return Product(self._products(places))
            case Quantity(count=count) if abs(count) > MOST_COUNT:
                raise Dropped("a quantity out of all bounds")
            case Price():
                self._price(slot)
            case Colour(name=name) if name not in _COLOURS:
                raise Dropped(f"no colour: {name[:40]}")
            case OrderNumber(text=own) | CouponCode(text=own) | PostalCode(text=own):
                self._own(own)
            case Email(address=own) | Phone(digits=own) | Written(text=own):
                self._own(own)
            case Day(date=date):
                # Beyond that nobody has an appointment with a parcel.
                if abs((date - self._brief.today).days) > 730:
                    raise Dropped("a day out of all bounds")
            case Quantity() | Clock() | Colour():
                pass
            case _:
                for value in _texts(slot):
                    self._text(value)
        return slot

    def _own(self, value: str) -> None:
        """What identifies somebody or something must be the shopper's own, letter by letter."""
        letters = re.sub(r"[^\w@.+]", "", folded(value).text)
        if not letters or letters not in self._letters:
            raise Dropped(f"not said by the shopper: {value[:40]}")

    def _price(self, price: Price) -> None:
        unit = 10 ** minor_digits(self._brief.currency)
        said = {
            float(value_of(number) * unit)
            for text in self._said
            for one in claims(text)
            if one.claim.kind in ("money", "number")
            for number in re.findall(r"\d[\d.]*", one.claim.value)
        }
        bounds = [one for one in (price.low, price.high) if one is not None]
        if not bounds or any(not _near(one, said) for one in bounds):
            raise Dropped("a price that nobody said")

    def _text(self, text: str) -> str:
        """Words a skill may search for or show: they claim nothing the shopper has not."""
        if not text.strip() or len(text) > _LONGEST:
            raise Dropped("words without a measure")
        if untrue := [one.claim for one in claims(text) if one.claim not in self._told]:
            raise Dropped(f"made up: {untrue[0].kind} {untrue[0].value[:40]}")
        return text


def _near(bound: int, said: Iterable[float]) -> bool:
    # "about 3,000" and 3000円台 become bounds around the number.
    return any(one * 2 / 3 <= bound <= one * 4 / 3 for one in said)


def _texts(slot: Slot) -> list[str]:
    found: list[str] = []
    for value in msgspec.structs.astuple(slot):
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, tuple):
            found += [one for one in value if isinstance(one, str)]
    return found


def _sure(confidence: float) -> float:
    return min(1.0, max(0.0, confidence)) if math.isfinite(confidence) else 0.0
