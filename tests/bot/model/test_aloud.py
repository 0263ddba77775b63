"""A model that is heard while it speaks: only what is true is shown, and the whole decides."""

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaiwa.bot.model.aloud import aloud
from kaiwa.bot.model.call import Call
from kaiwa.bot.model.phrased import Phrased, Untrue
from kaiwa.engines.db import Database
from kaiwa.engines.llm import Completion, Limits, Usage
from kaiwa.vocabulary.errors import Refused, Unreachable
from tests.bot.model.drafts import DRAFTS
from tests.bot.model.lies import LIES, ORDERS
from tests.bot.model.more_paraphrases import MORE
from tests.bot.model.paraphrases import PARAPHRASES
from tests.bot.model.shops import ModelShop, Scripted, served
from tests.bot.model.test_lying import heard
from tests.bot.model.test_turn import scripted
from tests.fakes.model_server import Act, Hang, ModelServer, Raw, Say, Stall, Status

NAME = "price.ja"
PRICE = DRAFTS[NAME]
FIRST, SECOND, LAST = (
    "{{p1.title}}ですね。",
    "お値段は税込で{{p1.price}}です。",
    "在庫もございます。",
)
ONE, TWO = "東雲ケトルですね。", "東雲ケトルですね。お値段は税込で¥6,600です。"
WHOLE = [TWO + LAST]
LIE = "いまなら送料は無料です。"
BEGUN: tuple[str, ...] = ()


class Watcher:
    """What a shopper sees, and when (in the loop's seconds)."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, ...]] = []
        self.at: list[float] = []
        self._more = asyncio.Event()

    async def has_seen(self, times: int) -> None:
        while len(self.seen) < times:
            self._more.clear()
            await asyncio.wait_for(self._more.wait(), 20)

    async def __call__(self, texts: tuple[str, ...]) -> None:
        self._more.set()
        self.seen.append(texts)
        self.at.append(asyncio.get_running_loop().time())


async def phrased(shop: ModelShop, name: str = NAME) -> tuple[list[str] | None, Watcher]:
    watcher = Watcher()
    turn = await shop.turn()
    return await turn.phrase(DRAFTS[name], watcher), watcher


async def test_sentences_are_shown_as_they_come_and_the_whole_is_said(database: Database) -> None:
    shop, _ = scripted(database, FIRST + SECOND + LAST)
    said, watcher = await phrased(shop)
    assert watcher.seen == [BEGUN, (ONE,), (TWO,)]
    assert said == WHOLE
    assert (await shop.spent()).taken == 1


async def test_each_text_of_the_reply_is_shown_apart(database: Database) -> None:
    words = (
        "{{number1}}見つかりました。\n\n"
        "{{p1.title}}は{{p1.price}}、{{p2.title}}は{{p2.price}}です。よろしければどうぞ。"
    )
    shop, _ = scripted(database, words)
    said, watcher = await phrased(shop, "two.ja")
    first, second = "2点見つかりました。", "東雲ケトルは¥6,600、朝霧ドリッパーは¥2,200です。"
    assert watcher.seen == [BEGUN, (first,), (first, second)]
    assert said == [first, second + "よろしければどうぞ。"]


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (LIE + FIRST + SECOND + LAST, []),
        (FIRST + LIE + SECOND + LAST, [(ONE,)]),
        (FIRST + SECOND + LAST + LIE, [(ONE,), (TWO,), (TWO + LAST,)]),
        # True in every sentence, and still no answer: the price is left out.
        (FIRST + LAST + "ありがとうございます。", [(ONE,), (ONE + LAST,)]),
        (FIRST + "{{p9.price}}です。" + SECOND + LAST, [(ONE,)]),
        (FIRST + "{{p1.pri。ce}}です。" + LAST, [(ONE,)]),
        (FIRST + ORDERS[0], [(ONE,)]),
        (FIRST + SECOND + LAST + "\n\n" + "ありがとうございます。\n\n" * 6, None),
    ],
)
async def test_the_first_lie_is_where_it_ends(
    database: Database, words: str, seen: list[tuple[str, ...]] | None
) -> None:
    shop, _ = scripted(database, words)
    said, watcher = await phrased(shop)
    assert said is None
    if seen is not None:
        assert watcher.seen == [BEGUN, *seen]
    for texts in watcher.seen:
        assert LIE not in "".join(texts)
    assert (await shop.spent()).untrue == 1


BROKEN: list[tuple[Act, list[tuple[str, ...]]]] = [
    (Say(FIRST + SECOND + "在庫も", stalls_s=30.0), [(ONE,), (TWO,)]),
    (Say(FIRST + SECOND + "在庫も", finish="length"), [(ONE,), (TWO,)]),
    (Say(FIRST + "お値段", finish="content_filter"), [(ONE,)]),
    (Hang(FIRST + SECOND + "在庫も"), [(ONE,), (TWO,)]),
    (Stall(), []),
    (Status(500), []),
    (Raw(b"{}"), []),
    (Raw(b"\xff\xfe", "text/event-stream"), []),
    (Raw(b'data: {"choices": 7}\n\n', "text/event-stream"), []),
    (Say(""), []),
]


@pytest.mark.parametrize(("act", "seen"), BROKEN, ids=[f"{act!r:.40}" for act, _ in BROKEN])
async def test_what_breaks_off_is_no_answer_and_ends_with_the_time_of_the_turn(
    database: Database, act: Act, seen: list[tuple[str, ...]]
) -> None:
    pytest.importorskip("pydantic_ai")
    server = ModelServer([act])
    timeout_s = 2.0 if isinstance(act, Stall) or (isinstance(act, Say) and act.stalls_s) else 20.0
    async with served(database, server, turn_timeout_s=timeout_s) as shop:
        begun = asyncio.get_running_loop().time()
        said, watcher = await phrased(shop)
        took_s = asyncio.get_running_loop().time() - begun
        day = await shop.spent()
    assert said is None
    assert watcher.seen == [BEGUN, *seen]
    assert took_s < 15
    assert (day.calls, day.taken) == (1, 0)


@pytest.mark.parametrize("size", [1, 2, 3, 1_000])
@pytest.mark.parametrize("wire_bytes", [0, 1, 5])
async def test_where_the_wire_is_cut_changes_nothing(
    database: Database, size: int, wire_bytes: int
) -> None:
    pytest.importorskip("pydantic_ai")
    act = Say(FIRST + SECOND + LAST, size=size, wire_bytes=wire_bytes)
    async with served(database, ModelServer([act])) as shop:
        said, watcher = await phrased(shop)
    assert said == WHOLE
    assert watcher.seen == [BEGUN, (ONE,), (TWO,)]


async def test_the_first_sentence_is_there_long_before_the_whole(database: Database) -> None:
    pytest.importorskip("pydantic_ai")
    act = Say(FIRST + SECOND + LAST, size=4, pause_s=0.1)
    async with served(database, ModelServer([act]), turn_timeout_s=20.0) as shop:
        begun = asyncio.get_running_loop().time()
        said, watcher = await phrased(shop)
        whole_s = asyncio.get_running_loop().time() - begun
    assert said == WHOLE
    assert watcher.at[1] - begun < whole_s / 2


async def test_a_lie_is_hung_up_on_and_what_it_cost_stays_spent(database: Database) -> None:
    pytest.importorskip("pydantic_ai")
    server = ModelServer([Say(LIE + FIRST, stalls_s=20.0)])
    async with served(database, server, turn_timeout_s=20.0) as shop:
        begun = asyncio.get_running_loop().time()
        assert (await phrased(shop))[0] is None
        assert asyncio.get_running_loop().time() - begun < 10
        day = await shop.spent()
        await _until_left(server)
    assert (day.untrue, server.left) == (1, 1)
    # Nobody saw the end of it.
    assert day.tokens > 800


async def test_who_stops_listening_hangs_up_and_pays(database: Database) -> None:
    pytest.importorskip("pydantic_ai")
    server = ModelServer([Say(FIRST + SECOND, stalls_s=20.0)])
    async with served(database, server, turn_timeout_s=20.0) as shop:
        watcher = Watcher()
        turn = await shop.turn()
        task = asyncio.ensure_future(turn.phrase(PRICE, watcher))
        await watcher.has_seen(2)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        day = await shop.spent()
        await _until_left(server)
    assert (day.unreachable, server.left) == (1, 1)
    assert day.tokens > 800


async def _until_left(server: ModelServer) -> None:
    for _ in range(500):
        if server.left:
            return
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "trouble", [Refused("no"), Unreachable("no", maybe_done=True), KeyError("x"), MemoryError()]
)
async def test_no_failure_reaches_the_turn(database: Database, trouble: Exception) -> None:
    shop, _ = scripted(database, trouble)
    assert (await phrased(shop))[0] is None


async def test_what_was_used_is_known_at_the_end_only(database: Database) -> None:
    class Counting(Scripted):
        async def stream(self, messages: Any, limits: Any) -> Any:
            yield Completion(FIRST + "お", Usage(100, 1))
            raise Unreachable("gone", maybe_done=True)

    shop = ModelShop(database, lambda _: Counting())
    shop.connect()
    assert (await phrased(shop))[0] is None
    assert (await shop.spent()).tokens > 800


def test_every_honest_paraphrase_is_heard_aloud_as_well() -> None:
    """The check of the parts refuses nothing that the check of the whole takes."""
    lost = []
    for name, raw in [*PARAPHRASES, *MORE]:
        shown, said = _listened(name, raw, 3)
        if heard(name, raw) and said is None:
            lost.append((name, raw, shown))
    assert lost == []


def _listened(name: str, raw: str, size: int) -> tuple[list[tuple[str, ...]], list[str] | None]:
    """What is shown, and what is said, of words that come in pieces of that size."""

    class Pieces(Scripted):
        async def stream(self, messages: Any, limits: Any) -> Any:
            for at in range(0, len(raw), size):
                yield Completion(raw[at : at + size])

    watcher = Watcher()
    checker = Phrased(DRAFTS[name])

    async def listened() -> list[str] | None:
        call = Call(Pieces(), [], Limits(), lambda *_: None)
        try:
            told = await aloud(call, checker, watcher)
            return None if told is None else list(checker.texts(told))
        except Untrue:
            return None

    return watcher.seen, asyncio.run(listened())


WORDS = [
    *(raw for _, raw in [*PARAPHRASES, *MORE]), *LIES["ja"], *LIES["en"], *ORDERS, "{{", "}}",
    "{{p1.", "price}}", "{{p1.price}}", "**", "# ", "> ", "```", "\n\n", "。", ". ", "！？",
    "\u200b", "0", "¥6,600", "ございます",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(DRAFTS)),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=6),
    st.integers(1, 40),
)
def test_whatever_is_streamed_all_that_is_shown_is_true(
    name: str, parts: list[str], size: int
) -> None:
    words = "".join(parts)
    shown, said = _listened(name, words, size)
    assert shown[0] == BEGUN
    assert set(shown[1:]) <= _true_beginnings(name, words)
    for one, other in pairwise(shown):
        assert "".join(other).startswith("".join(one))
    if said is not None:
        assert tuple(said) == Phrased(DRAFTS[name]).texts(words)
        assert "".join(said).startswith("".join(shown[-1]))


def _true_beginnings(name: str, words: str) -> set[tuple[str, ...]]:
    """What the checker of whole answers makes of all that could be the end of a sentence."""
    checker = Phrased(DRAFTS[name])
    found = set()
    for at in range(1, len(words) + 1):
        if words[at - 1] in "。！？!?.\n」』）)":
            try:
                found.add(checker.first_texts(words[:at]))
            except Untrue:
                continue
    return found
