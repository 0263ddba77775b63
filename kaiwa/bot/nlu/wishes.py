"""The wishes of a text: which acts, over which stretch, and how sure; several in the order said."""

import re
from collections.abc import Sequence
from typing import Final, Protocol

import msgspec

from kaiwa.bot.nlu.act import OF_ORDERS, Act
from kaiwa.bot.nlu.chance import Chance
from kaiwa.bot.nlu.chatter import is_chatter, is_mere_name, is_one_more
from kaiwa.bot.nlu.clauses import clauses
from kaiwa.bot.nlu.intents.features import concepts
from kaiwa.bot.nlu.remarks import EASILY_TAKEN, is_remark, leans
from kaiwa.vocabulary.language import Language

SURE: Final = 0.8
DOUBTFUL: Final = 0.55  # beside a wish that is sure, what is less than this is chatter
_SURELY_ONE: Final = 0.95
_POINTS_BACK: Final = re.compile(r"\b(?:change|fix|sort|correct|edit|undo) (?:it|that|this)\W*$")
SPLIT_AT: Final = 0.5  # a part that is less sure than this belongs to its neighbour
COURTESY: Final[frozenset[Act]] = frozenset(
    {"greet", "thanks", "goodbye", "affirm", "decline", "about_bot"}
)

_MERELY_POLITE: Final = COURTESY - {"about_bot"}

# What begins so is one more wish, though it is not so sure which: それと手挽きのミルも見せて.
_AND: Final = re.compile(
    r"\W*(?:あと|それと|それから|ついでに|あわせて|合わせて"
    r"|(?:and also|also|and|plus|oh and)\b)"
)
_WANTS_TO_KNOW: Final = re.compile(r"教えて|おしえて|知りたい|[?？]|ますか").search
_SAID_ASIDE: Final = 0.6  # of what is chatter otherwise
_SEEKING: Final[frozenset[Act]] = frozenset({"find_product", "refine", "recommend"})
# Return the boots and the kettle and the toothbrush from 6401: the same, of more articles.
_MORE_OF_IT: Final = re.compile(
    r"\W*(?:and )?(?:the|my|both) (?!.*\b(?:change|cancel|return|swap|exchange|replace|refund|keep"
    r"|add|remove|ship|send|deliver|track|make|update|want|need|can|could|will|would|is|are|was"
    r"|were|has|have|did|does|do|isn't|aren't|arrived|came|broke|where|when|how|what|why|who)\b)"
    r"[^?]*$"
)
_LACKING: Final = re.compile(
    r"\W*(?:but )?(?:no|not|without|nothing)(?: too)? (?!thanks?\b|thank\b|worr|problem|need|rush"
    r"|more\b|idea|hurry|matter|way\b|one\b|sure\b)[a-z]"
)
_SELLING: Final[frozenset[Act]] = frozenset({"add_to_cart", "change_quantity", "refine"})


class Wish(msgspec.Struct, frozen=True):
    """A stretch `[begin, end)` of the folded text, with every act's chance, likeliest first."""

    begin: int
    end: int
    chances: tuple[Chance, ...]

    @property
    def best(self) -> Chance:
        """The likeliest act."""
        return self.chances[0]


class Judge(Protocol):
    """How a stretch of the folded text reads: as masked text, and as chances."""

    def masked(self, begin: int, end: int) -> str:
        """The stretch with masks for what was found in it."""

    def chances(self, begin: int, end: int) -> tuple[Chance, ...]:
        """Every act of the stretch with its chance, likeliest first."""


def wishes(text: str, language: Language, judge: Judge) -> list[Wish]:
    """One wish a sentence, or several where each part is sure of another act by itself."""
    found: list[Wish] = []
    for pieces in _named(_spoken(text, language), language, judge):
        whole = _wish(judge, pieces[0][0], pieces[-1][1])
        parts = _parts(language, pieces, judge) if len(pieces) > 1 else []
        if beside := _asked_beside(text, pieces, language, judge):
            found += beside
            continue
        several = len(parts) > 1 and _worth(parts, whole) and not _is_one(parts, whole, text)
        found += parts if several else [whole]
    return _joined(_asking(_without(_corrected(found), text), text, language), text)


def _asked_beside(
    text: str, pieces: list[tuple[int, int]], language: Language, judge: Judge
) -> list[Wish]:
    """テールライト1個入れて、あと修理もやってるか教えて: one thing is taken, another is asked."""
    at = next((one for one in range(1, len(pieces)) if _AND.match(text, pieces[one][0])), 0)
    if not at or language != "ja":
        return []
    takes = _wish(judge, pieces[0][0], pieces[at - 1][1])
    asks = _wish(judge, pieces[at][0], pieces[-1][1])
    words = text[asks.begin : asks.end]
    if takes.best.act != "add_to_cart" or takes.best.chance < SURE or not _WANTS_TO_KNOW(words):
        return []
    if asks.best.act != "out_of_scope":
        return []
    rest = tuple(one for one in asks.chances if one.act != "faq")
    return [takes, msgspec.structs.replace(asks, chances=(Chance("faq", SURE), *rest))]


def _is_one(parts: Sequence[Wish], whole: Wish, text: str) -> bool:
    """I ordered the wrong colour, can you change it: what points back is no wish of its own."""
    if whole.best.chance < _SURELY_ONE or whole.best.act != parts[0].best.act:
        return False
    return all(_POINTS_BACK.search(text[one.begin : one.end]) for one in parts[1:])


def _spoken(text: str, language: Language) -> list[list[tuple[int, int]]]:
    """The clauses without mere chatter, unless there is nothing else."""
    every = clauses(text, language)
    kept = [
        [piece for piece in pieces if not is_chatter(text[slice(*piece)], language)]
        for pieces in every
    ]
    return [_with_names(text, pieces, language) for pieces in kept if pieces] or every


def _with_names(
    text: str, pieces: list[tuple[int, int]], language: Language
) -> list[tuple[int, int]]:
    """これ、ぬれても平気？: what is only named belongs to what is said of it."""
    found: list[tuple[int, int]] = []
    for begin, end in reversed(pieces):
        if found and is_mere_name(text[begin:end], language):
            found[-1] = (begin, found[-1][1])
        else:
            found.append((begin, end))
    return found[::-1]


def _named(
    sentences: list[list[tuple[int, int]]], language: Language, judge: Judge
) -> list[list[tuple[int, int]]]:
    """A sentence that only names something belongs to the next, else to the one before."""
    found: list[list[tuple[int, int]]] = []
    waiting: list[tuple[int, int]] = []
    for pieces in sentences:
        masked = judge.masked(pieces[0][0], pieces[-1][1])
        if is_mere_name(masked, language) and len(pieces) == 1:
            waiting += pieces
            continue
        # Named before: "The lantern. How long does it last?" asks about it.
        found.append([(waiting[0][0], pieces[0][1]), *pieces[1:]] if waiting else pieces)
        waiting = []
    if waiting and found and language == "en":
        *before, (begin, _) = found.pop()
        return [*found, [*before, (begin, waiting[-1][1])]]
    return [*found, waiting] if waiting else found


def _wish(judge: Judge, begin: int, end: int) -> Wish:
    return Wish(begin, end, judge.chances(begin, end))


def _parts(language: Language, pieces: Sequence[tuple[int, int]], judge: Judge) -> list[Wish]:
    parts: list[Wish] = []
    for begin, end in pieces:
        wish = _wish(judge, begin, end)
        piece = judge.masked(begin, end)
        more = bool(parts) and parts[-1].best.act in OF_ORDERS and _MORE_OF_IT.match(piece)
        alone = not more and _stands_alone(piece, language, wish)
        if parts and (not alone or parts[-1].best.act == wish.best.act):
            wish = _wish(judge, parts.pop().begin, end)
        parts.append(wish)
    first = parts[0]
    alone = _stands_alone(judge.masked(first.begin, first.end), language, first)
    if len(parts) > 1 and not alone and parts[1].best.act not in COURTESY:
        parts = [_wish(judge, first.begin, parts[1].end), *parts[2:]]
    return parts


def _stands_alone(piece: str, language: Language, wish: Wish) -> bool:
    # "… and the last" speaks of nothing by itself: what was found in it is masked.
    if wish.best.chance < SPLIT_AT or wish.best.act == "out_of_scope":
        return False
    if leans(piece, language) or is_one_more(piece):
        return False
    return wish.best.act in COURTESY or bool(concepts(piece, language))


def _worth(parts: Sequence[Wish], whole: Wish) -> bool:
    surest = min(part.best.chance for part in parts)
    every = {part.best.act for part in parts}
    if len(every) < 2:
        return False
    if every - COURTESY and every & COURTESY:
        return True
    return surest >= SPLIT_AT or surest > whole.best.chance


def _corrected(found: list[Wish]) -> list[Wish]:
    """One yuzu... no, one honey: what is said after a "no" stands in the place of it."""
    acts = [one.best.act for one in found]
    for at in range(1, len(found) - 1):
        if acts[at] == "decline" and acts[at - 1] in _SELLING and acts[at + 1] in _SELLING:
            return [*found[: at - 1], *_corrected(found[at + 1 :])]
    return found


def _without(found: list[Wish], text: str) -> list[Wish]:
    """A face wash, no fragrance: what it shall not have belongs to what is sought."""
    kept: list[Wish] = []
    for wish in found:
        seeks = bool(kept) and kept[-1].best.act in _SEEKING
        if seeks and wish.best.act == "decline" and _LACKING.match(text, wish.begin):
            wish = msgspec.structs.replace(kept.pop(), end=wish.end)
        kept.append(wish)
    return kept


def _asking(found: list[Wish], text: str, language: Language) -> list[Wish]:
    """Without what is only told beside what is asked for."""
    told = [
        one.best.act in EASILY_TAKEN and is_remark(text[one.begin : one.end], language)
        for one in found
    ]
    beside = any(
        not telling and one.best.act not in _MERELY_POLITE and one.best.act != "out_of_scope"
        for one, telling in zip(found, told, strict=True)
    )
    if not beside:
        return found
    return [one for one, telling in zip(found, told, strict=True) if not telling]


def _of_one_product(found: list[Wish]) -> list[Wish]:
    """What about the balance bike, how heavy is it: named first, asked about then."""
    kept: list[Wish] = []
    for wish in found:
        named = kept and kept[-1].best.act == "find_product" and kept[-1].best.chance < SURE
        if named and wish.best.act == "product_question" and wish.best.chance >= SURE:
            wish = msgspec.structs.replace(wish, begin=kept.pop().begin)
        kept.append(wish)
    return kept


def _joined(found: list[Wish], text: str) -> list[Wish]:
    # "Where is it? It is late." is one wish, as is a sentence that nothing is known about.
    kept: list[Wish] = []
    for wish in _of_one_product(found):
        act = wish.best.act
        if kept and kept[-1].best.act == act and act not in ("faq", "product_question"):
            stronger = max(kept[-1], wish, key=lambda one: one.best.chance)
            kept[-1] = msgspec.structs.replace(stronger, begin=kept[-1].begin, end=wish.end)
        else:
            kept.append(wish)
    most = max((one.best.chance for one in kept if one.best.act not in COURTESY), default=0.0)
    least = DOUBTFUL if most >= SURE else 0.0
    sure = [
        one
        for one in kept
        if one.best.act != "out_of_scope"
        and one.best.chance >= (least * _SAID_ASIDE if _AND.match(text, one.begin) else least)
    ]
    return sure or kept[:1]
