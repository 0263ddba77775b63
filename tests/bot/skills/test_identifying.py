"""Nobody hears of an order who has not shown that it is theirs."""

import pytest

from kaiwa.bot.dialogue.state import Dialogue
from tests.bot.skills.aftersale import AfterSale

NO_MATCH = (
    "ご注文番号とご連絡先の組み合わせを確認できませんでした。恐れ入りますが、番号とメールアドレス"
    "（またはお電話番号）をもう一度お確かめください。"
)


def test_a_guest_tells_the_number_and_then_the_address(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.guest()
    asked = talk.say("注文の状況を教えてください")
    assert (asked.asks_for, asked.order) == (("order_number",), None)
    asked = talk.say(order.number)
    assert (asked.asks_for, asked.order) == (("email",), None)
    told = talk.say("hanako@example.com です")
    assert (told.acts, told.order) == (("order_status",), order.number)
    assert talk.state.proved == (order.id,)


@pytest.mark.parametrize("contact", ["03-1234-5678", "+81 3-1234-5678", "hanako@example.com"])
def test_the_phone_in_any_writing_proves_it_as_the_address_does(
    place: AfterSale, contact: str
) -> None:
    order = place.bought("TEA")
    assert place.guest().say(f"注文{order.number}の状況は？ {contact}").order == order.number


@pytest.mark.parametrize("said", ["福井です {} hanako@example.com", "{} 03-1234-5678 福井です"])
def test_a_name_beside_the_pair_takes_nothing_from_it(place: AfterSale, said: str) -> None:
    order = place.bought("TEA")
    assert place.guest().say(said.format(order.number)).order == order.number


def test_the_other_order_is_none_of_which_one_more_is_wanted(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.guest()
    talk.say(f"注文{order.number}の状況は？ hanako@example.com")
    asked = talk.say("もうひとつの注文はいつ来ますか")
    assert (asked.acts, asked.asks_for) == (("order_status",), ("order_number",))


def test_a_wrong_pair_reads_the_same_whether_there_is_such_an_order(place: AfterSale) -> None:
    order = place.bought("TEA")
    wrong = place.guest().reads(f"注文{order.number}の状況は？ taro@example.com")
    nothing = place.guest().reads("注文9999999の状況は？ taro@example.com")
    assert wrong == nothing == NO_MATCH


def test_the_number_alone_opens_nothing(place: AfterSale) -> None:
    order = place.bought("TEA")
    for wish in ("の状況は？", "をキャンセルしたい", "の届け先を変えたい", "を返品したい"):
        answer = place.guest().say(f"注文{order.number}{wish}")
        assert (answer.asks_for, answer.order) == (("email",), None)


def test_a_member_does_not_see_the_order_of_another(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member("taro@example.com")
    assert "Article TEA" not in talk.reads(f"注文{order.number}の状況は？")
    assert talk.reads("taro@example.com") == NO_MATCH


def test_after_five_wrong_words_even_the_right_one_has_to_wait(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.guest()
    for at in range(5):
        talk.state = Dialogue()
        assert talk.reads(f"注文{order.number}の状況は？ guess{at}@example.com") == NO_MATCH
    right = f"注文{order.number}の状況は？ hanako@example.com"
    assert talk.reads(right).startswith("確認のお試しが続いたため")
    place.till.wait(3_600)
    assert talk.say(right).order == order.number


def test_the_same_wrong_word_again_is_not_counted_again(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.guest()
    for _ in range(3):
        assert talk.reads(f"注文{order.number}の状況は？ taro@example.com") == NO_MATCH
    tries = "SELECT tokens FROM rate WHERE key LIKE 'guess:%' ORDER BY tokens"
    assert place.db.read_now(lambda s: [row[0] for row in s.all(tries)]) == [4.0, 9.0]
    assert talk.say("hanako@example.com").order == order.number


def test_who_has_several_orders_is_asked_which_and_may_press(place: AfterSale) -> None:
    first, second = place.bought("TEA"), place.bought("POT")
    talk = place.member()
    asked = talk.say("注文をキャンセルしたい")
    assert asked.asks_for == ("order_number",)
    assert talk.say(f"{first.number} · 11/20 · Article TEA").order == first.number
    assert place.order(second).cancelled_at is None


def test_the_article_named_finds_the_order(place: AfterSale) -> None:
    place.bought("TEA")
    order = place.bought("KETTLE")
    assert place.member().say("kettleの注文をキャンセルしたい").order == order.number


def test_an_article_named_is_the_order_it_is_in_though_another_is_open(place: AfterSale) -> None:
    mugs, tea = place.bought("MUG"), place.bought("TEA")
    place.sent(mugs, arrived=True)
    talk = place.member()
    opened = talk.say(f"{mugs.number}を返品したいです。割れていました")
    assert opened.order == mugs.number
    asked = talk.say("Article TEAの注文はもう発送されましたか")
    assert (asked.acts, asked.order) == (("order_status",), tea.number)


def test_anger_beside_an_order_goes_to_a_person(place: AfterSale) -> None:
    order = place.bought("TEA")
    talk = place.member()
    talk.say(f"注文{order.number}の状況は？")
    assert talk.say("は？新品なのに？納得いかん").acts == ("complaint",)
