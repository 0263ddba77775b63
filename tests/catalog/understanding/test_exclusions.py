"""What shoppers do not want, in the ways they say it."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from kaiwa.catalog.understanding import exclusions as rules
from kaiwa.catalog.understanding.exclusions import exclusions

HERE = Path(__file__).parent
SAID = [
    ("革以外の財布", ("革",), "財布"),
    ("香りなしの洗剤", ("香り",), "洗剤"),
    ("黒いの以外のリュック", ("black",), "リュック"),
    ("合皮NGのバッグ", ("合皮",), "バッグ"),
    ("化繊じゃなくてダウンの寝袋", ("化繊",), "ダウンの寝袋"),
    ("黒とグレー以外", ("black", "grey"), ""),
    ("パクチー抜き", ("パクチー",), ""),
    ("わさび抜きのせんべい", ("わさび",), "せんべい"),
    ("金属アレルギー対応のピアス", (), "金属アレルギー対応のピアス"),
    ("問題ない品", (), "問題ない品"),
    ("free of parabens lotion", ("parabens",), "lotion"),
    ("paraben and sulfate free shampoo", ("paraben", "sulfate"), "shampoo"),
    ("not grey and not beige cushion", ("grey", "beige"), "cushion"),
    ("no plastic, water bottle", ("plastic",), "water bottle"),
    ("headphones not in-ear", ("in-ear",), "headphones"),
    ("don't want anything red", ("red",), ""),
    ("lamp, not too big", (), "lamp, not too big"),
    ("boring ring for running", (), "boring ring for running"),
]


@pytest.mark.parametrize(("said", "unwanted", "rest"), SAID)
def test_what_is_not_wanted_leaves_the_text(said: str, unwanted: tuple[str, ...], rest) -> None:
    found, left = exclusions(unicodedata.normalize("NFKC", said).casefold())
    assert (found, " ".join(left.split())) == (unwanted, rest)


def test_the_quick_look_leaves_out_nothing_that_the_patterns_would_find(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = [said for said, _, _ in SAID]
    for path in HERE.rglob("*.jsonl"):
        lines = path.read_text("utf-8").splitlines()
        told += [json.loads(line).get("query", "") for line in lines]
    texts = [unicodedata.normalize("NFKC", one).casefold() for one in told]
    quick = [exclusions(text) for text in texts]
    monkeypatch.setattr(rules, "_TOLD", [(re.compile(""), some) for _, some in rules._TOLD])
    assert len(texts) > 400
    assert quick == [exclusions(text) for text in texts]
