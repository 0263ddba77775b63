"""An answer is seen while it is made, by its shopper, as long as it would still be said."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from itertools import groupby
from pathlib import Path

import pytest

from kaiwa.bot.answering import Answering
from kaiwa.bot.known import open_tools
from kaiwa.bot.model.models import Models
from kaiwa.catalog.finder.finder import Finder
from kaiwa.channels import Ability
from kaiwa.conversations.handoff import Act, take
from kaiwa.conversations.so_far import KIND, SoFar, so_far_nudge, told_so_far
from kaiwa.engines.db import Nudge
from kaiwa.engines.llm import Completion, Limits, Message
from kaiwa.listeners import announce_orders, announcer
from tests.bot.model.shops import Scripted
from tests.bot.test_answering import FREER, OWN, connect
from tests.waiting import until
from tests.world import SECRETS, Shop, dump

FIRST, REST = "いえいえ、こちらこそ。", "またいつでもお声がけください。"
LIE = "いまなら送料は無料です。"
Do = Callable[[], object]


class Speaking(Scripted):
    """Says its answer piece by piece; a piece that can be called is done instead, in a thread."""

    def __init__(self, *answers: Sequence[str | Do]) -> None:
        super().__init__(*answers)
        self.left = 0

    async def stream(
        self, messages: Sequence[Message], limits: Limits
    ) -> AsyncGenerator[Completion, None]:
        self.asked.append(list(messages))
        try:
            for one in self.answers.pop(0):
                if isinstance(one, str):
                    yield Completion(one)
                else:
                    await asyncio.to_thread(one)
        except BaseException:
            self.left += 1
            raise


class Story:
    """A shop whose chat can replace what it shows, and what its nudges told while it answered."""

    def __init__(self, shop: Shop, folder: Path) -> None:
        self.shop = shop
        self.folder = folder
        self.told: list[SoFar] = []
        self.typing = 0
        echo = shop.world.echo
        echo.abilities |= {Ability.SO_FAR}
        connect(shop)

    def answered(self, model: Scripted, said: str = "ありがとう") -> list[str]:
        """What the bot says in the end."""
        self.shop.hear(said)
        asyncio.run(asyncio.wait_for(self._turns(model), 60))
        return [one.text for one in self.shop.messages(self.shop.open()) if one.sender == "bot"]

    @property
    def seen(self) -> list[tuple[str, ...]]:
        """What was to be seen, one after the other."""
        return [texts for texts, _ in groupby(one.texts for one in self.told)]

    async def _turns(self, model: Scripted) -> None:
        world, loop = self.shop.world, asyncio.get_running_loop()
        where = (world.clock, self.folder, "https://shop.example")
        tools = open_tools(world.db, Finder(world.db, None, world.clock), *where)
        models = Models(world.db, SECRETS, world.clock, lambda _: model)
        announce = announcer(world.clock)
        bot = Answering(world.db, world.clock, (announce, announce_orders), tools, models)
        listening = asyncio.Event()

        def heard(nudges: list[Nudge]) -> None:
            loop.call_soon_threadsafe(self._heard, nudges)
            loop.call_soon_threadsafe(bot.hear, nudges)

        def missed() -> None:
            loop.call_soon_threadsafe(listening.set)

        world.db.listen(heard, missed)
        if world.db.dialect == "postgres":
            await listening.wait()
        for fact in world.facts:
            world.write(lambda s, told=fact: announce(s, told))  # type: ignore[misc]
        for job in world.claimed("bot"):
            await bot.turn(job)
        await models.close()
        # What was told before this is heard before this.
        world.write(lambda s: s.nudge(Nudge("the end", 0)))
        await until(lambda: self._over)

    _over = False

    def _heard(self, nudges: list[Nudge]) -> None:
        for one in nudges:
            self.typing += one.kind == "typing" and one.note == "bot "
            self._over |= one.kind == "the end"
            if one.kind == KIND and (told := told_so_far(one)):
                self.told.append(told)


@pytest.fixture
def story(shop: Shop, tmp_path: Path) -> Story:
    return Story(shop, tmp_path)


def test_its_first_sentence_is_seen_and_the_message_alone_is_kept(story: Story) -> None:
    shop = story.shop
    kept: list[str] = []

    def look() -> None:
        kept.append(repr(dump(shop.world.db)))

    model = Speaking([FIRST, REST[:3], look, REST[3:]])
    assert story.answered(model) == [FREER]
    assert story.typing == 1
    conv = shop.open()
    assert story.told == [SoFar(conv.id, shop.person().id, conv.customer_id, 1, (FIRST,))]
    assert FIRST not in kept[0]
    assert FREER in repr(dump(shop.world.db))


def test_a_lie_leaves_the_true_beginning_until_the_shops_own_words_come(story: Story) -> None:
    assert story.answered(Speaking([FIRST, LIE, REST])) == [OWN]
    assert story.seen == [(FIRST,)]


def test_who_speaks_again_is_thought_about_anew_at_once(story: Story) -> None:
    model = Speaking(
        [FIRST, REST[:3], lambda: story.shop.hear("やっぱりもう一つ"), lambda: _slow(story), REST],
        ["とんでもないです。", REST, "いえいえ。"],
    )
    assert story.answered(model) == [f"とんでもないです。{REST}いえいえ。"]
    # Seen, gone, and another one behind what was said since.
    again = ("とんでもないです。",)
    assert story.seen == [(FIRST,), (), again, (again[0] + REST,)]
    assert [one.after_seq for one in story.told if one.texts] == [1, 2, 2]
    assert model.left == 1


def test_a_person_who_takes_over_ends_it_at_once(story: Story) -> None:
    shop = story.shop
    agent = shop.agent()

    def taken() -> None:
        conv = shop.open()
        act = Act(shop.id, conv.id, agent.id, conv.epoch)
        shop.world.write(lambda s: take(s, act, shop.world.now))

    model = Speaking([FIRST, REST[:3], taken, lambda: _slow(story), REST])
    assert story.answered(model) == []
    assert story.seen == [(FIRST,), ()]
    assert model.left == 1


def test_where_nothing_can_be_replaced_only_the_message_goes_out(story: Story) -> None:
    story.shop.world.echo.abilities -= {Ability.SO_FAR}
    assert story.answered(Speaking(FREER)) == [FREER]  # asked for as a whole
    assert (story.told, story.typing) == ([], 0)


def test_without_a_model_nothing_is_told(shop: Shop, tmp_path: Path) -> None:
    story = Story(shop, tmp_path)
    shop.world.write(
        lambda s: s.run("DELETE FROM language_model WHERE merchant_id = :m", m=shop.id)
    )
    assert story.answered(Speaking()) == [OWN]
    assert (story.told, story.typing) == ([], 0)


def test_more_words_than_a_notice_carries_are_not_told() -> None:
    told = SoFar(1, 2, 3, 4, ("あ" * 2_000,))
    nudge = so_far_nudge(7, told)
    assert nudge is not None
    assert told_so_far(nudge) == told
    assert so_far_nudge(7, SoFar(1, 2, 3, 4, ("あ" * 2_200,))) is None
    assert told_so_far(Nudge(KIND, 7, 1, 2, '{"of": "another release"}')) is None


def _slow(story: Story) -> None:
    """Longer than anybody waits who knows that it is for nothing."""
    asyncio.run(until(lambda: () in story.seen))
