"""A model that lies, 2,000 times over a real wire: nothing untrue leaves, the honest words do."""

import asyncio
import json
import random
import re
import unicodedata
from contextlib import closing
from typing import Any

import pytest

from kaiwa.bot.model.draft import Draft
from kaiwa.bot.model.phrased import Phrased, Untrue
from kaiwa.engines.db import open_database
from tests.bot.model.drafts import DRAFTS
from tests.bot.model.lies import LIES, ORDERS
from tests.bot.model.paraphrases import PARAPHRASES
from tests.bot.model.shops import ModelShop, served
from tests.fakes.model_server import Act, ModelServer, Raw, Say, Status

pytest.importorskip("pydantic_ai")

TURNS = 2_000
AT_ONCE = 16


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
        name = self.by_reply[told["language"], *told["reply"]]
        words = self.dice.choice([raw for of, raw in PARAPHRASES if of == name])
        roll = self.dice.random()
        if roll < 0.2:
            self.honest += 1
            return Say(words)
        if roll < 0.3:
            return self._broken(words, told["shopper_said"])
        return Say(self._lie(words, DRAFTS[name]), size=self.dice.choice([3, 11, 200]))

    def _lie(self, words: str, draft: Draft) -> str:
        lie = self.dice.choice(LIES[draft.language])
        gap = "" if draft.language == "ja" else " "
        places = re.findall(r"\{\{[^}]+\}\}", words)
        match self.dice.randrange(5):
            case 0:
                return f"{lie}{gap}{words}"
            case 1 if places:
                return words.replace(self.dice.choice(places), lie.rstrip("。."), 1)
            case 2:
                middle = re.split(r"(?<=[。.!?？！])(?![}\w])", words)
                middle.insert(self.dice.randrange(len(middle) + 1), f"{gap}{lie}{gap}")
                return "".join(middle)
            case 3:
                return f"{words}\n\n{lie}"
            case _:
                return f"{words}{gap}{lie}"

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


@pytest.mark.xfail(
    strict=False,
    reason="a lie spliced into a true sentence passes about once in 2,000 turns: for that reason "
    "answering.py takes no words of a model, only its reading",
)
async def test_nothing_untrue_leaves_in_two_thousand_turns(sqlite_url: str) -> None:
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
    for name, texts in said:
        _true(DRAFTS[name], "\n".join(texts))
    phrased = [name for name, texts in said if "".join(texts) != "".join(DRAFTS[name].texts)]
    assert day.taken + day.untrue + day.unusable + day.unreachable == day.calls
    # Two in ten tell the truth (what rests after failures apart): their words are heard.
    assert len(phrased) >= liar.honest * 0.9 > TURNS * 0.1
    assert day.untrue > TURNS * 0.5


async def _said(shop: ModelShop, name: str, *, stream: bool) -> list[str]:
    """What leaves: the model's words where they are taken, the draft's where not."""
    draft = DRAFTS[name]
    turn = await shop.models.turn(shop.merchant)
    if turn is None:
        return list(draft.texts)
    if not stream:
        return await turn.phrase(draft) or list(draft.texts)
    return [one async for one in turn.phrase_stream(draft)] or list(draft.texts)


def _true(draft: Draft, said: str) -> None:
    """By other means than the checker's: no lie, and no digit the template does not have."""
    template = unicodedata.normalize("NFKC", "\n".join(draft.texts))
    plain = unicodedata.normalize("NFKC", said)
    for lie in LIES[draft.language]:
        assert unicodedata.normalize("NFKC", lie).rstrip("。.!") not in plain, lie
    for number in re.findall(r"\d[\d,.]*", plain):
        assert number.rstrip(".,") in template, (number, said)
    assert "{" not in said
    assert "evil" not in said
    assert "Ignore all" not in said


@pytest.mark.parametrize(("name", "raw"), PARAPHRASES, ids=[raw[:30] for _, raw in PARAPHRASES])
def test_an_honest_paraphrase_is_heard(name: str, raw: str) -> None:
    told = Phrased(DRAFTS[name]).texts(raw)
    assert told
    assert "{{" not in "".join(told)


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
            "denial",
        ),
        (
            "cannot.en",
            (
                "Order {{o1.number}} has been shipped and can be cancelled "
                "within {{number1}} of delivery."
            ),
            "denial",
        ),
        ("price.ja", "{{p1.title}}は{{p1.price}}ではありません。在庫があります。", "denies"),
        ("price.ja", "{{p1.title}}はとても良いものです。在庫があります。", "left out"),
        ("price.ja", "{{p1.title}}は¥6,600で、在庫があります。", "written out"),
        ("price.ja", "{{p1.title}}は100円、いえ{{p1.price}}です。在庫があります。", "written out"),
        (
            "price.ja",
            "The {{p1.title}} is {{p1.price}}. It is in stock, how nice is that.",
            "another language",
        ),
        (
            "price.ja",
            "{{p1.title}}は{{p1.price}}です。在庫があります。" + "ほんとうに。" * 80,
            "too long",
        ),
        ("link.ja", "{{link1}}{{link1}} 期限は{{date1}}です。", "too often"),
        ("sold_out.en", "Good news, the {{p1.title}} is in stock in size M.", "not so"),
    ],
)
def test_true_facts_in_wrong_places_are_refused(name: str, raw: str, wrong: str) -> None:
    with pytest.raises(Untrue, match=wrong):
        Phrased(DRAFTS[name]).texts(raw)
