"""What is recommended can be bought, is not there already, and says why truly."""

from datetime import timedelta

from kaiwa.catalog.change import next_change
from kaiwa.catalog.finder.shelf import Shelf
from kaiwa.catalog.product import ProductText, put_product
from kaiwa.catalog.recommendation import For, Knowing, Learned, recommend
from kaiwa.catalog.recommendation.exclusion import leave_out, left_out, put_back
from kaiwa.catalog.stock import Held, reserve
from kaiwa.catalog.variant import variants_of
from kaiwa.engines.db import Database
from tests.catalog.finder.shops import goods
from tests.catalog.recommendation.visits import Street
from tests.catalog.shop import NOW


def asking(street: Street, shelf: Shelf | None = None):
    """Ask as a door does; titles with their reasons."""
    learned = Learned(street.shop)

    def ask(wish, limit=6, **said):
        learned.catch_up(street.s)
        for name in ("products", "cart"):
            said[name] = tuple(street.ids[one] for one in said.get(name, "").split())
        found = recommend(street.s, Knowing(learned, shelf), wish, For(**said), limit)
        return [(one.product.handle, one.reason.text("en")) for one in found]

    return ask


def tea_shop(s, name: str = "Hana") -> Street:
    street = Street(s, name)
    for handle, category in (
        ("pot", "pots"), ("kettle", "pots"), ("cup", "cups"), ("saucer", "cups"),
        ("bowl", "cups"), ("tea", "leaves"), ("whisk", "tools"),
    ):  # fmt: skip
        street.article(handle, category, tax_class="reduced" if handle == "tea" else "standard")
    return street


def test_what_is_bought_together_comes_with_its_reason_in_both_languages(
    database: Database,
) -> None:
    def story(s):
        street = tea_shop(s)
        for _ in range(3):
            street.order("pot tea")
        street.order("pot cup")
        learned = Learned(street.shop)
        learned.catch_up(s)
        who = For((street.ids["pot"],))
        found = recommend(s, Knowing(learned), "bought_together", who, 2)
        assert [one.product.handle for one in found] == ["tea", "cup"]
        assert found[0].variant.sku == "TEA"
        assert found[0].reason.text("ja") == "よく一緒に購入されています"
        assert found[0].reason.text("en") == "Often bought together"

    database.write_now(story)


def test_what_is_in_the_cart_sold_out_hidden_or_left_out_is_never_shown(
    database: Database,
) -> None:
    def story(s):
        street = tea_shop(s)
        for handle in ("tea", "cup", "kettle", "whisk", "saucer"):
            street.order(f"pot {handle}")
        (cup,) = variants_of(s, street.shop, street.ids["cup"])
        assert reserve(s, street.shop, Held(cup.id, 5), "somebody", NOW + timedelta(days=99), NOW)
        text = ProductText("kettle", "Kettle", status="draft")
        put_product(s, street.shop, text, NOW, next_change(s, street.shop))
        leave_out(s, street.shop, street.ids["whisk"], NOW)
        ask = asking(street)
        shown = [handle for handle, _ in ask("bought_together", products="pot", cart="tea")]
        assert shown == ["saucer", "bowl"]
        for wish in ("similar", "next_in_session", "personal", "popular"):
            shown = [handle for handle, _ in ask(wish, products="pot", cart="tea", visitor="m")]
            assert sorted(shown) == ["bowl", "saucer"], wish
        assert left_out(s, street.shop) == [street.ids["whisk"]]
        put_back(s, street.shop, street.ids["whisk"])
        assert "whisk" in [handle for handle, _ in ask("bought_together", products="pot")]

    database.write_now(story)


def test_a_neighbour_leaves_out_nothing_of_ours(database: Database) -> None:
    def story(s):
        street, other = tea_shop(s), tea_shop(s, "Other")
        leave_out(s, other.shop, street.ids["tea"], NOW)
        assert left_out(s, other.shop) == left_out(s, street.shop) == []
        other.order("pot cup")
        assert asking(street)("bought_together", products="pot")[0][1] != "Often bought together"

    database.write_now(story)


def test_the_visit_under_way_says_what_comes_next(database: Database) -> None:
    def story(s):
        street = tea_shop(s)
        for _ in range(3):
            street.visit("pot cup saucer")
        street.visit("whisk bowl")
        street.visit("pot cup", "mei")
        found = asking(street)("next_in_session", 1, visitor="mei")
        assert found == [("saucer", "Others looked at this next")]

    database.write_now(story)


def test_somebody_who_came_back_is_shown_what_goes_with_what_they_saw(database: Database) -> None:
    def story(s):
        street = tea_shop(s)
        for _ in range(3):
            street.visit("whisk bowl")
        street.visit("whisk", "mei")
        found = asking(street)("personal", 2, visitor="mei")
        assert found[0] == ("bowl", "Because you looked at Whisk")

    database.write_now(story)


def test_what_was_bought_is_not_offered_again_unless_it_is_eaten(database: Database) -> None:
    def story(s):
        street = tea_shop(s)
        row = s.one(
            """INSERT INTO customer (merchant_id, name, created_at) VALUES (:m, 'Mei', 0)
            RETURNING id""",
            m=street.shop,
        )
        for handles in ("pot tea", "pot cup", "pot tea"):
            street.order(handles)
        street.order("cup tea", customer=row[0])
        found = asking(street)("bought_together", 3, products="pot", customer_id=row[0])
        assert "tea" in [handle for handle, _ in found]
        assert "cup" not in [handle for handle, _ in found]

    database.write_now(story)


def test_a_shop_without_a_single_event_shows_its_newest(database: Database) -> None:
    def story(s):
        street = Street(s)
        street.article("pot", "pots")
        ask = asking(street)
        assert ask("popular") == [("pot", "New in the shop")]
        assert ask("bought_together", products="pot") == []
        street.article("kettle", "pots")
        street.article("cup", "cups")
        assert ask("popular", products="pot") == [
            ("kettle", "New in the shop"),
            ("cup", "New in the shop"),
        ]
        street.visit("cup")
        assert ask("popular", 1) == [("cup", "Popular right now")]
        street.visit("kettle")
        assert ask("popular", 1, products="pot") == [("kettle", "Popular in pots")]

    database.write_now(story)


def test_cross_selling_does_not_fill_up_with_one_category(database: Database) -> None:
    def story(s):
        street = tea_shop(s)
        for _ in range(3):
            street.order("pot cup saucer bowl")
        street.order("pot tea")
        shown = [handle for handle, _ in asking(street)("bought_together", 3, products="pot")]
        assert shown == ["cup", "tea", "saucer"]

    database.write_now(story)


def test_similar_products_are_alike_by_their_words(database: Database) -> None:
    def story(s):
        street = Street(s, "Other")
        street.shop = goods(s)
        street.ids = {
            row[1]: row[0]
            for row in s.all("SELECT id, handle FROM product WHERE merchant_id = :m", m=street.shop)
        }
        ask = asking(street, Shelf(street.shop, None))
        found = ask("similar", products="wallet")
        assert found[0] == ("cloth-wallet", "Similar to 革の財布")
        assert {"wallet", "teapot"}.isdisjoint(handle for handle, _ in found)
        without = ask("similar", products="wallet", cart="cloth-wallet")
        assert "cloth-wallet" not in [handle for handle, _ in without]

    database.write_now(story)


def test_what_was_learned_bit_by_bit_is_what_would_be_made_at_once(
    database: Database, monkeypatch
) -> None:
    monkeypatch.setattr("kaiwa.catalog.recommendation.learned.SMALL", 0)
    monkeypatch.setattr("kaiwa.catalog.recommendation.learned._NEW_SHARE", 0.1)

    def story(s):
        street = tea_shop(s)
        bit = Learned(street.shop)
        for handles in ("pot cup", "cup saucer tea", "pot cup tea", "whisk bowl pot"):
            street.visit(handles)
            bit.catch_up(s)
        once = Learned(street.shop)
        once.catch_up(s)
        once.make(s)
        for handle in street.ids:
            asked = [street.ids[handle]]
            assert set(bit.next_after(asked, 9)) == set(once.next_after(asked, 9)), handle

    database.write_now(story)
