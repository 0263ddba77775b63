"""What the shop's bot leaves alone: topics it must not speak about, told with a fixed sentence.

A topic is found by whole words, in the form a dictionary has them, so that neither a word that
merely contains it nor another ending or spacing changes the outcome. It is looked for before
anything else reads the text: neither the FAQ nor a language model gets to see it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from kaiwa.bot.dialogue.state import Frame, next_turn
from kaiwa.bot.request import Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.skills.contract import Case, said
from kaiwa.bot.skills.handoff import hand_off
from kaiwa.bot.turn import Answer, Turn
from kaiwa.languages import en, ja, language_of, words_ja
from kaiwa.merchants.voice import Topic
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Block, Reply

LONGEST_READ: Final = 2_000
_ENGLISH: Final = re.compile(r"[a-zà-öø-ÿ0-9]+")
_APART: Final = re.compile(r"(?<=[ぁ-ヿ一-鿿々])\s+(?=[ぁ-ヿ一-鿿々])")
_RUN: Final = re.compile(r"[一-鿿々]+|[ァ-ヺー]+|[ぁ-ゖ]+|[a-z0-9]+")


def left_alone(turn: Turn, shop: Shop) -> Answer | None:
    """The answer to a text that names such a topic; None for any other."""
    topics = shop.merchant.settings.voice.topics
    topic = topic_of(turn.text, topics) if topics and turn.text.strip() else None
    if topic is None:
        return None
    known = turn.state.language or turn.language
    language = language_of(turn.text[:LONGEST_READ], known)
    state = next_turn(turn.state, language)
    request = Request("human_handoff", question=turn.text)
    case = Case(turn, language, request, state, Frame("human_handoff"), shop)
    own = topic.answer.get(language, "")
    handed = hand_off(case, "policy") if topic.person else None
    blocks: tuple[Block, ...] = said(own) if own else ()
    if handed is not None:
        blocks = (*blocks, *handed.blocks)
    return Answer(
        reply=Reply(blocks or said(case.say("policy.answer"))),
        language=language,
        acts=("out_of_scope",),
        confidence=1.0,
        skill="policy",
        state=state,
        handoff=handed.handoff if handed else None,
        left_alone=topic.name,
        flags=() if handed else ("policy",),
    )


def topic_of(text: str, topics: Iterable[Topic]) -> Topic | None:
    """The first of these topics that a text names."""
    told = {"ja": _tokens(text, "ja"), "en": _tokens(text, "en")}
    for topic in topics:
        for language, phrases in topic.words.items():
            if any(_has(told[language], _phrase(one, language)) for one in phrases):
                return topic
    return None


def _has(tokens: Sequence[str], wanted: Sequence[str]) -> bool:
    size = len(wanted)
    return size > 0 and any(
        tokens[at : at + size] == wanted for at in range(len(tokens) - size + 1)
    )


def _tokens(text: str, language: Language) -> list[str]:
    text = text[:LONGEST_READ]
    if language == "en":
        return [en.stem(one) for one in _ENGLISH.findall(_plain(text))]
    # Letters set apart are still the word.
    normal = _APART.sub("", ja.normalise(text))
    cut = words_ja.words(normal)
    if cut is None:
        return _RUN.findall(normal)
    return [one.normal for one in cut if one.part not in ("補助記号", "空白")]


def _plain(text: str) -> str:
    return en.normalise(text).replace("'", "")


@lru_cache(maxsize=2_000)
def _phrase(text: str, language: Language) -> list[str]:
    return _tokens(text, language)
