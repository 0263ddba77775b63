"""What is called by its own name is asked about, and a list with "x1" is cut after each number."""

from kaiwa.bot.naming.articles_cut import _TIMES
from kaiwa.bot.naming.whole_name import by_whole_name
from kaiwa.bot.nlu.slot import Product, Quantity
from kaiwa.bot.request import Request

_KIT, _KINDS, _COFFEES = Product((3,)), Product((1, 3)), Product((5, 6))


def test_the_one_that_is_named_stands_before_kinds() -> None:
    asked = Request("product_question", (_KINDS, _KIT, Quantity(1), _COFFEES))
    assert by_whole_name(asked).slots == (_KIT, Quantity(1))


def test_two_that_are_named_and_a_wish_to_buy_stay_as_they_are() -> None:
    two = Request("product_question", (_KIT, Product((4,)), _KINDS))
    bought = Request("add_to_cart", (_KIT, _COFFEES))
    assert (by_whole_name(two), by_whole_name(bought)) == (two, bought)


def test_each_times_of_a_list_ends_one_thing() -> None:
    assert _TIMES.split("folding knife x1 sharpener x2") == ["folding knife x1", "sharpener x2"]
    assert _TIMES.split("folding knife x1 in walnut") == ["folding knife x1 in walnut"]
