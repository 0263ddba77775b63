"""A link brings a customer from one chat into another one and says who they are, once."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from kaiwa.channels import Account, channels
from kaiwa.channels.ref_in_words import ref_of, with_ref, without_ref
from kaiwa.conversations.chat_link import LIFE, ChatLink, make_link
from kaiwa.conversations.happening import happenings
from kaiwa.conversations.merge import merges, undo_merge
from kaiwa.conversations.visit import cart_seen
from kaiwa.customers.identity import Evidence, Identity, relink, resolve
from kaiwa.engines.db import Session
from kaiwa.vocabulary.address import Address
from kaiwa.vocabulary.errors import Invalid, Refused
from kaiwa.vocabulary.event import CartChanged, CartItem, Followed, Proof, Referral
from kaiwa.vocabulary.language import Language
from tests.world import SECRETS, Shop, World, dump, unheard


def link(shop: Shop, sender: str = "mika", on: str = "echo", to: str = "chirp") -> str:
    """The token of a link from an address into another chat."""
    return made(shop, sender, on, to).url.rpartition("/")[2]


def made(shop: Shop, sender: str = "mika", on: str = "echo", to: str = "chirp") -> ChatLink:
    where, box = shop.person(sender, on), shop.inboxes[to]
    account, now = box.account(SECRETS), shop.world.now
    return shop.world.write(lambda s: make_link(s, where, (box, account), "agent:1", now))


def customers(shop: Shop) -> tuple[int, int]:
    return shop.person().customer_id, shop.person("m2", "chirp").customer_id


def test_whoever_follows_it_is_the_person_it_was_made_for(world: World, shop: Shop) -> None:
    shop.hear("箱は？")
    shop.hear(CartChanged((CartItem("MUG-1"),)))
    conv, token = shop.open(), link(shop)
    shop.hear("続きです", sender="m2", on="chirp", referral=Referral(token))
    one, two = customers(shop)
    assert one == two == conv.customer_id
    assert shop.person("m2", "chirp").grade == "click_through"
    assert [text for _, _, text in shop.thread(conv)] == ["箱は？", "続きです"]
    assert world.read(lambda s: cart_seen(s, shop.id, one)) is not None
    lines = world.read(lambda s: happenings(s, shop.id, conv.id))
    assert [(one.kind, one.reason) for one in lines] == [("arrived", "echo chirp")]


def test_words_bring_it_too_and_nobody_reads_it(world: World, shop: Shop) -> None:
    shop.hear("箱は？")
    token = link(shop)
    shop.hear(with_ref("こんにちは", token), sender="m2", on="chirp")
    assert shop.thread(shop.open())[-1][2] == "こんにちは"
    assert len(set(customers(shop))) == 1


def test_the_words_it_brings_are_in_the_customers_language(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Language] = []

    def spoken(account: Account, ref: str, language: Language) -> str:
        asked.append(language)
        return f"https://chirp.example/{ref}"

    monkeypatch.setattr(shop.world.chirp, "link", spoken)
    shop.hear("箱は？")
    link(shop)
    shop.hear("Could I have it in a box, please?", sender="ann")
    link(shop, "ann")
    assert asked == ["ja", "en"]


def test_nobody_arrives_from_an_address_that_is_only_claimed(world: World, shop: Shop) -> None:
    shop.hear("箱は？")
    words, claimed = with_ref("こんにちは", link(shop)), Proof(False, "anybody can write it")
    shop.hear(words, sender="m2", on="chirp", proof=claimed)
    assert len(set(customers(shop))) == 2
    assert shop.thread(shop.open("m2", "chirp"))[-1][2] == "こんにちは"
    shop.hear(words, sender="m2", on="chirp", proof=Proof(True, "the host says so"))
    assert len(set(customers(shop))) == 1


def test_following_the_account_by_it_is_enough(world: World, shop: Shop) -> None:
    shop.hear("箱は？")
    shop.hear(Followed(), sender="m2", on="chirp", referral=Referral(link(shop)))
    assert len(set(customers(shop))) == 1


def test_it_works_once_and_for_half_an_hour_and_on_its_inbox_only(world: World, shop: Shop) -> None:
    shop.hear("箱は？")
    token = link(shop)
    shop.hear("a", sender="m2", on="chirp", referral=Referral(token))
    shop.hear("b", sender="m3", on="chirp", referral=Referral(token))
    assert shop.person("m3", "chirp").customer_id != shop.person().customer_id
    late = link(shop)
    world.clock.move(LIFE.total_seconds())
    shop.hear("c", sender="m4", on="chirp", referral=Referral(late))
    elsewhere = link(shop)
    shop.hear("d", sender="m5", on="plain", referral=Referral(elsewhere))
    assert shop.person("m4", "chirp").grade == shop.person("m5", "plain").grade == "first_seen"


@pytest.mark.parametrize("ref", ["", "poster-1", "x" * 22, "\0" * 22, "あ" * 22])
def test_what_is_no_token_of_ours_changes_nothing(world: World, shop: Shop, ref: str) -> None:
    shop.hear("箱は？")
    link(shop)
    assert shop.hear("a", sender="m2", on="chirp", referral=Referral(ref)) == "recorded"
    assert len(set(customers(shop))) == 2
    assert shop.count("chat_link", "used_at IS NULL") == 1


def test_another_shops_token_opens_nothing(world: World, shop: Shop) -> None:
    shop.hear("箱は？")
    token, other = link(shop), world.shop()
    other.hear("a", sender="m2", on="chirp", referral=Referral(token))
    assert shop.count("chat_link", "used_at IS NULL") == 1
    assert other.person("m2", "chirp").grade == "first_seen"


def test_it_can_be_taken_back(world: World, shop: Shop) -> None:
    shop.hear("箱は？")
    shop.hear("前から", sender="m2", on="chirp")
    before = customers(shop)
    shop.hear("続き", sender="m2", on="chirp", referral=Referral(link(shop)))
    (merged,) = world.read(lambda s: merges(s, shop.id, before[0]))
    world.write(lambda s: undo_merge(s, shop.id, merged.id, "agent:1", world.now, unheard))
    assert customers(shop) == before
    assert shop.person("m2", "chirp").grade == "first_seen"


def test_two_whom_the_merchant_tells_apart_stay_two(world: World, shop: Shop) -> None:
    """A signed-in customer sends the link to a friend who is signed in, too."""

    def sign_in(session: Session, person: Identity, member: str) -> None:
        place = Address(shop.inboxes["plain"].id, "member", member)
        known = resolve(session, shop.id, place, world.now)
        vouched = Evidence("signed_in", "the shop's log-in", "merchant")
        relink(session, known, person.customer_id, vouched, world.now)

    shop.hear("箱は？")
    shop.hear("a", sender="m2", on="chirp")
    one, two = shop.person(), shop.person("m2", "chirp")
    world.write(lambda s: sign_in(s, one, "member-1"))
    world.write(lambda s: sign_in(s, two, "member-2"))
    shop.hear("b", sender="m2", on="chirp", referral=Referral(link(shop)))
    assert customers(shop) == (one.customer_id, two.customer_id)


def test_whoever_is_there_already_is_refused_a_link(world: World, shop: Shop) -> None:
    shop.hear("箱は？")
    before = dump(world.db, shop.id)
    with pytest.raises(Invalid):
        made(shop, to="echo")
    assert dump(world.db, shop.id) == before


def test_a_token_is_kept_as_a_hash(world: World, shop: Shop) -> None:
    shop.hear("箱は？")
    token = link(shop)
    assert token not in repr(dump(world.db))
    assert made(shop).expires_at == world.now + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("kind", "credentials", "url"),
    [
        ("line", {"basic_id": "@shop"}, "https://line.me/R/oaMessage/%40shop/?%E3%81%93%E3%82%93"),
        ("line", {"basic_id": "shop"}, "https://line.me/R/oaMessage/%40shop/?%E3%81%93%E3%82%93"),
        (
            "whatsapp",
            {"phone_number": "+81 90-1234"},
            "https://wa.me/81901234?text=%E3%81%93%E3%82%93",
        ),
        ("telegram", {"bot_username": "@shop_bot"}, "https://t.me/shop_bot?start=abc_-1"),
    ],
)
def test_the_addresses_of_the_platforms(kind: str, credentials: dict[str, str], url: str) -> None:
    channel = channels()[kind]
    assert channel.link(Account(1, credentials), "abc_-1").startswith(url)
    with pytest.raises(Refused):
        channel.link(Account(1, {}), "abc_-1")


@pytest.mark.parametrize(("language", "words"), [("ja", "こんにちは"), ("en", "Hello")])
def test_a_link_greets_in_the_language_of_the_shop(language: Language, words: str) -> None:
    own = {
        "line": {"basic_id": "@shop"},
        "whatsapp": {"phone_number": "819012345678"},
        "sms_twilio": {"sender": "+815012345678"},
        "email": {"address": "help@shop.example"},
    }
    made = {kind: channels()[kind].link(Account(1, own[kind]), "abc", language) for kind in own}
    said = quote(f"{words} (#kw-abc)")
    assert made == {
        "line": f"https://line.me/R/oaMessage/%40shop/?{said}",
        "whatsapp": f"https://wa.me/819012345678?text={said}",
        "sms_twilio": f"sms:+815012345678?body={said}",
        "email": f"mailto:help@shop.example?subject={quote(words)}&body={said}",
    }


@pytest.mark.parametrize("kind", ["line", "whatsapp", "telegram"])
def test_a_link_takes_no_other_letters(kind: str) -> None:
    own = {"bot_username": "b", "basic_id": "@b", "phone_number": "81"}
    for ref in ("a b", "x" * 65, "あ"):
        with pytest.raises(Refused):
            channels()[kind].link(Account(1, own), ref)


@pytest.mark.parametrize(
    ("text", "ref", "left"),
    [
        ("こんにちは (#kw-abc_-1)", "abc_-1", "こんにちは"),
        ("(#kw-a) 箱は？", "a", "箱は？"),
        ("箱 #kw-a は？", "a", "箱 は？"),
        ("#kw-a", "a", "#kw-a"),
        ("kw-a # kw", None, "kw-a # kw"),
    ],
)
def test_words_bring_a_reference(text: str, ref: str | None, left: str) -> None:
    assert (ref_of(text), without_ref(text)) == (ref, left)
