"""What is offered unasked: once, beside what it is bought with, and not to who said no."""

import pytest

from kaiwa.catalog.recommendation.shopping_event import Purchase, note_bought
from kaiwa.catalog.variant import variants_of
from kaiwa.engines.db import Database, Session
from tests.bot.skills.shop import KETTLE, NOW, SACOCHE, TOTE, Shop, Sold, texts

_OFFER = "よろしければ、こちらもよく一緒に選ばれています。"


@pytest.fixture
def shop(database: Database) -> Shop:
    shop = Shop(database)
    tote, sacoche, _ = shop.sells(TOTE), shop.sells(SACOCHE), shop.sells(KETTLE, Sold())

    def together(session: Session) -> None:
        own = shop.merchant.id
        ids = tuple(variants_of(session, own, one)[0].id for one in (tote, sacoche))
        for number in range(1, 6):
            note_bought(session, own, Purchase(number, ids, None, NOW))

    shop.db.write_now(together)
    shop.db.read_now(shop.tools.learning.learned(shop.merchant.id).catch_up)
    return shop


def test_what_is_bought_with_it_is_offered_once(shop: Shop) -> None:
    talk = shop.talk()
    first = texts(talk.say("ふなでをカートに入れてください"))
    assert _OFFER in first
    assert "サコッシュ「こまどり」" in first
    assert _OFFER not in texts(talk.say("ふなでをもう1つカートに入れてください"))


def test_nothing_is_offered_that_is_not_bought_with_it(shop: Shop) -> None:
    assert _OFFER not in texts(shop.talk().say("しずくをカートに入れてください"))


def test_who_declines_is_offered_nothing_more(shop: Shop) -> None:
    talk = shop.talk()
    talk.say("ふなでをカートに入れてください")
    talk.say("いりません")
    assert talk.state.unwilling
    assert not shop.talk().state.unwilling
