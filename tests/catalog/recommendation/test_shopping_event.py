"""What shoppers do is noted once, in visits, for one merchant."""

from datetime import timedelta

from kaiwa.catalog.recommendation.shopping_event import (
    KEPT,
    Shopper,
    forget_events,
    lately,
    products_called,
)
from kaiwa.engines.db import Database
from tests.catalog.recommendation.visits import Street


def test_half_an_hour_of_silence_ends_a_visit(database: Database) -> None:
    def story(s):
        street = Street(s)
        for handle in ("pot", "cup"):
            street.article(handle)
        street.visit("pot pot cup", "mei")
        street.visit("pot", "mei")
        street.visit("pot", "ken")
        assert street.events() == [
            ("pot", "view", 0),
            ("cup", "view", 0),
            ("pot", "view", 1),
            ("pot", "view", 2),
        ]

    database.write_now(story)


def test_a_cart_told_again_adds_only_what_is_new_in_it(database: Database) -> None:
    def story(s):
        street = Street(s)
        for handle in ("pot", "cup", "tea"):
            street.article(handle)
        street.cart("pot cup", "mei")
        street.cart("cup pot", "mei")
        street.cart("cup tea", "mei")
        assert street.events() == [("pot", "cart", 0), ("cup", "cart", 0), ("tea", "cart", 0)]

    database.write_now(story)


def test_an_order_told_twice_counts_once(database: Database) -> None:
    def story(s):
        street = Street(s)
        for handle in ("pot", "cup"):
            street.article(handle)
        street.order("pot cup")
        before = street.events()
        street._orders = 0
        street.order("cup pot")
        assert street.events() == before == [("pot", "purchase", 0), ("cup", "purchase", 0)]
        row = s.one("SELECT count(*) FROM job WHERE kind = 'learn'")
        assert row == (1,)

    database.write_now(story)


def test_a_page_names_products_by_handle_or_sku_and_may_say_anything(database: Database) -> None:
    def story(s):
        street = Street(s)
        pot, cup = street.article("pot"), street.article("cup")
        other = Street(s, "Other")
        other.article("kettle")
        words = ["CUP", "kettle", "pot", "\0", "", "x" * 1_000, "'; --", "CUP"]
        assert products_called(s, street.shop, words) == [cup, pot]
        assert products_called(s, street.shop, []) == []

    database.write_now(story)


def test_what_a_person_did_lately_is_theirs_alone(database: Database) -> None:
    def story(s):
        street, other = Street(s), Street(s, "Other")
        for one in (street, other):
            one.article("pot")
            one.visit("pot", "mei")
        street.visit("pot", "ken")
        found = lately(s, street.shop, Shopper("mei"))
        assert [(product, kind) for product, kind, _ in found] == [(street.ids["pot"], "view")]

    database.write_now(story)


def test_old_events_are_forgotten(database: Database) -> None:
    def story(s):
        street = Street(s)
        street.article("pot")
        street.visit("pot", "mei")
        street.now += KEPT - timedelta(hours=2)
        street.visit("pot", "ken")
        assert forget_events(s, street.now) == 1
        assert len(street.events()) == 1

    database.write_now(story)
