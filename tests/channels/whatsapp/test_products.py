"""Products from the shop's catalogue at Meta: one, many, and what is said if it has them not."""

from typing import Any

import msgspec
import pytest

from kaiwa.channels import Account, Rendered, Route
from kaiwa.channels.whatsapp import CHANNEL
from kaiwa.channels.whatsapp.guide import GUIDE
from kaiwa.channels.whatsapp.health import SENTENCES
from kaiwa.vocabulary import reply as r
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.money import Money
from kaiwa.vocabulary.reply import Degradation, Reply
from tests.channels.whatsapp.conftest import USER
from tests.fakes.line_http import InProcessHttp
from tests.fakes.whatsapp_platform import WhatsAppPlatform
from tests.fakes.whatsapp_rules import check

SHELF = "1001"
HEAD = {"messaging_product", "recipient_type", "recipient", "type"}


def card(number: int, **fields: Any) -> r.ProductCard:
    given: dict[str, Any] = {
        "alt_text": "マグ",
        "title": f"マグ{number}",
        "price": Money(1_980, "JPY"),
        "facts": "350ml",
        "stock": "在庫あり",
        "sku": f"MUG-{number}",
        "number": number,
        "actions": (r.ReplyAction("買う", payload=f"add:{number}:0", adds_to_cart=True),),
    }
    return r.ProductCard(**(given | fields))


def cards(count: int) -> r.Carousel:
    return r.Carousel(alt_text="マグです", cards=tuple(card(n) for n in range(1, count + 1)))


def render(*blocks: r.Block, catalogue: str = SHELF) -> Rendered:
    way = Route("service", USER, "metered", catalogue=catalogue)
    made = CHANNEL.render(Reply(blocks), way)
    for wire in made.wires:
        assert check(wire.body) == []
        for plain in wire.otherwise.wires if wire.otherwise else ():
            assert check(plain.body) == []
            assert plain.otherwise is None
    return made


def shown(made: Rendered) -> list[dict[str, Any]]:
    return [{k: v for k, v in wire.body.items() if k not in HEAD} for wire in made.wires]


def test_one_product_is_shown_by_the_catalogue() -> None:
    made = render(card(1))
    assert shown(made) == [
        {
            "interactive": {
                "type": "product",
                "body": {"text": "1. マグ1\n¥1,980\n350ml\n在庫あり"},
                "action": {"catalog_id": SHELF, "product_retailer_id": "MUG-1"},
            }
        }
    ]
    # WhatsApp's own button puts it into the cart, so none of ours is missed.
    assert made.degradations == ()


def test_several_are_a_list_below_the_words_with_our_names_and_prices() -> None:
    made = render(r.TextBlock(text="こちらはいかがですか。"), cards(2))
    assert shown(made) == [
        {
            "interactive": {
                "type": "product_list",
                "header": {"type": "text", "text": "商品"},
                "body": {
                    "text": "こちらはいかがですか。\n\n"
                    "1. マグ1  ¥1,980 · 350ml · 在庫あり\n2. マグ2  ¥1,980 · 350ml · 在庫あり"
                },
                "action": {
                    "catalog_id": SHELF,
                    "sections": [
                        {
                            "title": "商品",
                            "product_items": [
                                {"product_retailer_id": "MUG-1"},
                                {"product_retailer_id": "MUG-2"},
                            ],
                        }
                    ],
                },
            }
        }
    ]


def test_what_the_catalogue_does_not_do_is_offered_below_it() -> None:
    more = (
        r.ReplyAction("買う", payload="add:1:0", adds_to_cart=True),
        r.ReplyAction("似た商品", payload="like:1"),
        r.UrlAction("見る", url="https://shop.example/p/1"),
    )
    picture = "https://shop.example/1.jpg"
    block = r.Carousel(
        alt_text="マグです",
        cards=(card(1, actions=more, image_url=picture), card(2, image_url=picture)),
    )
    made = render(block)
    shelf, below = shown(made)
    assert shelf["interactive"]["type"] == "product_list"
    assert below["interactive"]["action"]["sections"] == [
        {"title": "1. マグ1", "rows": [{"id": "like:1", "title": "似た商品"}]}
    ]
    assert [(one.became, one.lost) for one in made.degradations] == [
        ("catalogue", "1 links of 2 cards, where WhatsApp's own page stands: 見る"),
        ("list", "1 answers of cards, in lists of their own, each of which is billed"),
    ]
    # Where the product is not there after all, the same list still follows: it is said once.
    plain = made.wires[0].otherwise
    assert plain is not None
    assert "add:1:0" in str(plain.wires)
    assert "like:1" not in str(plain.wires)


def test_thirty_are_in_a_list_and_the_rest_follows_in_another() -> None:
    made = render(cards(31))
    kinds = [one["interactive"]["type"] for one in shown(made)]
    assert kinds == ["product_list", "product"]
    first = shown(made)[0]["interactive"]["action"]["sections"]
    assert [len(section["product_items"]) for section in first] == [30]


def test_facts_give_way_to_names_and_prices_where_the_words_are_too_many() -> None:
    told = tuple(card(n, facts="x" * 100) for n in range(1, 13))
    made = render(r.Carousel(alt_text="マグです", cards=told))
    (only,) = shown(made)
    assert only["interactive"]["body"]["text"].splitlines()[11] == "12. マグ12  ¥1,980"
    lost = Degradation("carousel", "shorter", "facts of 12 cards above the list")
    assert lost in made.degradations


def test_a_product_stands_once_in_a_list() -> None:
    twice = r.Carousel(alt_text="マグ", cards=(card(1), card(2), card(1)))
    (made,) = shown(render(twice))
    (section,) = made["interactive"]["action"]["sections"]
    skus = [one["product_retailer_id"] for one in section["product_items"]]
    assert skus == ["MUG-1", "MUG-2"]


@pytest.mark.parametrize("sku", ["", " MUG", "x" * 101])
def test_a_card_without_an_article_number_makes_all_be_shown_as_before(sku: str) -> None:
    block = r.Carousel(alt_text="マグ", cards=(card(1), card(2, sku=sku)))
    assert shown(render(block)) == shown(render(block, catalogue=""))
    assert shown(render(card(1, sku=sku))) == shown(render(card(1, sku=sku), catalogue=""))


def test_what_is_said_otherwise_is_what_is_said_without_a_catalogue() -> None:
    blocks = (r.TextBlock(text="こちらです。"), cards(12))
    (wire,) = render(*blocks).wires
    plain = render(*blocks, catalogue="")
    assert wire.otherwise is not None
    assert wire.otherwise.wires == plain.wires


@pytest.fixture
def account(account: Account) -> Account:
    known = {**account.credentials, "catalog_id": SHELF}
    return msgspec.structs.replace(account, credentials=known)


@pytest.mark.anyio
async def test_a_product_that_is_not_in_the_catalogue_is_told_apart(
    account: Account, platform: WhatsAppPlatform, http: InProcessHttp
) -> None:
    platform.catalogue.connect(SHELF, "MUG-1")
    (wire,) = render(cards(2)).wires
    with pytest.raises(Refused) as refused:
        await CHANNEL.send(wire, account, http, retry_key="k")
    assert refused.value.detail["reason"] == "not_there"
    assert platform.journal == []
    platform.catalogue.connect(SHELF, "MUG-1", "MUG-2")
    assert (await CHANNEL.send(wire, account, http, retry_key="k")).external_ids


def japanese(sentence: str) -> str:
    return next(one.said.ja for one in GUIDE.troubles if one.said.en == sentence)


@pytest.mark.anyio
async def test_a_catalogue_that_is_not_the_accounts_is_said_and_so_is_a_cart_that_is_off(
    account: Account, platform: WhatsAppPlatform, http: InProcessHttp
) -> None:
    platform.subscribed = ["our app"]
    assert await CHANNEL.health(account, http) == [SENTENCES["catalogue"].format(catalogue=SHELF)]
    platform.catalogue.connect(SHELF, "MUG-1")
    assert await CHANNEL.health(account, http) == []
    platform.catalogue.cart = False
    assert await CHANNEL.health(account, http) == [SENTENCES["no_cart"]]
    stops = {one.said.en: one.stops for one in GUIDE.troubles}
    assert stops[SENTENCES["catalogue"]]
    assert not stops[SENTENCES["no_cart"]]
    assert "コマースマネージャ" in japanese(SENTENCES["catalogue"])
