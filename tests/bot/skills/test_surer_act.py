"""What the whole talk is surer of is what a text is read as, and what it may never be read as."""

import pytest

from kaiwa.bot.nlu.talk.seen import Seen
from kaiwa.vocabulary.language import Language
from tests.bot.skills.aftersale import AfterSale
from tests.bot.talking import Counter

SHOP = Counter()
LOST = "ぴろぴろぽんぽん"


class Weights:
    """Weights that say the same of every turn."""

    def __init__(self, **likely: float) -> None:
        self._likely = likely

    def chances(self, seen: Seen) -> dict[str, float]:
        del seen
        return {"several": 0.0, **self._likely}


def say(monkeypatch: pytest.MonkeyPatch, text: str, **likely: float) -> tuple[str, ...]:
    """The acts of a text said first, when the talk's weights say that."""
    _weigh(monkeypatch, **likely)
    return SHOP.talk().say(text).acts


def _weigh(monkeypatch: pytest.MonkeyPatch, **likely: float) -> None:
    def weights(language: Language) -> Weights:
        del language
        return Weights(**likely)

    monkeypatch.setattr("kaiwa.bot.context.surer_act.talk_weights", weights)


def test_what_the_talk_is_surer_of_is_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert say(monkeypatch, LOST, view_cart=0.45, out_of_scope=0.04) == ("view_cart",)


def test_what_is_hardly_surer_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert say(monkeypatch, LOST, view_cart=0.45, out_of_scope=0.1) == ("out_of_scope",)


def test_several_wishes_are_left_as_they_were_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert say(monkeypatch, LOST, several=0.9) == ("out_of_scope",)


def test_a_question_is_no_thanks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert say(monkeypatch, "送料はいくらですか", thanks=0.95) == ("faq",)


def test_nobody_is_fetched_whom_the_words_do_not_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert say(monkeypatch, LOST, human_handoff=0.9) == ("out_of_scope",)


def test_a_confirmation_is_given_by_nothing_but_a_yes(
    monkeypatch: pytest.MonkeyPatch, place: AfterSale
) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say("昨日の夜に注文したものをキャンセルしたいです")
    _weigh(monkeypatch, affirm=1.0)
    talk.say("うーん、どうかな")
    assert place.order(order).state == order.state


def test_nobody_is_fetched_for_an_anger_that_the_talk_does_not_hear(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    angry = "これはひどい店だ"
    assert say(monkeypatch, angry, complaint=0.9) == ("complaint",)
    assert say(monkeypatch, angry, view_cart=0.5, complaint=0.2) == ("view_cart",)


def test_what_came_broken_stays_a_complaint(monkeypatch: pytest.MonkeyPatch) -> None:
    angry = "これはひどい店だ"
    assert say(monkeypatch, angry, return_request=0.9) == ("complaint",)
