"""An order that shall go to another place, told by its number in other people's words."""

import pytest

from tests.bot.skills.aftersale import AfterSale


@pytest.mark.parametrize(
    "said",
    [
        "i want order {number} sent somewhere else",
        "{number}、届く先を住所へ届くよう直して",
    ],
)
def test_another_place_is_a_change_of_the_address(place: AfterSale, said: str) -> None:
    order = place.bought("TEA")
    told = place.member().say(said.format(number=order.number))
    assert told.acts == ("change_address",)
    assert place.order(order) == order
