"""What is said of an order that is spoken of, in words that might be of the cart or of nothing."""

import pytest

from tests.bot.skills.aftersale import AfterSale


def test_whether_it_can_still_be_cancelled_takes_it_back_on_a_yes(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    answer = talk.say("昨日の夜に注文したものですが、キャンセルはまだ間に合うでしょうか")
    assert answer.acts == ("cancel_order",)
    assert place.order(order).state == order.state


def test_who_heard_it_and_leaves_has_agreed_to_nothing(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say("昨日の夜に注文したものをキャンセルしたいです")
    answer = talk.say("わかりました、お手数おかけしました")
    assert "cancel_order" not in answer.acts
    assert place.order(order).state == order.state
    talk.say("はい、お願いします")
    assert place.order(order).state == "cancelled"


def test_who_ordered_is_told_how_the_order_is(place: AfterSale) -> None:
    place.bought("TEA")
    assert place.member().say("昨日の夜に頼んだ者です").acts == ("order_status",)


def test_praise_for_what_came_sends_nothing_back(place: AfterSale) -> None:
    place.sent(place.bought("TEA"), arrived=True)
    assert place.member().say("届きました！めっちゃ良かったです").acts == ("thanks",)


def test_what_was_open_is_left_to_the_person_who_comes(place: AfterSale) -> None:
    talk = place.guest()
    assert talk.say("注文がまだ届きません").asks_for == ("order_number",)
    assert talk.say("人に調べてもらえますか").handoff is not None
    assert talk.say("電話は何時までですか").asks_for != ("order_number",)


def test_a_wished_day_lies_ahead_though_the_order_was_placed_before(place: AfterSale) -> None:
    place.bought("TEA")
    told = place.member().reads("今朝注文したお茶、28日の午前中に届くようにできますか？")
    assert "10月28日" not in told


@pytest.mark.parametrize(
    ("said", "yes"), [("POTだけキャンセルしたい", "はい"), ("please cancel the POT", "yes please")]
)
def test_a_part_that_is_named_is_cancelled_as_a_part(place: AfterSale, said: str, yes: str) -> None:
    order = place.bought("TEA", "POT")
    talk = place.member()
    answer = talk.say(said)
    assert (answer.acts, answer.asks_for) == (("cancel_order",), ("confirmation",))
    assert place.order(order) == order
    talk.say(yes)
    now = place.order(order)
    assert now.state != "cancelled"
    assert [now.left(line.part) for line in now.lines] == [1, 0]


def test_a_reason_names_no_part(place: AfterSale) -> None:
    order = place.bought("TEA", "POT")
    talk = place.member()
    talk.say("POTが要らなくなったので、注文を全部キャンセルしたい")
    talk.say("はい、お願いします")
    assert place.order(order).state == "cancelled"


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("昨日の注文をキャンセルしてください、もういりません", "はい"),
        ("please cancel my order, my landlord has said no", "yes please"),
        ("cancel my order, wife says no", "yes"),
    ],
)
def test_a_no_that_tells_why_withdraws_nothing(place: AfterSale, said: str, yes: str) -> None:
    order = place.bought("TEA")
    talk = place.member()
    answer = talk.say(said)
    assert (answer.acts, answer.asks_for) == (("cancel_order",), ("confirmation",))
    assert place.order(order) == order
    talk.say(yes)
    assert place.order(order).state == "cancelled"


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ("昨日の注文をキャンセルして。いややっぱりやめます", "はい"),
        ("please cancel my order. actually no", "yes please"),
    ],
)
def test_a_no_after_all_withdraws_it(place: AfterSale, said: str, yes: str) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say(said)
    talk.say(yes)
    assert place.order(order) == order
