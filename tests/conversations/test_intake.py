"""What a channel heard becomes part of a conversation once, in order, however it came."""

from datetime import timedelta

import pytest

from kaiwa.conversations.fact import CartSeen, CustomerFollowed, MessageReceived, PageSeen
from kaiwa.conversations.handoff import Act, close
from kaiwa.conversations.message import by_external_id
from kaiwa.conversations.search import Search, find_messages
from kaiwa.customers.consent import consent_state
from kaiwa.vocabulary.content import Location, Media, MediaSource, Sticker, Text, Unsent
from kaiwa.vocabulary.event import (
    CartChanged,
    CartItem,
    Edited,
    Followed,
    Ignored,
    InboundEvent,
    Linked,
    PageViewed,
    Said,
    Sender,
    TakenBack,
    Unfollowed,
    Unheard,
)
from tests.world import START, Shop, World, dump, later


def found(shop: Shop, words: str) -> list[str]:
    hits = shop.world.read(lambda s: find_messages(s, shop.id, Search(words)))
    return [hit.text for hit in hits]


def test_an_event_is_accepted_once_however_often_it_is_sent(world: World, shop: Shop) -> None:
    first, second = shop.event("送料は？"), shop.event("返品したい")
    assert shop.accept(first, second, first) == [True, True, False]
    assert shop.accept(second) == [False]
    assert shop.count("inbound_event") == 2
    world.take_in()
    assert shop.accept(first, second) == [False, False]
    world.take_in()
    assert shop.thread(shop.open()) == [(1, "customer", "送料は？"), (2, "customer", "返品したい")]


def test_the_same_event_id_on_another_inbox_is_another_event(world: World, shop: Shop) -> None:
    event = shop.event("もしもし", external_id="same")
    assert shop.accept(event, on="echo") == [True]
    assert shop.accept(event, on="chirp") == [True]
    world.take_in()
    assert [fact for fact in world.facts if isinstance(fact, MessageReceived)] == [
        MessageReceived(shop.id, shop.open(on="echo").id, shop.messages(shop.open())[0].id, "bot"),
        MessageReceived(
            shop.id, shop.open(on="chirp").id, shop.messages(shop.open(on="chirp"))[0].id, "bot"
        ),
    ]


def test_a_second_event_about_a_known_message_is_known_and_burns_no_seq(
    world: World, shop: Shop
) -> None:
    assert shop.hear("一つ目", said_id="m1") == "recorded"
    assert shop.hear("一つ目", said_id="m1") == "known"
    assert shop.hear("二つ目", said_id="m2") == "recorded"
    conv = shop.open()
    assert shop.thread(conv) == [(1, "customer", "一つ目"), (2, "customer", "二つ目")]
    assert (conv.last_seq, conv.last_in_seq, conv.unread) == (2, 2, 2)
    assert len(world.facts) == 2


def test_an_event_that_was_taken_in_is_not_taken_in_again(world: World, shop: Shop) -> None:
    shop.accept(shop.event("一度だけ"))
    jobs = world.claimed("intake")
    world.reclaim()
    again = world.claimed("intake")
    assert [job.id for job in jobs] == [job.id for job in again]
    before = shop.count("message")
    world.reclaim()
    world.take_in()
    assert (before, shop.count("message")) == (0, 1)
    after = dump(world.db)
    world.take_in()
    assert dump(world.db) == after


def test_every_message_of_one_person_on_one_inbox_is_one_conversation(shop: Shop) -> None:
    for n in range(5):
        shop.hear(f"message {n}")
    assert [seq for seq, _, _ in shop.thread(shop.open())] == [1, 2, 3, 4, 5]
    assert shop.count("conversation") == 1
    shop.hear("I am somebody else", sender="ren")
    assert shop.count("conversation") == 2


def test_a_message_after_the_close_opens_a_new_conversation(world: World, shop: Shop) -> None:
    shop.hear("ひとつめ")
    first, agent = shop.open(), shop.agent()
    act = Act(shop.id, first.id, agent.id, first.epoch)
    world.write(lambda s: close(s, act, world.now))
    shop.hear("ふたつめ")
    second = shop.open()
    assert second.id != first.id
    assert shop.thread(second) == [(1, "customer", "ふたつめ")]
    assert shop.thread(first) == [(1, "customer", "ひとつめ")]
    assert shop.conversation(first.id).status == "closed"
    assert (second.answered_by, second.customer_id) == ("bot", first.customer_id)


def test_a_shop_whose_bot_is_off_opens_for_nobody(world: World) -> None:
    shop = world.shop(bot_answers=False)
    shop.hear("hello")
    assert shop.open().answered_by == "nobody"


def test_unsend_before_the_message_leaves_nothing_of_it(world: World, shop: Shop) -> None:
    assert shop.hear(TakenBack("m1")) == "unsent early"
    assert shop.hear("秘密の言葉", said_id="m1") == "recorded"
    only = shop.messages(shop.open())[0]
    assert (only.content, only.text, only.seq) == (Unsent(), "", 1)
    assert shop.open().preview == ""
    assert found(shop, "秘密") == []
    assert world.facts == []
    assert shop.count("message", "body LIKE '%秘密%'") == 0


def test_unsend_removes_the_words_everywhere_but_keeps_the_place(world: World, shop: Shop) -> None:
    shop.hear("まえ")
    shop.hear("秘密の言葉", said_id="m1")
    assert found(shop, "秘密") == ["秘密の言葉"]
    world.clock.move(5)
    assert shop.hear(TakenBack("m1"), sender=None) == "unsent"
    gone = shop.messages(shop.open())[1]
    assert (gone.seq, gone.text, gone.content) == (2, "", Unsent())
    assert gone.unsent_at == START + timedelta(seconds=5)
    assert shop.open().preview == ""
    assert found(shop, "秘密") == []
    assert shop.hear(Edited("m1", Text("秘密ふたたび"))) == "known"
    assert found(shop, "秘密") == []


def test_nobody_takes_back_or_edits_what_another_said(world: World, shop: Shop) -> None:
    shop.hear("みかの言葉", sender="mika", said_id="m1")
    shop.hear("れんです", sender="ren")
    shop.hear(TakenBack("m1"), sender="ren")
    shop.hear(Edited("m1", Text("れんが書いた")), sender="ren")
    assert shop.thread(shop.open("mika")) == [(1, "customer", "みかの言葉")]
    assert found(shop, "みかの言葉") == ["みかの言葉"]


def test_a_customer_takes_back_or_edits_nothing_the_shop_said(world: World, shop: Shop) -> None:
    shop.hear("はい")
    said = shop.say("いらっしゃいませ")
    world.deliver()
    external = shop.message(said.id).external_id
    assert external is not None
    shop.hear(TakenBack(external))
    shop.hear(Edited(external, Text("無料です")))
    after = shop.message(said.id)
    assert (after.text, after.body, after.unsent_at) == (said.text, said.body, None)


def test_an_edit_changes_words_preview_and_search_and_keeps_the_seq(
    world: World, shop: Shop
) -> None:
    shop.hear("青いのをください", said_id="m1")
    world.clock.move(3)
    assert shop.hear(Edited("m1", Text("赤いのをください"))) == "edited"
    only = shop.messages(shop.open())[0]
    assert (only.seq, only.text, only.content) == (1, "赤いのをください", Text("赤いのをください"))
    assert only.edited_at == START + timedelta(seconds=3)
    assert shop.open().preview == "赤いのをください"
    assert (found(shop, "青い"), found(shop, "赤い")) == ([], ["赤いのをください"])


def test_an_edit_of_an_older_message_leaves_the_preview(shop: Shop) -> None:
    shop.hear("最初", said_id="m1")
    shop.hear("最後")
    shop.hear(Edited("m1", Text("直した")))
    assert shop.open().preview == "最後"


def test_an_edit_that_comes_before_its_message_is_the_message(world: World, shop: Shop) -> None:
    assert shop.hear(Edited("m1", Text("直した後"))) == "recorded"
    assert shop.hear("直す前", said_id="m1") == "known"
    assert shop.thread(shop.open()) == [(1, "customer", "直した後")]
    assert len(world.facts) == 1


def test_who_unfollows_is_blocked_and_refuses_advertising(world: World, shop: Shop) -> None:
    shop.hear("こんにちは")
    world.clock.move(60)
    assert shop.hear(Unfollowed()) == "unfollowed"
    person = shop.person()
    assert person.blocked_at == START + timedelta(seconds=60)
    assert world.read(lambda s: consent_state(s, shop.id, person.id)) == "refused"
    assert shop.count("consent", "source = 'echo:unfollow'") == 1
    said = shop.say("まだいますか")
    world.deliver()
    after = shop.message(said.id)
    assert (after.state, world.echo.accepted) == ("failed", [])
    assert str(after.error).startswith("blocked")


def test_who_follows_again_is_let_in_but_has_agreed_to_nothing(world: World, shop: Shop) -> None:
    shop.hear(Unfollowed())
    assert shop.hear(Followed(again=True)) == "followed"
    person = shop.person()
    assert person.blocked_at is None
    assert world.read(lambda s: consent_state(s, shop.id, person.id)) == "refused"
    assert world.facts == [CustomerFollowed(shop.id, person.id, True)]
    assert shop.count("conversation") == 0


def test_who_follows_for_the_first_time_has_said_nothing_about_advertising(
    world: World, shop: Shop
) -> None:
    shop.hear(Followed())
    person = shop.person()
    assert world.read(lambda s: consent_state(s, shop.id, person.id)) == "unknown"
    assert shop.count("consent") == 0


def test_whoever_writes_has_not_blocked_us(world: World, shop: Shop) -> None:
    shop.hear(Unfollowed())
    world.clock.move(10)
    shop.hear("また来ました")
    person = shop.person()
    assert (person.blocked_at, person.last_inbound_at) == (None, START + timedelta(seconds=10))
    assert world.read(lambda s: consent_state(s, shop.id, person.id)) == "refused"


def test_a_redelivered_old_message_unblocks_nobody(shop: Shop) -> None:
    shop.hear("はじめまして", said_id="m1")
    shop.hear(Unfollowed())
    assert shop.hear("はじめまして", said_id="m1") == "known"
    assert shop.person().blocked_at is not None


def test_what_another_module_answers_is_recorded_but_not_announced(
    world: World, shop: Shop
) -> None:
    assert shop.hear("standby", answerable=False) == "recorded"
    assert shop.thread(shop.open()) == [(1, "customer", "standby")]
    assert world.facts == []


def test_the_language_follows_what_the_customer_writes(shop: Shop) -> None:
    shop.hear("Hello there")
    assert shop.open().language == "en"
    shop.hear("123")
    assert shop.open().language == "en"
    shop.hear("日本語でお願いします")
    assert shop.open().language == "ja"


def test_words_without_a_language_take_the_channels_then_the_shops(shop: Shop) -> None:
    shop.hear("42", sender="told", language="en")
    shop.hear("42", sender="odd", language="tlh")
    assert (shop.open("told").language, shop.open("odd").language) == ("en", "ja")


def test_a_name_is_taken_once_and_never_overwritten(world: World, shop: Shop) -> None:
    shop.hear("a", name="みか")
    shop.hear("b", name="Somebody Else")
    customer = shop.person().customer_id
    row = world.read(lambda s: s.one("SELECT name FROM customer WHERE id = :id", id=customer))
    assert row == ("みか",)


def test_pictures_are_fetched_stickers_and_places_have_words(shop: Shop) -> None:
    shop.hear(Said(Media("image", source=MediaSource("ref-1")), "p1"))
    shop.hear(Said(Sticker("1", "2", ("わーい", "嬉しい")), "p2"))
    shop.hear(Said(Location(35.6, 139.7, "東京駅", "千代田区"), "p3"))
    conv = shop.open()
    assert [text for _, _, text in shop.thread(conv)] == ["", "わーい 嬉しい", "東京駅 千代田区"]
    wanted = f"{shop.id} {shop.messages(conv)[0].id}"
    jobs = shop.world.claimed("media")
    assert [(job.kind, job.payload) for job in jobs] == [("fetch_media", wanted)]


def test_a_reply_handle_is_kept_once(world: World, shop: Shop) -> None:
    handle = world.echo.handle("mika")
    shop.hear("a", reply_handle=handle)
    shop.hear("b", reply_handle=handle)
    assert shop.count("reply_handle") == 1


@pytest.mark.parametrize("heard", [Ignored("join"), Unheard("new thing"), Linked("n", True)])
def test_what_means_nothing_to_a_conversation_is_kept_and_ignored(
    world: World, shop: Shop, heard: Ignored | Unheard | Linked
) -> None:
    assert shop.hear(heard) == "ignored"
    assert (shop.count("inbound_event"), shop.count("message"), world.facts) == (1, 0, [])


def test_words_without_a_sender_are_ignored(world: World, shop: Shop) -> None:
    assert shop.hear("who said this?", sender=None) == "ignored"
    assert (shop.count("message"), shop.count("identity")) == (0, 0)


def test_letters_a_database_cannot_keep_lose_no_message(world: World, shop: Shop) -> None:
    shop.hear("a\x00b 送料\x00", name="mi\x00ka", said_id="m1")
    shop.hear(Edited("m1", Text("返\x00品")))
    shop.hear("c\x00")
    conv = shop.open()
    assert [text.replace("\x00", "") for _, _, text in shop.thread(conv)] == ["返品", "c"]
    assert [text.replace("\x00", "") for text in found(shop, "返品")] == ["返品"]


def test_a_long_preview_is_cut(shop: Shop) -> None:
    shop.hear("長" * 5_000)
    assert shop.open().preview == "長" * 200
    assert len(shop.messages(shop.open())[0].text) == 5_000


def test_the_providers_time_is_kept_apart_from_the_order(world: World, shop: Shop) -> None:
    late, early = START + later(50), START + later(10)
    shop.hear("said later, came first", occurred_at=late)
    shop.hear("said earlier, came second", occurred_at=early)
    assert [(one.seq, one.occurred_at) for one in shop.messages(shop.open())] == [
        (1, late), (2, early),
    ]  # fmt: skip


def test_one_inbox_of_two_merchants_senders_never_mix(world: World, shop: Shop) -> None:
    other = world.shop()
    shop.hear("to the first", said_id="same", external_id="same")
    other.hear("to the second", said_id="same", external_id="same")
    assert shop.thread(shop.open()) == [(1, "customer", "to the first")]
    assert other.thread(other.open()) == [(1, "customer", "to the second")]
    assert shop.person().customer_id != other.person().customer_id


def test_a_message_is_found_by_the_providers_id_on_its_inbox_only(world: World, shop: Shop) -> None:
    shop.hear("x", said_id="m1")
    mine = world.read(lambda s: by_external_id(s, shop.id, shop.inboxes["echo"].id, "m1"))
    assert mine is not None
    assert mine.text == "x"
    assert world.read(lambda s: by_external_id(s, shop.id, shop.inboxes["chirp"].id, "m1")) is None


def test_a_batch_commits_together_or_not_at_all(world: World, shop: Shop) -> None:
    good = shop.event("good")
    bad = InboundEvent(None, Said(Text("bad"), "b"), Sender("echo_user", "x"))  # type: ignore[arg-type]
    before = dump(world.db)
    with pytest.raises(Exception, match=r"(?i)null"):
        shop.accept(good, bad)
    assert dump(world.db) == before


def test_page_views_and_carts_are_claims_beside_the_conversation(world: World, shop: Shop) -> None:
    shop.hear(PageViewed("https://shop.example/p/1", "急須"))
    shop.hear(PageViewed("https://shop.example/p/2", "湯のみ", "cup"))
    cart = CartChanged((CartItem("K-1", "急須", 2, 3_000, "JPY"),))
    assert shop.hear(cart) == "cart"
    who = shop.person()
    assert world.facts == [
        PageSeen(shop.id, who.id, who.customer_id, "cup"),
        CartSeen(shop.id, who.id, who.customer_id, ("K-1",)),
    ]
    assert shop.count("conversation") == 0
