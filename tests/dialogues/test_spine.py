"""The transcripts beside this file, played turn by turn."""

from pathlib import Path

import pytest

from kaiwa.bot.turn import Answer
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import visible
from tests.bot.talking import Counter
from tests.dialogues.transcript import Step, conversations

HERE = Path(__file__).parent
SHOP = Counter()
LANGUAGES: tuple[Language, ...] = ("ja", "en")
CONVERSATIONS = [
    pytest.param(language, steps, id=f"{language}: {title}")
    for language in LANGUAGES
    for title, steps in conversations(HERE / f"spine.{language}.md")
]


@pytest.mark.parametrize(("language", "steps"), CONVERSATIONS)
def test_conversation_goes_as_written(language: Language, steps: list[Step]) -> None:
    talk = SHOP.talk(language=language)
    for step in steps:
        answer = talk.say(step.content)
        assert broken(step, answer) == [], f"{step.says!r} got {answer}"


def broken(step: Step, answer: Answer) -> list[str]:
    """The expectations of `step` that `answer` does not meet."""
    handoff = answer.handoff.reason if answer.handoff else "no"
    texts = "\n".join(visible(answer.reply.blocks))
    kept = {
        "act": lambda wanted: wanted in answer.acts,
        "skill": lambda wanted: wanted == answer.skill,
        "faq": lambda wanted: wanted in answer.faq,
        "handoff": lambda wanted: wanted == handoff,
        "answered": lambda wanted: wanted == ("yes" if answer.answered else "no"),
        "without": lambda wanted: wanted not in texts,
    }
    missed = [f"{name}={wanted}" for name, wanted in step.expected if not kept[name](wanted)]
    surplus = set(answer.faq) - set(step.values("faq"))
    return missed + [f"also answered {question}" for question in sorted(surplus)]
