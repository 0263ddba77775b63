"""Passes the conversation to a person, and says what happens next."""

from typing import Final

from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.bot.turn import HandoffReason, HandoffWish
from kaiwa.languages.strings import say
from kaiwa.vocabulary.content import Location, Media
from kaiwa.vocabulary.language import LANGUAGES, Language

_QUOTE_LENGTH: Final = 200
_REASONS: Final[dict[str, HandoffReason]] = {
    "complaint": "angry",
    "human_handoff": "asked",
    "attachment": "content",
    "foreign": "language",
}
_NEXT: Final = {True: "available", False: "away", None: "unknown"}


def hand_off(case: Case, reason: HandoffReason) -> Outcome:
    """A hand-off for that reason; to a shopper of another language it speaks all of ours."""
    own = case.understood.language
    languages = LANGUAGES if reason == "language" else (own,)
    text = "\n".join(_sentences(case, reason, language) for language in languages)
    quote = case.turn.text.strip()[:_QUOTE_LENGTH] or "—"
    summary = say(f"handoff.summary_{reason}", own, said=quote, kind=_kind(case))
    return Outcome(said(text), HandoffWish(reason, summary), answered=reason != "unsure")


def _sentences(case: Case, reason: HandoffReason, language: Language) -> str:
    first = say(f"handoff.{_kind(case) if reason == 'content' else reason}", language)
    after = say(f"handoff.next_{_NEXT[case.turn.snapshot.agents_available]}", language)
    return f"{first}{'' if language == 'ja' else ' '}{after}"


def _kind(case: Case) -> str:
    match case.turn.content:
        case Media(kind="image" | "video" | "audio" as kind):
            return kind
        case Location():
            return "location"
        case _:
            return "file"


def _reply(case: Case) -> Outcome:
    wished = [_REASONS[act] for act in _REASONS if act in case.understood.acts]
    return hand_off(case, wished[0])


SKILL = Skill("handoff", tuple(_REASONS), 10, _reply)
