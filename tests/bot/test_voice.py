"""A shop's voice in a conversation: tone, disclosure, topics, and help with what is dear."""

import msgspec
import pytest

from kaiwa.bot.left_alone import topic_of
from kaiwa.engines.db import Database
from kaiwa.merchants.voice import Topic, Voice
from kaiwa.vocabulary.manner import TONES, Tone
from tests.bot.skills.aftersale import AfterSale
from tests.bot.skills.conftest import place
from tests.bot.skills.shop import KETTLE, Shop, Sold, Talk, texts

__all__ = ["place"]


def speaking(shop: Shop, voice: Voice, bot_name: str = "") -> Shop:
    """The shop with another voice."""
    settings = msgspec.structs.replace(shop.merchant.settings, voice=voice, bot_name=bot_name)
    shop.merchant = msgspec.structs.replace(shop.merchant, settings=settings)
    return shop


def shop_with(database: Database, voice: Voice) -> Shop:
    """A shop with a kettle for 8,800 yen."""
    shop = speaking(Shop(database), voice)
    shop.sells(KETTLE, Sold(price=8_800))
    return shop


@pytest.mark.parametrize(
    ("tone", "added"),
    [
        ("polite", "細口ケトル「しずく」を1点、かごに入れました。"),
        ("friendly", "細口ケトル「しずく」を1点、かごに入れましたよ！"),
        ("concise", "かごに追加：細口ケトル「しずく」 ×1"),
    ],
)
def test_the_tone_changes_the_words_and_nothing_else(
    database: Database, tone: Tone, added: str
) -> None:
    talk = shop_with(database, Voice(tone=tone)).talk()
    answer = talk.say("しずくを1つかごに入れて")
    assert texts(answer)[0].split("\n")[0] == added
    assert answer.acts == ("add_to_cart",)


@pytest.mark.parametrize("tone", TONES)
def test_a_confirmed_write_holds_in_every_tone(place: AfterSale, tone: Tone) -> None:
    order = place.bought("CUP")
    voice = Voice(tone=tone, emoji="few")
    place.db.write_now(lambda s: _gives_voice(s, place, voice))
    talk = place.member()
    assert f"ご注文 {order.number}" in talk.reads(f"注文{order.number}をキャンセルしたい")
    if place.order(order).state != "cancelled":
        said = talk.reads("間違えて注文した")
        assert "よろしいですか" in said or place.order(order).state == "cancelled"
    talk.say("はい")
    assert place.order(order).state == "cancelled"


def _gives_voice(session, place: AfterSale, voice: Voice) -> None:
    from kaiwa.merchants.voice_change import VoiceChange, change_voice

    change = VoiceChange(voice=voice)
    change_voice(session, place.shop.merchant_id, change, "test", place.shop.now)


def test_it_says_at_the_start_or_only_when_asked_that_it_is_a_bot(database: Database) -> None:
    shop = speaking(Shop(database), Voice(), "こだち")
    assert texts(shop.talk().say("こんにちは"))[0] == (
        "こんにちは。木立道具店のこだちです。自動でお答えしています。いつでも担当者に代われます。"
        "何かお探しですか。どうぞお気軽にお尋ねください。"
    )
    quiet = speaking(shop, Voice(disclosure="asked", about={"ja": "中の人は二人です。"}), "こだち")
    talk = quiet.talk()
    assert "自動" not in texts(talk.say("こんにちは"))[0]
    assert texts(talk.say("あなたはボットですか？"))[0] == (
        "木立道具店の自動応答です。人ではありませんが、いつでも担当者に代われます。\n"
        "中の人は二人です。"
    )


def test_a_person_is_offered_once_where_much_is_at_stake_and_the_desk_sees_it(
    database: Database,
) -> None:
    talk = shop_with(database, Voice(high_value_minor=10_000)).talk()
    first = talk.say("しずくを1つかごに入れて")
    assert (first.flags, "担当者がお手伝い" in " ".join(texts(first))) == ((), False)
    second = talk.say("もうひとつ追加して")
    assert second.flags == ("high_value",)
    assert "大切なお買い物ですので、ご希望でしたら担当者がお手伝いします。" in " ".join(
        texts(second)
    )
    assert texts(second)[-1] == "担当者と話す"
    third = talk.say("かごを見せて")
    assert (third.flags, "お手伝い" in " ".join(texts(third))) == ((), False)
    handed = talk.say("担当者と話す")
    assert handed.handoff is not None
    assert handed.handoff.reason == "high_value"
    assert handed.handoff.summary.startswith("高額のご相談です")
    assert "かご：細口ケトル「しずく」 ×2" in handed.handoff.summary


def test_a_dear_order_is_flagged_when_it_is_spoken_of(place: AfterSale) -> None:
    order = place.bought("CUP")
    voice = Voice(high_value_minor=order.totals.total_minor)
    place.db.write_now(lambda s: _gives_voice(s, place, voice))
    answer = place.member().say(f"注文{order.number}はいつ届きますか")
    assert answer.flags == ("high_value",)
    dearer = Voice(high_value_minor=order.totals.total_minor + 1)
    place.db.write_now(lambda s: _gives_voice(s, place, dearer))
    assert place.member().say(f"注文{order.number}はいつ届きますか").flags == ()


def asks_for_person(talk: Talk) -> str:
    """The reason of a hand-off that was asked for."""
    answer = talk.say("担当者と話したい")
    assert answer.handoff is not None
    return answer.handoff.reason


def test_without_an_offer_a_person_is_simply_asked_for(database: Database) -> None:
    talk = shop_with(database, Voice(high_value_minor=10_000)).talk()
    talk.say("しずくを1つかごに入れて")
    assert asks_for_person(talk) == "asked"


TOPICS = (
    Topic("政治", {"ja": ("政治", "選挙"), "en": ("politics", "elections")}),
    Topic("医療", {"ja": ("診断する", "薬の効果"), "en": ("medical advice",)}),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("政治の話をしよう", "政治"),
        ("政 治 の話", "政治"),
        ("せんきょ…選挙はどう思う？", "政治"),
        ("診断してください", "医療"),
        ("これ、薬の効果ありますか", "医療"),
        ("Who wins the ELECTION?", "政治"),
        ("any medical  advice?", "医療"),
        ("この政治家の本はありますか", None),
        ("薬箱はありますか", None),
        ("a selection of kettles", None),
        ("medical kettle with advice", None),
        ("", None),
        ("👍", None),
    ],
)
def test_a_topic_is_named_by_whole_words_in_any_form(text: str, name: str | None) -> None:
    found = topic_of(text, TOPICS)
    assert (found.name if found else None) == name
