"""Passes the conversation to a person, and says what happens next."""

from typing import Final

from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.bot.summary import known_of
from kaiwa.bot.turn import Answer, HandoffReason, HandoffWish, Turn
from kaiwa.languages.strings import say
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.content import Location, Media
from kaiwa.vocabulary.language import LANGUAGES, Language
from kaiwa.vocabulary.reply import Reply

_QUOTE_LENGTH: Final = 200
_REASONS: Final[dict[str, HandoffReason]] = {
    "human_handoff": "asked",
    "attachment": "content",
}
_NEXT: Final = {True: "available", False: "away", None: "unknown"}


def hand_off(case: Case, reason: HandoffReason) -> Outcome:
    """A hand-off for that reason; to a shopper of another language it speaks all of ours."""
    own = case.language
    languages = LANGUAGES if reason == "language" else (own,)
    text = "\n".join(_sentences(case, reason, language) for language in languages)
    quote = case.turn.text.strip()[:_QUOTE_LENGTH] or "—"
    first = say(f"handoff.summary_{reason}", own, said=quote, kind=_kind(case))
    wish = HandoffWish(reason, "\n".join([first, *known_of(case)]))
    return Outcome(said(text), handoff=wish, answered=reason != "unsure")


def plainly(turn: Turn, shop: Merchant, reason: HandoffReason) -> Answer:
    """The same without a case: for a turn that could not even be understood."""
    text = f"{say('handoff.unsure', turn.language)}\n{say('handoff.next_unknown', turn.language)}"
    quote = turn.text.strip()[:_QUOTE_LENGTH] or "—"
    summary = say(f"handoff.summary_{reason}", turn.language, said=quote, kind="", shop=shop.name)
    return Answer(
        reply=Reply(said(text)),
        language=turn.language,
        acts=(),
        confidence=0.0,
        skill="handoff",
        state=turn.state,
        handoff=HandoffWish(reason, summary),
        answered=False,
    )


def _sentences(case: Case, reason: HandoffReason, language: Language) -> str:
    first = say(f"handoff.{_kind(case) if reason == 'content' else reason}", language)
    after = say(f"handoff.next_{_NEXT[case.turn.agents_available]}", language)
    return f"{first}{'' if language == 'ja' else ' '}{after}"


def _kind(case: Case) -> str:
    match case.turn.content:
        case Media(kind="image" | "video" | "audio" as kind):
            return kind
        case Location():
            return "location"
        case _:
            return "file"


def _serve(case: Case) -> Outcome:
    return hand_off(case, _REASONS[case.request.act])


SKILL = Skill("handoff", tuple(_REASONS), _serve)
