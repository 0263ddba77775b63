"""How many paraphrases the bot answers, and how many foreign questions it leaves alone.

The minimums are the numbers reached. A paraphrase that is a wish in itself ("please cancel my
order") may be served as that wish instead.
"""

import pytest

from kaiwa.bot.turn import Answer
from kaiwa.vocabulary.language import Language
from tests.bot.talking import Counter
from tests.knowledge.lines import HERE, index, lines


def ask(said: str, language: Language, shop: Counter) -> Answer:
    return shop.talk(language=language).say(said)


SERVED = {"order_status", "delivery_request", "return_request", "cancel_order", "restock_alert"} | {
    "change_quantity",
    "change_address",
    "change_order",
    "change_payment",
    "product_question",
    "complaint",
}


@pytest.mark.parametrize(("language", "least"), [("ja", 23), ("en", 23)])
def test_paraphrases_find_their_answer(language: Language, least: int) -> None:
    knowledge = Counter()
    asked = lines(f"paraphrases.{language}.md")
    told = {said: ask(said, language, knowledge) for said, _ in asked}
    answers = {said: answer.faq for said, answer in told.items()}
    wrong = [said for said, wanted in asked if answers[said] not in ((), (wanted,))]
    missed = [said for said, _ in asked if not answers[said]]
    assert wrong == []
    assert [said for said in missed if not SERVED.intersection(told[said].acts)] == []
    assert len(asked) - len(missed) >= least, missed


@pytest.mark.parametrize("language", ["ja", "en"])
def test_foreign_questions_are_not_answered(language: Language) -> None:
    knowledge = Counter()
    asked = lines(f"out_of_scope.{language}.md")
    answers = [ask(said, language, knowledge) for said, _ in asked]
    assert len(answers) == 25
    assert [answer.faq for answer in answers if answer.faq] == []
    served = [answer for answer in answers if answer.answered and "about_bot" not in answer.acts]
    assert len(served) <= 1


def test_another_shop_is_understood_too() -> None:
    knowledge = Counter(index(HERE / "other_shop.csv").entries)
    told = [(said, wanted, ask(said, "ja", knowledge)) for said, wanted in lines("other_shop.md")]
    wrong = [said for said, wanted, answer in told if answer.faq not in ((), (wanted,))]
    missed = [
        said
        for said, wanted, answer in told
        if wanted and not answer.faq and not SERVED.intersection(answer.acts)
    ]
    assert wrong == []
    assert len(missed) <= 3, missed
