"""A message is sent once or honestly said to be in doubt, whatever provider or machine do."""

from collections.abc import Callable
from typing import Any

import pytest

from kaiwa.conversations.conversation import held
from kaiwa.conversations.message import Message
from kaiwa.conversations.outbox import Outgoing, cancel_message, say, send_again
from kaiwa.engines.db import Database, Session
from kaiwa.merchants.inbox_change import InboxChange, change_inbox
from kaiwa.vocabulary.errors import Conflict
from kaiwa.vocabulary.reply import Degradation, ImageBlock, Reply, TextBlock
from tests.fakes.echo_channel import EchoChannel, Killed, Mood, texts
from tests.world import SECRETS, START, Shop, World, dump, later


class Mortal:
    """A database whose process is killed at its n-th write, before or after the commit."""

    def __init__(self, db: Database, at: int, *, after: bool) -> None:
        self._db, self._left, self._after = db, at, after

    async def read(self, work: Callable[[Session], Any]) -> Any:
        return await self._db.read(work)

    async def write(self, work: Callable[[Session], Any]) -> Any:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise Killed
        result = await self._db.write(work)
        if self._left == 0:
            raise Killed
        return result


def killed(world: World, at: int, *, after: bool) -> bool:
    """Deliver with a process that dies; the next worker finds its jobs. Whether it died."""
    try:
        world.deliver(Mortal(world.db, at, after=after))  # type: ignore[arg-type]
    except Killed:
        world.reclaim()
        return True
    return False


def dies(world: World) -> None:
    """Deliver with a provider call in which our process dies."""
    with pytest.raises(Killed):
        world.deliver()
    assert world.reclaim() == 1


def waiting(shop: Shop, *words: str, on: str = "echo", token: bool = False) -> list[Message]:
    """The customer wrote, with or without a reply token; these answers are queued."""
    fake = shop.world.channels[on]
    handle = fake.handle("mika") if token else None
    shop.hear("hello", on=on, reply_handle=handle)
    there = shop.person(on=on).id
    return [say_on(shop, word, on, identity_id=there) for word in words]


def say_on(shop: Shop, words: str | Reply, on: str, **fields: Any) -> Message:
    conv = shop.open("mika", on)
    reply = texts(words) if isinstance(words, str) else words
    out = Outgoing(reply, "bot", f"k-{conv.last_seq}-{id(reply)}", **fields)
    return shop.world.write(lambda s: say(s, held(s, shop.id, conv.id), out, shop.world.now))


def states(shop: Shop, *messages: Message) -> list[str]:
    return [shop.message(one.id).state for one in messages]


def operations(fake: EchoChannel) -> list[tuple[str, tuple[str, ...]]]:
    return [(taken.operation, taken.texts) for taken in fake.accepted]


def test_a_message_is_queued_then_accepted_with_the_providers_id(world: World, shop: Shop) -> None:
    (said,) = waiting(shop, "はい")
    assert (said.state, said.external_id) == ("queued", None)
    assert world.deliver() == 1
    after = shop.message(said.id)
    assert (after.state, after.attempts, after.error) == ("accepted", 1, None)
    assert after.external_id == world.echo.accepted[0].external_id
    assert operations(world.echo) == [("push", ("はい",))]
    assert world.deliver() == 0


def test_the_reply_token_is_used_first_and_once(world: World, shop: Shop) -> None:
    first, second = waiting(shop, "一", "二", token=True)
    world.deliver_all()
    assert operations(world.echo) == [("reply", ("一",)), ("push", ("二",))]
    assert states(shop, first, second) == ["accepted", "accepted"]


def test_two_addresses_cannot_use_one_token(world: World, shop: Shop) -> None:
    handle = world.echo.handle("mika")
    shop.hear("a", sender="mika", reply_handle=handle)
    shop.hear("b", sender="ren", reply_handle=handle)
    shop.say("れんへ", sender="ren")
    shop.say("みかへ", sender="mika")
    world.deliver_all()
    assert [(one.operation, one.to) for one in world.echo.accepted] == [
        ("push", "ren"), ("reply", "mika"),
    ]  # fmt: skip


def test_an_expired_token_is_not_tried(world: World, shop: Shop) -> None:
    waiting(shop, "はい", token=True)
    world.clock.move(61)
    world.deliver()
    assert [call.operation for call in world.echo.calls] == ["push"]


def test_a_token_somebody_else_spent_falls_back_to_push_at_once(world: World, shop: Shop) -> None:
    handle = world.echo.handle("mika")
    shop.hear("a", reply_handle=handle)
    said = shop.say("はい")
    world.echo.spend(handle)
    world.deliver()
    assert [call.operation for call in world.echo.calls] == ["reply", "push"]
    assert states(shop, said) == ["accepted"]
    later_said = shop.say("そして")
    world.deliver()
    assert [call.operation for call in world.echo.calls] == ["reply", "push", "push"]
    assert states(shop, later_said) == ["accepted"]


def test_a_lost_answer_is_asked_again_with_the_same_key_and_accepted_once(
    world: World, shop: Shop
) -> None:
    (said,) = waiting(shop, "はい")
    world.echo.moods.extend(["accepts_silently", "loses_silently", ("busy", 9)])
    world.deliver()
    assert states(shop, said) == ["sending"]
    world.deliver_all()
    assert world.echo.received("mika") == ["はい"]
    assert len(world.echo.calls) == 4
    assert len({call.retry_key for call in world.echo.calls}) == 1
    after = shop.message(said.id)
    assert (after.state, after.external_id) == ("accepted", world.echo.accepted[0].external_id)


def test_every_message_has_a_key_of_its_own(world: World, shop: Shop) -> None:
    waiting(shop, "一", "二", "三")
    world.deliver_all()
    assert len({call.retry_key for call in world.echo.calls}) == 3


def test_a_busy_provider_is_left_alone_as_long_as_it_wishes_and_order_is_kept(
    world: World, shop: Shop
) -> None:
    first, second = waiting(shop, "一", "二")
    world.echo.moods.append(("busy", 30))
    assert world.deliver() == 1
    assert states(shop, first, second) == ["queued", "queued"]
    world.clock.move(29.9)
    assert world.deliver() == 0
    assert len(world.echo.calls) == 1
    world.clock.move(0.1)
    world.deliver()
    assert world.echo.received("mika") == ["一", "二"]


def test_another_customer_does_not_wait_behind_a_message_that_is_tried_again(
    world: World, shop: Shop
) -> None:
    waiting(shop, "一")
    world.echo.moods.append(("busy", 30))
    shop.hear("b", sender="ren")
    shop.say("れんへ", sender="ren")
    world.deliver()
    assert world.echo.received("ren") == ["れんへ"]
    assert world.echo.received("mika") == []


def test_a_message_for_later_holds_up_nothing_said_now(world: World, shop: Shop) -> None:
    shop.hear("a")
    tomorrow = shop.say("明日のお知らせ", not_before=START + later(86_400))
    now = shop.say("今の返事")
    world.deliver()
    assert states(shop, tomorrow, now) == ["queued", "accepted"]
    world.clock.move(86_400)
    world.deliver()
    assert world.echo.received("mika") == ["今の返事", "明日のお知らせ"]


def test_who_has_blocked_us_is_noted_and_not_tried_again(world: World, shop: Shop) -> None:
    first, second = waiting(shop, "一", "二")
    world.echo.moods.append("blocked")
    world.deliver_all()
    assert [(m.state, bool(m.permanent)) for m in map(shop.message, (first.id, second.id))] == [
        ("failed", True), ("failed", False),
    ]  # fmt: skip
    assert shop.message(second.id).error == "blocked: the customer has blocked the shop's account"
    assert shop.person().blocked_at == START
    assert len(world.echo.calls) == 1
    with pytest.raises(Conflict):
        again(shop, first)


def test_a_switched_off_inbox_sends_nothing_until_it_is_on_again(world: World, shop: Shop) -> None:
    (first,) = waiting(shop, "一")
    ids = (shop.id, shop.box().id)
    world.write(lambda s: change_inbox(s, ids, InboxChange(active=False), SECRETS, START))
    world.deliver_all()
    failed = shop.message(first.id)
    assert (failed.state, failed.error) == ("failed", "inbox_off: the inbox is switched off")
    assert world.echo.calls == []
    world.write(lambda s: change_inbox(s, ids, InboxChange(active=True), SECRETS, START))
    again(shop, first)
    world.deliver_all()
    assert shop.message(first.id).state == "accepted"


def test_a_used_up_quota_is_known_from_then_on(world: World, shop: Shop) -> None:
    first, second = waiting(shop, "一", "二")
    world.echo.moods.append("quota")
    world.deliver_all()
    assert states(shop, first, second) == ["failed", "failed"]
    assert shop.box().quota_left == 0
    assert str(shop.message(first.id).error).startswith("quota: ")
    assert str(shop.message(second.id).error).startswith("quota: this month's")
    assert len(world.echo.calls) == 1


def test_a_known_quota_counts_down_with_what_it_is_spent_on(world: World, shop: Shop) -> None:
    set_quota(shop, 2)
    waiting(shop, "free", "一", "二", "三", token=True)
    world.deliver_all()
    assert operations(world.echo) == [("reply", ("free",)), ("push", ("一",)), ("push", ("二",))]
    assert shop.box().quota_left == 0


def set_quota(shop: Shop, left: int) -> None:
    box = shop.inboxes["echo"].id
    shop.world.write(
        lambda s: s.run("UPDATE inbox SET quota_left = :left WHERE id = :id", left=left, id=box)
    )


def trouble(shop: Shop) -> str | None:
    box = shop.inboxes["echo"].id
    row = shop.world.read(lambda s: s.one("SELECT trouble FROM inbox WHERE id = :id", id=box))
    assert row is not None
    found: str | None = row[0]
    return found


def test_wrong_credentials_show_on_the_inbox_until_the_next_success(
    world: World, shop: Shop
) -> None:
    first, second = waiting(shop, "一", "二")
    world.echo.moods.append("credentials")
    world.deliver()
    assert states(shop, first, second) == ["failed", "accepted"]
    assert trouble(shop) is None
    world.echo.moods.append("credentials")
    third = shop.say("三")
    world.deliver()
    assert (states(shop, third), trouble(shop)) == (["failed"], "The provider says credentials.")
    again(shop, third)
    world.deliver()
    assert (states(shop, third), trouble(shop)) == (["accepted"], None)


@pytest.mark.parametrize(("mood", "final"), [("window_closed", False), ("invalid", True)])
def test_a_refusal_is_final_or_may_be_tried_again(
    world: World, shop: Shop, mood: Mood, final: bool
) -> None:
    (said,) = waiting(shop, "はい")
    world.echo.moods.append(mood)
    world.deliver_all()
    after = shop.message(said.id)
    assert (after.state, bool(after.permanent)) == ("failed", final)
    assert world.echo.accepted == []
    if final:
        with pytest.raises(Conflict):
            again(shop, said)
    else:
        assert again(shop, said).state == "queued"
        world.deliver()
        assert world.echo.received("mika") == ["はい"]


def again(shop: Shop, one: Message, *, may_double: bool = False) -> Message:
    now = shop.world.now
    return shop.world.write(
        lambda s: send_again(s, shop.id, one.id, may_double=may_double, now=now)
    )


@pytest.mark.parametrize(("mood", "state"), [("down", "failed"), ("loses_silently", "unknown")])
def test_in_the_end_a_provider_that_never_answers_is_given_up(
    world: World, shop: Shop, mood: Mood, state: str
) -> None:
    (said,) = waiting(shop, "はい")
    world.echo.moods.extend([mood] * 20)
    world.deliver_all()
    after = shop.message(said.id)
    assert (after.state, len(world.echo.calls)) == (state, 10)
    assert str(after.error).startswith("unreachable: ")


def test_a_mistake_in_the_adapter_ends_in_doubt_not_in_silence(world: World, shop: Shop) -> None:
    first, second = waiting(shop, "一", "二")
    world.echo.moods.extend(["odd"] * 10)
    world.deliver_all()
    assert states(shop, first, second) == ["unknown", "accepted"]
    assert str(shop.message(first.id).error) == "RuntimeError: the adapter did not expect this"


def test_a_reply_that_cannot_be_rendered_fails(
    world: World, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    (said,) = waiting(shop, "一")
    monkeypatch.setattr(world.echo, "render", _breaks)
    world.deliver_all()
    after = shop.message(said.id)
    assert (after.state, world.echo.calls) == ("failed", [])
    assert str(after.error).startswith("KeyError")


@pytest.mark.parametrize("token", [False, True])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", [1, 2])
def test_killed_at_any_write_it_is_accepted_exactly_once(
    world: World, shop: Shop, at: int, after: bool, token: bool
) -> None:
    first, second = waiting(shop, "一", "二", token=token)
    died = killed(world, at, after=after)
    world.deliver_all()
    assert died
    assert world.echo.received("mika") == ["一", "二"]
    assert states(shop, first, second) == ["accepted", "accepted"]


@pytest.mark.parametrize("mood", ["dies_before", "dies_after"])
@pytest.mark.parametrize("token", [False, True])
def test_killed_in_the_call_it_is_accepted_exactly_once(
    world: World, shop: Shop, mood: Mood, token: bool
) -> None:
    (said,) = waiting(shop, "はい", token=token)
    world.echo.moods.append(mood)
    dies(world)
    assert states(shop, said) == ["sending"]
    world.deliver_all()
    assert world.echo.received("mika") == ["はい"]
    assert states(shop, said) == ["accepted"]
    assert len({(call.operation, call.retry_key) for call in world.echo.calls}) == 1


@pytest.mark.parametrize("mood", ["dies_before", "dies_after"])
def test_without_keys_a_crash_leaves_it_unknown_and_nobody_sends_it_again(
    world: World, shop: Shop, mood: Mood
) -> None:
    (said,) = waiting(shop, "はい", on="plain")
    world.plain.moods.append(mood)
    dies(world)
    world.deliver_all()
    assert states(shop, said) == ["unknown"]
    assert len(world.plain.calls) == 1
    world.clock.move(100_000)
    world.deliver_all()
    assert len(world.plain.calls) == 1


def test_a_token_that_ran_out_in_doubt_leaves_it_unknown(world: World, shop: Shop) -> None:
    (said,) = waiting(shop, "はい", token=True)
    world.echo.moods.append("dies_after")
    dies(world)
    world.clock.move(59.5)
    world.deliver_all()
    assert (states(shop, said), len(world.echo.calls)) == (["unknown"], 1)


def test_a_token_that_runs_out_while_asking_again_proves_nothing(world: World, shop: Shop) -> None:
    (said,) = waiting(shop, "はい", token=True)
    world.echo.moods.extend(["dies_before", ("takes", 50)])
    dies(world)
    world.clock.move(30)
    world.deliver_all()
    assert [call.operation for call in world.echo.calls] == ["reply", "reply"]
    assert (world.echo.accepted, states(shop, said)) == ([], ["unknown"])


@pytest.mark.parametrize("mood", ["credentials", "quota", "invalid", "window_closed"])
def test_a_refusal_says_nothing_of_an_earlier_call_in_doubt(
    world: World, shop: Shop, mood: Mood
) -> None:
    (said,) = waiting(shop, "はい")
    world.echo.moods.extend(["accepts_silently", mood])
    world.deliver_all()
    assert states(shop, said) == ["unknown"]
    with pytest.raises(Conflict):
        again(shop, said)
    assert world.echo.received("mika") == ["はい"]


def test_what_is_unknown_is_sent_again_only_by_who_accepts_that_it_may_double(
    world: World, shop: Shop
) -> None:
    (said,) = waiting(shop, "はい", on="plain")
    world.plain.moods.append("dies_after")
    dies(world)
    world.deliver_all()
    before = dump(world.db)
    with pytest.raises(Conflict):
        again(shop, said)
    assert dump(world.db) == before
    assert again(shop, said, may_double=True).state == "queued"
    world.deliver_all()
    assert world.plain.received("mika") == ["はい", "はい"]
    assert states(shop, said) == ["accepted"]
    with pytest.raises(Conflict):
        again(shop, said, may_double=True)


def test_two_calls_go_out_in_order_with_keys_of_their_own(world: World, shop: Shop) -> None:
    shop.hear("a")
    said = shop.say(texts("一", "二"))
    world.deliver()
    assert operations(world.echo) == [("push", ("一",)), ("push", ("二",))]
    assert len({call.retry_key for call in world.echo.calls}) == 2
    assert shop.message(said.id).external_id == world.echo.accepted[0].external_id


@pytest.mark.parametrize("moods", [["well", "dies_before"], ["well", "dies_after"], ["dies_after"]])
def test_a_crash_between_two_calls_resumes_where_it_was(
    world: World, shop: Shop, moods: list[Mood]
) -> None:
    shop.hear("a")
    said = shop.say(texts("一", "二", "三"))
    world.echo.moods.extend(moods)
    dies(world)
    world.deliver_all()
    assert world.echo.received("mika") == ["一", "二", "三"]
    assert states(shop, said) == ["accepted"]


@pytest.mark.parametrize("at", range(1, 5))
@pytest.mark.parametrize("after", [False, True])
def test_a_reply_that_goes_on_as_a_push_survives_any_kill(
    world: World, shop: Shop, at: int, after: bool
) -> None:
    words = [f"{n}つ目" for n in range(7)]
    shop.hear("a", reply_handle=world.echo.handle("mika"))
    said = shop.say(texts(*words))
    assert killed(world, at, after=after)
    world.deliver_all()
    assert world.echo.received("mika") == words
    assert [taken.operation for taken in world.echo.accepted] == ["reply", "push", "push"]
    assert states(shop, said) == ["accepted"]


@pytest.mark.parametrize("mood", [("busy", 5), "down"])
def test_a_second_call_that_surely_failed_is_made_again_even_without_keys(
    world: World, shop: Shop, mood: Mood
) -> None:
    shop.hear("a", on="plain")
    said = say_on(shop, texts("一", "二"), "plain")
    world.plain.moods.extend(["well", mood])
    world.deliver()
    assert states(shop, said) == ["queued"]
    with pytest.raises(Conflict):
        world.write(lambda s: cancel_message(s, shop.id, said.id))
    world.deliver_all()
    assert world.plain.received("mika") == ["一", "二"]
    assert states(shop, said) == ["accepted"]


def test_sending_again_sends_only_what_was_not_accepted(world: World, shop: Shop) -> None:
    shop.hear("a")
    said = shop.say(texts("一", "二"))
    world.echo.moods.extend(["well", "window_closed"])
    world.deliver()
    assert states(shop, said) == ["failed"]
    again(shop, said)
    world.deliver()
    assert world.echo.received("mika") == ["一", "二"]
    assert states(shop, said) == ["accepted"]


def test_what_the_channel_could_not_show_is_kept_with_the_message(world: World, shop: Shop) -> None:
    shop.hear("a")
    picture = ImageBlock(alt_text="青い急須の写真", url="https://shop.example/a.jpg")
    said = shop.say(Reply((TextBlock(text="こちらです"), picture)))
    assert shop.message(said.id).degradations == ()
    world.deliver()
    assert shop.message(said.id).degradations == (Degradation("image", "text", "the picture"),)
    assert world.echo.received("mika") == ["こちらです", "青い急須の写真"]


def test_a_queued_message_can_be_taken_back_and_frees_those_behind_it(
    world: World, shop: Shop
) -> None:
    first, second = waiting(shop, "一", "二")
    assert world.write(lambda s: cancel_message(s, shop.id, first.id)).state == "cancelled"
    world.deliver_all()
    assert (states(shop, first, second), world.echo.received("mika")) == (
        ["cancelled", "accepted"], ["二"],
    )  # fmt: skip


@pytest.mark.parametrize("when", ["claimed", "sending", "accepted", "cancelled", "failed"])
def test_it_is_too_late_to_take_back_what_was_begun(world: World, shop: Shop, when: str) -> None:
    (said,) = waiting(shop, "はい")
    match when:
        case "claimed":
            world.claimed("delivery")
        case "sending":
            world.echo.moods.append("loses_silently")
            world.deliver()
        case "accepted":
            world.deliver()
        case "cancelled":
            world.write(lambda s: cancel_message(s, shop.id, said.id))
        case _:
            world.echo.moods.append("invalid")
            world.deliver()
    before = dump(world.db)
    with pytest.raises(Conflict):
        world.write(lambda s: cancel_message(s, shop.id, said.id))
    assert dump(world.db) == before


def test_a_busy_message_can_still_be_taken_back(world: World, shop: Shop) -> None:
    (said,) = waiting(shop, "はい")
    world.echo.moods.append(("busy", 30))
    world.deliver()
    assert world.write(lambda s: cancel_message(s, shop.id, said.id)).state == "cancelled"
    assert not world.wait_for_delivery()
    assert world.echo.accepted == []


def test_a_job_that_was_lost_sends_nothing(world: World, shop: Shop) -> None:
    (said,) = waiting(shop, "はい")
    (stale,) = world.claimed("delivery")
    world.reclaim()
    world.deliver()
    assert world.echo.received("mika") == ["はい"]
    before = dump(world.db)
    world.carry(stale)
    assert dump(world.db) == before
    assert len(world.echo.calls) == 1
    assert states(shop, said) == ["accepted"]


def test_of_two_workers_with_one_job_only_its_owner_sends(world: World, shop: Shop) -> None:
    waiting(shop, "はい")
    (stale,) = world.claimed("delivery")
    world.reclaim()
    (fresh,) = world.claimed("delivery")
    world.carry(stale)
    assert world.echo.calls == []
    world.carry(fresh)
    assert world.echo.received("mika") == ["はい"]


def test_only_failed_or_unknown_messages_are_sent_again(world: World, shop: Shop) -> None:
    (said,) = waiting(shop, "はい")
    for _ in range(2):
        before = dump(world.db)
        with pytest.raises(Conflict):
            again(shop, said, may_double=True)
        assert dump(world.db) == before
        world.deliver()


def _breaks(reply: object, route: object) -> None:
    raise KeyError("nothing")
