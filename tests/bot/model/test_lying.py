"""A model that lies, 2,000 times over a real wire: nothing untrue leaves, the honest words do."""

import asyncio
import json
import random
from contextlib import closing
from functools import cache
from typing import Any

import pytest

from kaiwa.bot.model.phrased import Phrased, Untrue
from kaiwa.bot.model.phrasing import Sentences
from kaiwa.bot.model.slots import filled
from kaiwa.engines.db import open_database
from kaiwa.vocabulary.language import Language
from tests.bot.model.drafts import DRAFTS
from tests.bot.model.lies import LIES, ORDERS
from tests.bot.model.more_lies import MORE_LIES
from tests.bot.model.more_paraphrases import MORE
from tests.bot.model.paraphrases import PARAPHRASES
from tests.bot.model.shops import ModelShop, served
from tests.bot.model.splices import MORPHS, SPLICES
from tests.fakes.model_server import Act, ModelServer, Raw, Say, Status

TURNS = 2_000
AT_ONCE = 16
HONEST = [*PARAPHRASES, *MORE]
ALL_LIES: dict[Language, list[str]] = {
    "ja": LIES["ja"] + MORE_LIES["ja"],
    "en": LIES["en"] + MORE_LIES["en"],
}


@cache
def heard(name: str, raw: str) -> bool:
    """Whether the words are taken."""
    try:
        return bool(Phrased(DRAFTS[name]).texts(raw))
    except Untrue:
        return False


@cache
def honest_pieces(name: str) -> list[str]:
    """Every sentence that may leave: of the honest paraphrases and of the draft; longest first."""
    pieces = set(DRAFTS[name].texts)
    values = Phrased(DRAFTS[name]).slots.values
    for raw in [raw for of, raw in HONEST if of == name]:
        cut, at = Sentences(), 0
        for so_far in [*cut.more(raw), raw]:
            pieces.add((filled(so_far[at:], values) or "").strip())
            at = len(so_far)
    return sorted(pieces - {""}, key=len, reverse=True)


class Liar:
    """Answers each call by its draft (told by what the shopper said), most often with a lie."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.by_reply = {
            (draft.language, *Phrased(draft).slots.texts): name for name, draft in DRAFTS.items()
        }
        self.honest = 0

    def __call__(self, body: dict[str, Any]) -> Act:
        told = json.loads(body["messages"][-1]["content"])
        return self.said(self.by_reply[told["language"], *told["reply"]], told["shopper_said"])

    def said(self, name: str, shopper_said: str) -> Act:
        """What it says of a draft."""
        words = self.dice.choice([raw for of, raw in HONEST if of == name])
        roll = self.dice.random()
        if roll < 0.2:
            self.honest += heard(name, words)
            return Say(words)
        if roll < 0.3:
            return self._broken(words, shopper_said)
        return Say(self.lie(name, words), size=self.dice.choices([3, 30, 300], [1, 3, 6])[0])

    def lie(self, name: str, words: str) -> str:
        """Honest words with a lie in them, disguised or not."""
        language = DRAFTS[name].language
        lie = self.dice.choice(MORPHS)(self.dice.choice(ALL_LIES[language]), self.dice)
        return self.dice.choice(SPLICES)(words, lie, self.dice)

    def _broken(self, words: str, said: str) -> Act:
        acts: list[Act] = [
            Status(500),
            Raw(b"{}"),
            Raw(b"\xff"),
            Say(""),
            Say(words, "length"),
            Say("x" * 60_000, size=9_000),
            Say("{{p9.price}} " + words),
            Say(said),
            Say(self.dice.choice(ORDERS)),
            Say("}}{{" + words),
            Say("{{p1.price"),
        ]
        return self.dice.choice(acts)


async def test_nothing_untrue_leaves_in_two_thousand_turns(sqlite_url: str) -> None:
    pytest.importorskip("pydantic_ai")
    liar = Liar(1)
    names = sorted(DRAFTS)
    said: list[tuple[str, list[str]]] = []
    with closing(open_database(sqlite_url)) as db:
        async with served(db, ModelServer(script=liar), daily_tokens=10**12) as shop:
            for start in range(0, TURNS, AT_ONCE):
                row = [names[at % len(names)] for at in range(start, min(TURNS, start + AT_ONCE))]
                # Half of them stream: there every sentence must hold by itself.
                told = await asyncio.gather(
                    *(_said(shop, name, stream=at % 2 == 1) for at, name in enumerate(row))
                )
                said += zip(row, told, strict=True)
                shop.clock.move(60)
            day = await shop.spent()
    assert len(said) == TURNS
    assert [one for one in said if not _true(*one)] == []
    phrased = [name for name, texts in said if "".join(texts) != "".join(DRAFTS[name].texts)]
    assert day.taken + day.untrue + day.unusable + day.unreachable == day.calls
    # Two in ten tell the truth (what rests after failures apart): their words are heard.
    assert len(phrased) >= liar.honest * 0.9 > TURNS * 0.1
    assert day.untrue > TURNS * 0.5


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_nor_with_any_other_dice(seed: int) -> None:
    liar = Liar(seed)
    names = sorted(DRAFTS)
    leaks = []
    for turn in range(TURNS):
        name = names[turn % len(names)]
        words = liar.dice.choice([raw for of, raw in HONEST if of == name])
        lie = liar.lie(name, words)
        if not _true(name, _left(Phrased(DRAFTS[name]), lie)):
            leaks.append((name, lie))
    assert leaks == []


def _left(phrased: Phrased, raw: str) -> list[str]:
    """All that would leave of an answer that streams: its sentences up to the first that lies."""
    told = ""
    cut = Sentences()
    for so_far in [*cut.more(raw), raw]:
        try:
            told = phrased.so_far(so_far)
        except Untrue:
            break
    return [told]


async def _said(shop: ModelShop, name: str, *, stream: bool) -> list[str]:
    """What leaves: the model's words where they are taken, the draft's where not."""
    draft = DRAFTS[name]
    turn = await shop.models.turn(shop.merchant)
    if turn is None:
        return list(draft.texts)
    seen: list[str] = []

    async def shown(texts: tuple[str, ...]) -> None:
        seen[:] = texts

    said = await turn.phrase(draft, shown if stream else None) or list(draft.texts)
    assert _true(name, seen), (name, seen)
    return said


def _true(name: str, texts: list[str]) -> bool:
    """By no means of the checker's: all that leaves are whole honest sentences of this draft."""
    rest = "".join(texts) if len(texts) == 1 else "\n".join(texts)
    for piece in honest_pieces(name):
        rest = rest.replace(piece, "")
    return not rest.strip()


def test_nine_of_ten_honest_paraphrases_are_heard() -> None:
    lost = [(name, raw) for name, raw in HONEST if not heard(name, raw)]
    assert len(lost) <= len(HONEST) * 0.1, lost


@pytest.mark.parametrize(
    ("name", "raw", "wrong"),
    [
        (
            "two.ja",
            "{{number1}}です。\n\n{{p1.title}}は{{p2.price}}、{{p2.title}}は{{p1.price}}です。",
            "beside",
        ),
        (
            "two.en",
            "{{number1}} for you. {{p2.title}} is {{p1.price}}, {{p1.title}} is {{p2.price}}.",
            "beside",
        ),
        (
            "sums.ja",
            "小計は{{cart.shipping}}、送料は{{cart.subtotal}}、合計{{cart.total}}です。",
            "called",
        ),
        (
            "sums.en",
            "Subtotal {{cart.subtotal}}, shipping {{cart.total}}, total {{cart.shipping}}.",
            "called",
        ),
        (
            "status.ja",
            "{{o1.number}}は{{date2}}に発送、{{date1}}の{{time1}}から{{time2}}にお届けです。",
            "out of order",
        ),
        (
            "cannot.ja",
            (
                "ご注文{{o1.number}}は発送済みですがキャンセルできます。"
                "お届け後{{number1}}なら返品もできます。"
            ),
            "not said: cancel",
        ),
        (
            "cannot.en",
            (
                "Order {{o1.number}} has been shipped and can be cancelled "
                "within {{number1}} of delivery."
            ),
            "not said: cancelled",
        ),
        (
            "price.ja",
            "{{p1.title}}は{{p1.price}}ではありません。在庫があります。",
            "not said: p1.price",
        ),
        ("price.ja", "{{p1.title}}はとても良いものです。在庫があります。", "not said"),
        ("price.ja", "{{p1.title}}は¥6,600で、在庫があります。", "not said: ¥6,600"),
        (
            "price.ja",
            "{{p1.title}}は100円、いえ{{p1.price}}です。在庫があります。",
            "not said: 100円",
        ),
        (
            "price.ja",
            "The {{p1.title}} is {{p1.price}}. It is in stock, how nice is that.",
            "not said: the",
        ),
        (
            "price.ja",
            "{{p1.title}}は{{p1.price}}です。在庫があります。" + "ありがとうございます。" * 40,
            "too long",
        ),
        ("link.ja", "{{link1}}{{link1}} 期限は{{date1}}です。", "too often"),
        (
            "price.en",
            "Good news! The {{p1.title}} is {{p1.price}}, tax included.",
            "left out: in stock",
        ),
        ("sold_out.en", "The {{p1.title}} is in stock in size M.", "not said: in stock"),
        ("sold_out.en", "Of course! The {{p1.title}} is sold out in size M.", "a yes"),
        ("sold_out.en", "We have size M.", "not said: size"),
        ("sold_out.en", "I will tell you when it is back.", "not said"),
        ("sold_out.en", "It is on us.", "not said"),
        ("sold_out.ja", "Mサイズはございます。", "not said"),
        ("sold_out.ja", "入荷しました。", "not said: back in stock"),
        ("cart.ja", "合計は無料です。", "not said"),
        ("cart.en", "The total is free.", "not said"),
        ("person.ja", "担当者におつなぎしました。", "not said"),
        ("person.ja", "{{p1.title}}もものです。", "no such place"),
        ("person.en", "All done. I connected you.", "done, when nothing was"),
        ("cancelled.en", "You will refund {{o1.refund}}.", "not said"),
        ("link.ja", "お支払いを完了しました。", "not said"),
        ("link.en", "You can pay here: {{link1}} after {{date1}}.", "not said"),
        ("two.en", "We can order the {{p1.title}} for you.", "not said"),
        ("price.ja", "もものです。", "not said"),
        ("faq.en", "{{quote1}} No longer!", "not said"),
        ("leave.ja", "担当者に引き継ぎましたが、", "not said: colleague"),
    ],
)
def test_true_facts_in_wrong_places_are_refused(name: str, raw: str, wrong: str) -> None:
    with pytest.raises(Untrue, match=wrong):
        Phrased(DRAFTS[name]).texts(raw)
