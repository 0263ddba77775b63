"""Passes the conversation to a person, and says what happens next."""

from typing import Final

from kaiwa.bot import payloads
from kaiwa.bot.skills.contract import Case, Outcome, Skill, offer, said
from kaiwa.bot.summary import known_of
from kaiwa.bot.turn import Answer, HandoffReason, HandoffWish, Turn
from kaiwa.bot.waiting_words import next_steps
from kaiwa.languages.strings import say, say_as
from kaiwa.merchants.merchant import Merchant
from kaiwa.vocabulary.content import Location, Media
from kaiwa.vocabulary.language import LANGUAGES, Language
from kaiwa.vocabulary.manner import PLAIN
from kaiwa.vocabulary.reply import Reply, ReplyAction

_QUOTE_LENGTH: Final = 200
_REASONS: Final[dict[str, HandoffReason]] = {
    "human_handoff": "asked",
    "attachment": "content",
}
# A person's help was offered this many turns ago at most: who asks for one then, asks for that.
_OFFERED: Final = 3


def hand_off(case: Case, reason: HandoffReason) -> Outcome:
    """A hand-off for that reason; to a shopper of another language it speaks all of ours."""
    own = case.language
    languages = LANGUAGES if reason == "language" else (own,)
    text = "\n".join(_sentences(case, reason, language) for language in languages)
    quote = case.turn.text.strip()[:_QUOTE_LENGTH] or "—"
    first = say(f"handoff.summary_{reason}", own, said=quote, kind=_kind(case))
    wish = HandoffWish(reason, "\n".join([first, *known_of(case)]))
    answered = reason not in ("unsure", "failed_twice")
    return Outcome((*said(text), *offer((to_the_bot(case),))), handoff=wish, answered=answered)


def to_the_bot(case: Case) -> ReplyAction:
    """The button that brings the bot back, for as long as no person has taken over."""
    word = case.say("choice.bot")
    return ReplyAction(label=word, text=word, payload=payloads.BOT)


def plainly(turn: Turn, shop: Merchant, reason: HandoffReason) -> Answer:
    """The same without a case: for a turn that could not even be understood."""
    sorry, after = (
        say_as(shop.settings.voice.manner, key, turn.language)
        for key in ("handoff.unsure", "handoff.next_unknown")
    )
    text = f"{sorry}\n{after}"
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
    first = case.say_in(language, f"handoff.{_kind(case) if reason == 'content' else reason}")
    # Nobody who is angry is spoken to lightly.
    manner = PLAIN if reason == "angry" else case.shop.merchant.settings.voice.manner
    return ("" if language == "ja" else " ").join([first, *next_steps(case, language, manner)])


def _kind(case: Case) -> str:
    match case.turn.content:
        case Media(kind="image" | "video" | "audio" as kind):
            return kind
        case Location():
            return "location"
        case _:
            return "file"


def _serve(case: Case) -> Outcome:
    reason = _REASONS[case.request.act]
    offered = case.state.help_offered
    if reason == "asked" and offered > 0 and case.state.turn - offered <= _OFFERED:
        reason = "high_value"
    return hand_off(case, reason)


SKILL = Skill("handoff", tuple(_REASONS), _serve)
