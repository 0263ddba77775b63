"""The way on WhatsApp after the window: an approved template, and advertising by consent only."""

import itertools
from typing import Any

import pytest

from kaiwa.catalog.change import next_change
from kaiwa.catalog.product import Image, ProductText, put_product
from kaiwa.catalog.stock import Level, set_stock
from kaiwa.catalog.variant import VariantText, put_variants
from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.channels.whatsapp.routes import NUMBER
from kaiwa.conversations.address_code import send_code
from kaiwa.conversations.conversation import newest_of
from kaiwa.conversations.delivery import Delivery
from kaiwa.conversations.intake import Arrival, accept
from kaiwa.conversations.keeping_templates import KeepingTemplates
from kaiwa.conversations.merge import merge_customers
from kaiwa.conversations.message import Message
from kaiwa.conversations.reach import reach
from kaiwa.conversations.taking_in import TakingIn
from kaiwa.customers.consent import consent_state
from kaiwa.customers.identity import Evidence, Identity
from kaiwa.desk.answering import Answer, answer
from kaiwa.desk.template_choice import TemplateChoice, offers
from kaiwa.engines.db import Database, Session
from kaiwa.engines.queue import NewJob, enqueue
from kaiwa.merchants.agent import NewAgent, add_agent
from kaiwa.merchants.template import set_fills, template, templates
from kaiwa.orders.cart import AddToCart, CreateCart, add_to_cart, create_cart
from kaiwa.orders.command import Command
from kaiwa.orders.wishlist import AddWish, add_wish
from kaiwa.vocabulary.errors import Conflict, Invalid
from kaiwa.vocabulary.money import Money
from tests.channels.whatsapp.conftest import USER
from tests.channels.whatsapp.test_offers import OFFER
from tests.channels.whatsapp.test_story import SECRETS, Story
from tests.channels.whatsapp.test_templates import card
from tests.fakes.line_http import InProcessHttp
from tests.fakes.whatsapp_platform import WhatsAppPlatform

DAY = 86_400
_CLICKS = itertools.count(1)


class Templated(Story):
    """The shop with two templates, an agent, and a customer who wrote a day ago."""

    def __init__(self, db: Database, platform: WhatsAppPlatform, credentials: Any) -> None:
        super().__init__(db, platform, credentials)
        platform.templates.add("shipped", "UTILITY", "ご注文{{1}}を発送しました。")
        platform.templates.add("sale", "MARKETING", "{{customer_name}}様、明日からセールです。")
        new = NewAgent("k@shop.example", "Ken", "agent", "long enough to pass")
        self.ken = db.write_now(lambda s: add_agent(s, self.shop.id, new, self.clock.now()))
        self.hear(self.meta.text("青いマグは？", USER))
        self.sync()
        self.wait(DAY)

    def sync(self) -> None:
        keeping = KeepingTemplates(self.db, InProcessHttp(self.platform), SECRETS, self.clock)
        handlers = {
            "plan_templates": keeping.plan_templates,
            "learn_templates": keeping.learn_templates,
        }
        job = NewJob("courtesy", "plan_templates", payload="")
        self.db.write_now(lambda s: enqueue(s, job, self.clock.now()))
        self._work("courtesy", lambda one: handlers[one.kind](one))

    def news(self, field: str, **value: Any) -> None:
        body, _ = self.meta.deliver(value, field=field)
        self.take(CHANNEL.parse(body, self.clock.now()))

    def take(self, found: Any) -> None:
        now = self.clock.now()
        arrivals = [Arrival(raw, event) for raw, event in found]
        self.db.write_now(lambda s: accept(s, self.box, arrivals, now))
        self._work("intake", TakingIn(self.db, self.clock, lambda *_: None).take_in)

    def hear_wish(self, value: str) -> None:
        self.wait(1)
        self.news("user_preferences", **self.meta.wish(value, USER))

    def choose(self, name: str, **values: str) -> Message:
        """Ken sends a template; as it is after the delivery."""
        filled = {key.replace("_", ".", 1): value for key, value in values.items()}
        choice, where = TemplateChoice(name, "ja", filled), self.person()
        made = self.db.write_now(lambda s: self._answer(s, where, choice))
        self.deliver()
        return self.now_of(made)

    def choose_exactly(self, name: str, values: dict[str, str]) -> Message:
        choice, where = TemplateChoice(name, "ja", values), self.person()
        made = self.db.write_now(lambda s: self._answer(s, where, choice))
        self.deliver()
        return self.now_of(made)

    def deliver(self) -> None:
        handler = Delivery(self.db, InProcessHttp(self.platform), SECRETS, self.clock)
        self._work("delivery", handler.deliver)

    def article(self, handle: str, title: str) -> int:
        """On sale for ¥2,400, with a picture."""
        image = Image(f"https://shop.example/{handle}.jpg")
        text = ProductText(handle, title, images=(image,))
        priced = VariantText(Money(2_400, "JPY"), sku=handle)

        def work(session: Session) -> int:
            now, change = self.clock.now(), next_change(session, self.shop.id)
            product_id = put_product(session, self.shop.id, text, now, change)
            (variant_id,) = put_variants(session, self.shop.id, product_id, [priced], now)
            set_stock(session, self.shop.id, variant_id, Level(9), change)
            return variant_id

        return self.db.write_now(work)

    def all_offered(self) -> dict[str, dict[str, str]]:
        """What is offered to Ken, with the values records have."""
        where = self.person()

        def look(session: Session) -> dict[str, dict[str, str]]:
            conv = newest_of(session, self.shop.id, where.customer_id)
            assert conv is not None
            found = offers(session, self.shop.id, (conv.id, self.ken.id), where.id)
            return {one.kept.template.name: one.values for one in found}

        return self.db.read_now(look)

    def offered(self, name: str) -> dict[str, str]:
        return self.all_offered()[name]

    def send_code(self, to: Identity) -> None:
        now, once = self.clock.now(), f"c-{next(_CLICKS)}"

        def send(session: Session) -> None:
            conv = newest_of(session, self.shop.id, self.person().customer_id)
            assert conv is not None
            send_code(session, conv, to.id, (self.ken.id, once), now)

        self.db.write_now(send)
        self.deliver()

    def _answer(self, session: Session, where: Identity, choice: TemplateChoice) -> Message:
        conv = newest_of(session, self.shop.id, where.customer_id)
        assert conv is not None
        once = f"c-{next(_CLICKS)}"
        said = Answer(
            conv.id, self.ken.id, once, conv.epoch, conv.last_seq,
            identity_id=where.id, template=choice,
        )  # fmt: skip
        return answer(session, self.shop.id, said, self.clock.now())

    def refused(self, name: str, **values: str) -> str:
        sent = len(self.platform.journal)
        with pytest.raises((Conflict, Invalid)) as error:
            self.choose(name, **values)
        assert len(self.platform.journal) == sent
        return str(error.value.detail["reason"])

    def consent(self) -> str:
        where = self.person()
        return self.db.read_now(lambda s: consent_state(s, self.shop.id, where.id))

    def status(self, name: str) -> str:
        return self.db.read_now(
            lambda s: template(s, self.shop.id, self.box.id, (name, "ja"))
        ).template.status


@pytest.fixture
def shop(database: Database, platform: WhatsAppPlatform, account: Any) -> Templated:
    return Templated(database, platform, dict(account.credentials))


def test_after_a_day_a_template_is_the_way_and_advertising_needs_consent(shop: Templated) -> None:
    where = shop.person()
    (way,) = shop.db.read_now(lambda s: reach(s, shop.shop.id, where.customer_id, shop.clock.now()))
    assert (way.route, way.closed, way.templates) == (None, "window_closed", 2)
    made = shop.choose("shipped", body_1="1042")
    assert (made.state, made.text) == ("accepted", "ご注文1042を発送しました。")
    assert '"cost_class":"utility"' in (made.sent_as or "")
    assert shop.refused("shipped") == "unfilled"
    assert shop.refused("sale", body_customer_name="はな") == "no_consent"
    shop.hear_wish("signup")
    assert shop.choose("sale", body_customer_name="はな").state == "accepted"
    shop.hear_wish("stop")
    assert (shop.consent(), shop.refused("sale", body_customer_name="はな")) == (
        "refused",
        "no_consent",
    )
    shop.hear_wish("resume")
    assert shop.consent() == "granted"


def test_meta_s_word_holds_from_the_moment_it_is_heard(shop: Templated) -> None:
    named = {"message_template_name": "shipped", "message_template_language": "ja"}
    shop.news("message_template_status_update", event="PAUSED", reason="NONE", **named)
    assert (shop.status("shipped"), shop.refused("shipped", body_1="1")) == ("paused", "paused")
    shop.wait(60)
    shop.news("message_template_status_update", event="APPROVED", reason="NONE", **named)
    assert shop.status("shipped") == "approved"
    shop.wait(60)
    shop.news("template_category_update", new_category="MARKETING", **named)
    assert shop.refused("shipped", body_1="1") == "no_consent"
    del shop.platform.templates.kept["sale", "ja"]
    shop.wait(60)
    shop.sync()
    assert (shop.status("sale"), shop.refused("sale", body_customer_name="a")) == ("gone", "gone")
    # The list still says that it is no advertising: Meta's list is newer than its news.
    assert shop.choose("shipped", body_1="2").state == "accepted"


def test_what_was_chosen_in_time_is_not_sent_when_it_is_paused_or_unwanted_meanwhile(
    shop: Templated,
) -> None:
    shop.hear_wish("signup")
    shop.platform.templates.stopped.add(USER)
    made = shop.choose("sale", body_customer_name="はな")
    assert (made.state, shop.consent()) == ("failed", "refused")
    choice, where = TemplateChoice("shipped", "ja", {"body.1": "7"}), shop.person()
    said = shop.db.write_now(lambda s: shop._answer(s, where, choice))
    named = {"message_template_name": "shipped", "message_template_language": "ja"}
    shop.news("message_template_status_update", event="DISABLED", reason="NONE", **named)
    handler = Delivery(shop.db, InProcessHttp(shop.platform), SECRETS, shop.clock)
    shop._work("delivery", handler.deliver)
    late = shop.now_of(said)
    assert (late.state, late.error) == ("failed", "template: the template shipped is disabled")
    assert shop.platform.journal == []


def test_an_offer_that_has_ended_is_not_sent(shop: Templated) -> None:
    shop.platform.templates.add("aki", "MARKETING", "お早めに。", OFFER)
    shop.sync()
    shop.hear_wish("signup")
    assert shop.refused("aki", offer_ends="2026-11-21T11:00+09:00") == "ended"
    assert shop.choose("aki", offer_ends="2026-12-01T00:00+09:00").state == "accepted"


def test_records_fill_the_blanks_that_are_named_or_set(shop: Templated) -> None:
    assert shop.all_offered() == {"shipped": {}, "sale": {"body.customer_name": "はな"}}

    def set_it(session: Session) -> None:
        kept = next(one for one in templates(session, shop.box) if one.template.name == "shipped")
        set_fills(session, kept, {"body.1": "shop.name"}, (shop.shop.id, "test"), shop.clock.now())

    shop.db.write_now(set_it)
    assert shop.offered("shipped") == {"body.1": "Shop"}


def test_a_carousel_s_cards_are_filled_with_the_articles_in_the_cart(shop: Templated) -> None:
    where, cards = shop.person(), {"type": "CAROUSEL", "cards": [card("{{product_title}}")] * 2}
    shop.platform.templates.add("cart", "MARKETING", "お忘れではありませんか。", cards)
    shop.sync()
    shop.hear_wish("signup")
    mug, cup = shop.article("mug", "青いマグ"), shop.article("cup", "茶碗")
    command = Command(shop.shop.id, "bot", "whatsapp", shop.clock.now())

    def fill(session: Session) -> None:
        cart = create_cart(session, command, CreateCart(where.customer_id))
        add_to_cart(session, command, AddToCart(cart.id, cup, 1))
        add_wish(session, command, AddWish(where.customer_id, mug))

    shop.db.write_now(fill)
    values = shop.offered("cart")
    assert values == {
        "card.0.media": "https://shop.example/cup.jpg",
        "card.0.body.product_title": "茶碗",
        "card.0.button.1": "cup",
        "card.1.media": "https://shop.example/mug.jpg",
        "card.1.body.product_title": "青いマグ",
        "card.1.button.1": "mug",
    }
    kept = shop.db.read_now(lambda s: template(s, shop.shop.id, shop.box.id, ("cart", "ja")))
    by = (shop.shop.id, "test")
    fills = {"card.0.body.product_title": "product.price"}
    shop.db.write_now(lambda s: set_fills(s, kept, fills, by, shop.clock.now()))
    assert shop.offered("cart")["card.0.body.product_title"] == "¥2,400"
    made = shop.choose_exactly("cart", values)
    assert made.state == "accepted"
    (body,) = (one["template"]["components"] for one in shop.platform.journal)
    (carousel,) = body
    assert [one["card_index"] for one in carousel["cards"]] == [0, 1]


def test_a_code_goes_to_a_number_by_the_provider_s_own_words(shop: Templated) -> None:
    copying = {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "コピー"}]}
    shop.hear(shop.meta.text("前の番号です", number="818011112222"))
    claimed = shop.person("818011112222", NUMBER)
    shop.wait(DAY)
    shop.hear(shop.meta.text("番号を変えました", USER))
    where = shop.person()
    pair = (where.customer_id, claimed.customer_id)
    evidence = Evidence("claimed", "says so", "agent:1")
    now = shop.clock.now()
    shop.db.write_now(lambda s: merge_customers(s, shop.shop.id, pair, evidence, now))
    with pytest.raises(Conflict) as error:
        shop.send_code(claimed)
    assert (error.value.detail["reason"], shop.platform.journal) == ("window_closed", [])
    shop.platform.templates.add("code", "AUTHENTICATION", "*{{1}}* がコードです。", copying)
    shop.sync()
    shop.send_code(claimed)
    (body,) = shop.platform.journal
    told = body["template"]["components"][0]["parameters"][0]["text"]
    assert (body["to"], len(told)) == ("818011112222", 6)
    shop.hear(shop.meta.text(told, USER))
    assert shop.person("818011112222", NUMBER).grade == "one_time_code"
    # Codes are ours to send: no agent is offered their template.
    assert "code" not in shop.all_offered()
