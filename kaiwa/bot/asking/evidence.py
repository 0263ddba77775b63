"""What of a product's own words answers a question: attributes and sentences, word for word.

Nothing is made up: a passage stands for the question only when it covers most of what was asked.
A question about a part that the shop never mentions has no evidence, however near a word may be.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from kaiwa.bot.asking.aspects import Asked, Aspect, asked
from kaiwa.bot.asking.counted import counter_asked
from kaiwa.bot.asking.fits_in import asks_to_fit, tells_room
from kaiwa.bot.asking.measure_asked import has_unit
from kaiwa.bot.asking.polarity import is_closed, verdict, ways
from kaiwa.bot.asking.words import Word, names_of, said_in, words_of_question
from kaiwa.bot.naming.in_passing import is_own_word
from kaiwa.catalog.product import Product
from kaiwa.catalog.translation import in_language
from kaiwa.vocabulary.language import Language

Source: TypeAlias = Literal["attribute", "description"]

WHOLE: Final = 0.75
COVERED: Final = 0.5  # of what was asked a passage must cover
NEAR: Final = 0.7  # of the best passage's score, to stand beside it
MOST: Final = 3
_NAMED: Final = 1.5  # what it is worth that an attribute is the very aspect
WORTH: Final = 0.7  # a passage that scores less says nothing
_TOLD: Final = 0.8  # that the value has the very word that was asked for
_KANJI: Final = re.compile(r"[一-鿿々]+")
_EITHER: Final = re.compile(r"\bor\b|それとも|か[、,].+か")
_UNIT: Final = 0.4  # that the value is of the kind that was asked for: hours, kilos
_ROOM: Final = 2.2  # that it has room for the measure that was told
_CUED: Final = 1.1  # that a sentence speaks of it
_VALUED: Final = 0.9  # that an attribute's value speaks of it
_LASTS: Final = re.compile(r"\blasts?\b|(?<![一-鿿])[持も](?:つ|ち|って|てば)")
_MEASURED: Final = re.compile(
    r"\d\s*(?:cm|mm|m|km|kg|g|mg|ml|l|in|inch(?:es)?|ft|oz|lbs?|qt|gal|w|v|mah|センチ|リットル|グラム)"
    r"(?![a-z])"
)
_SENTENCE: Final = re.compile(r"[^。！？!?\n]+[。！？!?]?|\n")
_SENTENCE_EN: Final = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*[.!?]?")


class Evidence(msgspec.Struct, frozen=True):
    """A passage: an attribute with its `name`, or a sentence; `says` is yes, no or neither.

    `covered` is how much of the question it covers, 0..1; `literal`: it has a word that was asked;
    `named`: the attribute is called what was asked for.
    """

    source: Source
    name: str
    text: str
    score: float
    covered: float
    says: bool | None = None
    literal: bool = False
    named: bool = False


class Question(msgspec.Struct, frozen=True):
    """A question as it is looked up: its folded text, aspects, and further words.

    `room` are the kinds of measure of a thing that it is asked to fit.
    """

    text: str
    language: Language
    aspects: tuple[Aspect, ...]
    words: tuple[Word, ...]
    room: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing in particular is asked."""
        return not self.aspects and not self.words and not self.room


def question(text: str, language: Language, about: Sequence[Product]) -> Question:
    """The question that a text asks about these products."""
    folded = _fold(text).replace("’", "'")
    names = names_of(about)
    pieces = [one for name in names for one in _PIECES.split(name) if len(one) >= 2]
    told: Asked = asked(folded, [*names, *pieces])
    words = words_of_question(folded, language, about, told.spans)
    if told.aspects:
        words = tuple(
            one
            for one in words
            if not _describes(one, folded, pieces) and not is_own_word(folded, one.text)
        )
    return Question(folded, language, told.aspects, words, asks_to_fit(folded))


def _describes(word: Word, folded: str, pieces: Sequence[str]) -> bool:
    """Whether it stands before the product's name, and tells which: how wide is that wood tray."""
    if not word.text.isascii():
        return False
    own = {each for piece in pieces for each in _LATIN.findall(piece)}
    after = re.findall(rf"\b{re.escape(word.text)}[a-z]{{0,3}}\s+([a-z]+)", folded)
    return bool(after) and all(one in own for one in after)


def evidence(asks: Question, product: Product) -> tuple[Evidence, ...]:
    """The passages that answer, best first; none when the shop does not say."""
    shown = in_language(product, asks.language)
    for name, value in shown.attributes.items():
        if _fold(name) == asks.text:
            return (Evidence("attribute", name, value, _NAMED, 1.0, literal=True),)
    if asks.is_empty:
        return ()
    found = [_of_attribute(asks, name, value) for name, value in shown.attributes.items()]
    found += [_of_line(asks, one) for one in sentences(shown.body)]
    own = " ".join(names_of([product]))
    found += [_of_tag(asks, one) for one in shown.tags if _fold(one) not in own]
    if any(one.name == "brand" for one in asks.aspects) and product.brand:
        found.append(Evidence("attribute", "", product.brand, _NAMED, 1.0))
    good = [one for one in found if one.covered >= COVERED and one.score >= WORTH]
    if (point := _point(asks)) is not None:
        # Is the cotton organic: what only speaks of cotton does not say so.
        good = [one for one in good if said_in(point, f"{one.name} {one.text}", asks.language)]
    if (counted := _of_its_number(asks, found, good)) is not None:
        return counted
    best = max((one.score for one in good), default=0.0)
    kept = sorted((one for one in good if one.score >= NEAR * best), key=lambda one: -one.score)
    return _each_once([one for one in kept if _adds(asks, one, kept[0])])


def _of_its_number(
    asks: Question, found: Sequence[Evidence], good: Sequence[Evidence]
) -> tuple[Evidence, ...] | None:
    """何枚貼れますか: of the facts those with such a number, where none that answers has one."""
    told = counter_asked(asks.text)
    facts = [one for one in found if one.source == "attribute" and one.name]
    counted = [one for one in facts if told and told.search(_fold(one.text))]
    if told is None or not counted or any(told.search(_fold(one.text)) for one in good):
        return None
    named = [msgspec.structs.replace(one, says=None, covered=COVERED) for one in counted]
    return tuple(named[:MOST])


def _each_once(kept: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Without the lines of the body that tell what a fact of the same name tells."""
    facts = {(one.name, one.text) for one in kept if one.source == "attribute"}
    return tuple(one for one in kept if _labelled(one.text) not in facts)[:MOST]


def _point(asks: Question) -> Word | None:
    """Of a thing by its name, what is asked whether it is so: the last of several words."""
    if asks.aspects or len(asks.words) < 2 or not is_closed(asks.text):
        return None
    found = _SAYS_OF[asks.language].search(asks.text)
    last = asks.words[-1]
    return last if found and said_in(last, found[1], asks.language) else None


def speaks_of(asks: Question, sentence: str) -> float:
    """How much a sentence of anybody's speaks of what was asked; 0 when it does not."""
    found = _of_sentence(asks, sentence)
    return found.score if found.covered >= COVERED and found.score >= WORTH else 0.0


def _adds(asks: Question, one: Evidence, first: Evidence) -> bool:
    """Beside an attribute that tells it, a sentence must speak of the very word that was asked."""
    if one.source == "attribute" or first.source == "description":
        return True
    told = _fold(one.text)
    lists = any(aspect.name == "contents" and aspect.cues.search(told) for aspect in asks.aspects)
    return lists or any(key in told for key in _keys(asks))


def sentences(body: str) -> list[str]:
    """The sentences of a body text, without empty ones."""
    japanese = "。" in body
    pattern = _SENTENCE if japanese else _SENTENCE_EN
    return [one for part in pattern.findall(body) if (one := part.strip())]


def _of_attribute(asks: Question, name: str, value: str) -> Evidence:
    label, told = _fold(name), _fold(value)
    score = total = 0.0
    named = False
    for one in asks.aspects:
        total += _NAMED
        if one.names.search(label) or one.asks.search(label):
            named = True
            score += _NAMED
        elif one.asks.search(told) or one.tells_it(told):
            score += _VALUED
    hit, possible = _words_in(asks, f"{name} {value}")
    total += possible
    says = None
    if is_closed(asks.text) and not _AVOIDS.search(asks.text):
        says = verdict(told, _keys(asks))
        if says and hit < possible:
            # That it is cotton does not say that it is organic cotton.
            says = None
        if says and not named and _MEASURED.search(told) and not _literal(asks, label):
            says = None  # 4 in pot about 12 in: that a pot is measured by says no yes to one
    covered = _share(score + hit, total, asks, words_said=hit >= possible)
    if named and _EITHER.search(asks.text):
        # Wash or dry clean: it cannot be both.
        covered = max(covered, COVERED)
    literal = _literal(asks, f"{label} {told}")
    more = _TOLD if literal and _literal(asks, told) else 0.0
    if asks.room and tells_room(label, told, asks.room):
        more += _ROOM
        covered = max(covered, WHOLE)
    measured = has_unit(asks.text, told)
    more += _UNIT if measured else 0.0
    if measured and any(said_in(one, name, asks.language) for one in asks.words):
        # How big is the water tank: what is called a tank, and told by its measure.
        more += _TOLD
        covered = max(covered, COVERED)
    if measured and _LASTS.search(asks.text) and _LASTS.search(told):
        more += _TOLD + _VALUED  # how long does the tank last: Lasts up to 3 weeks
        covered = max(covered, COVERED)
    return Evidence("attribute", name, value, score + hit + more, covered, says, literal, named)


def _of_line(asks: Question, line: str) -> Evidence:
    """A sentence, or a fact with its name that the shop's own fields have not."""
    name, value = _labelled(line)
    if not name:
        return _of_sentence(asks, line)
    as_fact, as_told = _of_attribute(asks, name, value), _of_sentence(asks, line)
    best = max(as_fact, as_told, key=lambda one: (one.covered >= COVERED, one.score))
    return msgspec.structs.replace(best, source="description", name="", text=line)


def _labelled(line: str) -> tuple[str, str]:
    found = _LABELLED.match(line)
    return (found[1].strip(), found[2].strip()) if found else ("", line)


def _of_sentence(asks: Question, sentence: str) -> Evidence:
    told = _fold(sentence)
    score = total = 0.0
    for one in asks.aspects:
        total += _NAMED
        if one.cues.search(told):
            score += _CUED
    hit, possible = _words_in(asks, sentence)
    total += possible
    covered = _share(score + hit, total, asks, words_said=hit >= possible)
    literal = _literal(asks, told)
    return Evidence("description", "", sentence, score + hit, covered, None, literal)


def _of_tag(asks: Question, tag: str) -> Evidence:
    found = _of_attribute(asks, "", tag)
    # A tag is one word: it says neither yes nor no to more than that word.
    return msgspec.structs.replace(found, score=found.score * _VALUED, says=None)


def _literal(asks: Question, told: str) -> bool:
    """Whether a folded text has a word that was asked for, whatever its ending."""
    return any(way in told for key in _keys(asks) for way in ways(_stem(key)))


def _stem(key: str) -> str:
    begins = _KANJI.match(key)
    return begins[0] if begins else key


def _words_in(asks: Question, text: str) -> tuple[float, float]:
    """The weight of the words that the text has, and of all."""
    total = 1.6 * sum(one.weight for one in asks.words)
    hit = 1.6 * sum(one.weight for one in asks.words if said_in(one, text, asks.language))
    return hit, total


def _share(score: float, total: float, asks: Question, *, words_said: bool) -> float:
    if not total:
        return 0.0
    # Of several aspects in one question a passage rarely tells more than one.
    spare = _NAMED * max(0, len(asks.aspects) - 1)
    covered = score / max(total - spare, _VALUED)
    # With every word of the question a passage is about it, whatever aspect was read into it.
    whole = asks.words and words_said
    return max(covered, WHOLE) if whole else covered


def _keys(asks: Question) -> list[str]:
    """The words asked for, the most particular first."""
    told = [one.text for one in asks.words]
    return [*(hit[0] for one in asks.aspects if (hit := one.asks.search(asks.text))), *told]


# ナッツもだめなんですけど大丈夫ですか: that it has nuts is no yes.
_AVOIDS: Final = re.compile(
    r"だめ|ダメ|駄目|アレルギー(?=が|で|な|の(?:子|人|方|私))|(?:食べ|飲め)(?:られ)?ない|避け"
    r"|\b(?:allergic|allerg(?:y|ies) to|intoleran\w+|can'?t (?:eat|have|drink)|avoid\w*)\b"
)
# Of what it is asked, and in the group what is asked of it.
_SAYS_OF: Final[dict[Language, re.Pattern[str]]] = {
    "ja": re.compile(r"(?:は|って|が)([^はが、。]{1,12}?)(?:です|でしょう|なの|になって)"),
    "en": re.compile(
        r"^\W*(?:(?:and|so|but|ok) )?(?:is|are) (?:the|this|that|these|its|it)\b.+ (\w+)\W*$"
    ),
}
# Words with one space between them, so that a line can be cut in one way only.
_LABELLED: Final = re.compile(
    r"([^\s:：。.,]++(?: [^\s:：。.,]++){0,3} ?)[:：](?!//)\s*(.+)", re.DOTALL
)
_LATIN: Final = re.compile(r"[a-z]+")
_PIECES: Final = re.compile(r"[「」『』()（）\[\]【】\s]+")


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
