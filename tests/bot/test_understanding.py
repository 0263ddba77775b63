"""How many paraphrases the bot answers, and how many foreign questions it leaves alone.

The minimums are the numbers reached. The same author wrote the lists, the entries and the
meanings; before the meanings of `other_shop` were added, the bot answered 25 of its 33
paraphrases, one wrongly, and none of its 10 foreign questions.
"""

import pytest

from kaiwa.bot.respond import respond
from kaiwa.bot.turn import Answer, Snapshot, turn_of
from kaiwa.knowledge.retrieval import FaqIndex
from kaiwa.vocabulary.content import Text
from kaiwa.vocabulary.language import Language
from tests.knowledge.lines import DEMO, HERE, index, lines


def ask(said: str, language: Language, knowledge: FaqIndex) -> Answer:
    return respond(turn_of(Text(said), language, Snapshot()), knowledge)


@pytest.mark.parametrize(("language", "least"), [("ja", 30), ("en", 33)])
def test_paraphrases_find_their_answer(language: Language, least: int) -> None:
    knowledge = index(DEMO)
    asked = lines(f"paraphrases.{language}.md")
    answers = {said: ask(said, language, knowledge).faq for said, _ in asked}
    wrong = [said for said, wanted in asked if answers[said] not in ((), (wanted,))]
    missed = [said for said, _ in asked if not answers[said]]
    assert wrong == []
    assert len(asked) - len(missed) >= least, missed


@pytest.mark.parametrize("language", ["ja", "en"])
def test_foreign_questions_are_not_answered(language: Language) -> None:
    knowledge = index(DEMO)
    asked = lines(f"out_of_scope.{language}.md")
    answers = [ask(said, language, knowledge) for said, _ in asked]
    assert len(answers) == 25
    assert [answer.faq for answer in answers if answer.faq] == []
    assert not any(answer.answered for answer in answers)


def test_another_shop_is_understood_too() -> None:
    knowledge = index(HERE / "other_shop.csv")
    for said, wanted in lines("other_shop.md"):
        assert ask(said, "ja", knowledge).faq == ((wanted,) if wanted else ()), said
