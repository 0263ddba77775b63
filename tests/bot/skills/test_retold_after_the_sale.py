"""What was bought before, in other words: asked after, changed, sent back, paid otherwise."""

import pytest

from tests.bot.skills.aftersale import AfterSale


@pytest.mark.parametrize(
    "said",
    [
        "先日お願いしたTEAのことでちょっと聞きたいんだけど",
        "山田と申しますが、TEAとPOT、もう出荷されてますか？",
        "question about the TEA i ordered",
    ],
)
def test_what_was_bought_is_asked_after_and_not_sought(place: AfterSale, said: str) -> None:
    place.bought("TEA", "POT")
    assert place.member().say(said).acts == ("order_status",)


@pytest.mark.parametrize(
    "said",
    [
        "ゆうべ買ったTEAなんだけど、POTのほうにしてもらうことって今からできる？",
        "もし間に合うなら、TEAをやめてPOTでお願いしたいの、昨日頼んだやつ",
        "i ordered the TEA yesterday, can i still change it to the POT?",
    ],
)
def test_another_in_its_place_is_a_change_of_the_order(place: AfterSale, said: str) -> None:
    order = place.bought("TEA")
    assert place.member().say(said).acts == ("change_order",)
    assert place.order(order) == order


def test_one_that_is_taken_back_by_its_number_is_sent_back(place: AfterSale) -> None:
    order = place.bought("TEA", "POT")
    place.sent(order, arrived=True)
    said = f"{order.number}で買わせてもらったTEA、好みと違いまして。引き取ってもらえますか"
    assert place.member().say(said).acts == ("return_request",)


@pytest.mark.parametrize(
    ("first", "said", "goes", "stays"),
    [
        ("返品したいです", "POTの方は手元に置いときます。お返しするのは片方だけ", "TEA", "POT"),
        ("i want to return something", "i'll keep the POT, it's only the other one", "TEA", "POT"),
    ],
)
def test_what_is_kept_does_not_go_back(
    place: AfterSale, first: str, said: str, goes: str, stays: str
) -> None:
    place.sent(place.bought("TEA", "POT"), arrived=True)
    talk = place.member()
    talk.say(first)
    told = talk.reads(said)
    assert f"Article {goes}" in told
    assert f"Article {stays}" not in told


@pytest.mark.parametrize(
    "said",
    ["返送の宅配代って、うちが払うことになる？", "一度だけ使ってしまったんですけど、だめですか"],
)
def test_a_question_in_a_return_is_asked_of_the_shop_and_pays_nothing(
    place: AfterSale, said: str
) -> None:
    place.sent(place.bought("TEA"), arrived=True)
    talk = place.member()
    talk.say("TEAを返品したいです")
    assert talk.say(said).acts == ("faq",)


@pytest.mark.parametrize(
    "said",
    [
        "カードで払うことにしてたけど、コンビニで払う形にできる？",
        "i picked card but can i pay by paypal?",
    ],
)
def test_another_way_to_pay_than_the_one_chosen(place: AfterSale, said: str) -> None:
    place.bought("TEA")
    talk = place.member()
    talk.say("注文はどうなっていますか")
    assert talk.say(said).acts == ("change_payment",)


@pytest.mark.parametrize("said", ["届け先は前と変わりません", "宛先はいつもと同じです"])
def test_an_address_that_stays_is_not_changed(place: AfterSale, said: str) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say("注文はどうなっていますか")
    assert "change_address" not in talk.say(said).acts
    assert place.order(order) == order


def test_fewer_told_with_the_reason_leaves_the_number_said(place: AfterSale) -> None:
    order = place.till.bought((place.shop.article("TEA"), 2))
    talk = place.member()
    talk.say("注文はどうなっていますか")
    assert "×2 → ×1" in talk.reads("Article TEA、2個もいらなかった。1個に減らせる？")
    assert place.order(order) == order


@pytest.mark.parametrize(
    "said",
    [
        "番号って言われても、控えのメールを消しちゃったんで…",
        "i deleted the email so i lost the number",
    ],
)
def test_who_lost_the_number_is_told_where_it_stands(place: AfterSale, said: str) -> None:
    talk = place.guest()
    assert talk.say("注文がまだ届きません").asks_for == ("order_number",)
    answer = talk.say(said)
    assert answer.acts == ("order_status",)
    assert answer.handoff is None


@pytest.mark.parametrize(
    "said",
    ["誰か担当の人に見てもらうことってできない？", "can somebody from your team look into it?"],
)
def test_somebody_is_to_look_at_it(place: AfterSale, said: str) -> None:
    assert place.guest().say(said).handoff is not None


@pytest.mark.parametrize(
    "said", ["あれこれ注文をつけてごめんなさいね", "sorry for all the changes"]
)
def test_an_apology_puts_nothing_in(place: AfterSale, said: str) -> None:
    place.bought("TEA")
    talk = place.member()
    talk.say("TEAはありますか")
    assert "add_to_cart" not in talk.say(f"ほっとしました。{said}").acts
