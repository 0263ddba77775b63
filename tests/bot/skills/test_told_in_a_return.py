"""What is told in the midst of a return: a remark seeks nothing, and says what goes back."""

import pytest

from tests.bot.skills.aftersale import AfterSale, Talk


def returning(place: AfterSale, first: str) -> Talk:
    place.sent(place.bought("TEA", "POT"), arrived=True)
    talk = place.member()
    talk.say(first)
    return talk


@pytest.mark.parametrize(
    "said",
    [
        "まだ箱から出してもいないのよ",
        "POTは気に入っています",
        "思ったより減らないんですよね",
        "未使用で箱に入ったまま",
        "never used, still in the box",
    ],
)
def test_a_remark_in_a_return_seeks_nothing(place: AfterSale, said: str) -> None:
    answer = returning(place, "TEAを返品したいです").say(said)
    assert answer.acts == ("return_request",)
    assert answer.products == ()


def test_just_the_one_that_is_named_goes_back(place: AfterSale) -> None:
    talk = returning(place, "全部返品したいです、サイズが合わないので")
    told = talk.reads("POTはそのまま使います。TEAだけで")
    assert "Article TEA" in told
    assert "Article POT" not in told


def test_a_question_in_a_return_is_no_remark(place: AfterSale) -> None:
    answer = returning(place, "TEAを返品したいです").say("送料はこちらが払うんですか")
    assert answer.acts == ("faq",)


def test_the_mind_may_be_changed_in_a_return(place: AfterSale) -> None:
    assert "decline" in returning(place, "TEAを返品したいです").say("やっぱりやめます").acts
