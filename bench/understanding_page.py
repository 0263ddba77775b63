"""Writes the reference page of acts: how often each is understood, and what it is taken for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from kaiwa.bot.nlu.act import ACTS, Act
from kaiwa.bot.nlu.intents.examples import forms_of, lines
from kaiwa.vocabulary.language import Language

MOST = 4

_PAGE = {
    "en": """# Acts and how well they are understood

An **act** is what a shopper wants in a turn. `kaiwa try --json` prints them by these names.

The tables tell how often the act was right for phrases that the model had not seen, in five folds
over the lines of `kaiwa/bot/nlu/examples`, and what it was taken for otherwise (how often). Forms
of one line stay together. {how}

A text that is close to two acts becomes a question with buttons, and one that is far from all
starts nothing, so that a wrong first place is not yet a wrong answer. The phrases and the model
have one author: texts of other people are understood less often.

Made by `python -m bench.intents --pages docs{option}`.

## Japanese

{ja}

## English

{en}
""",
    "ja": """# 目的と理解の正しさ

**目的**は、買い物客がその一言で望んでいることです。`kaiwa try --json`はこの名前で出力します。

表は、モデルが見ていない例文で目的が正しかった割合と、ほかの何と取り違えたか（回数）です。`kaiwa/bot/nlu/examples`の行を五つに分けて測り、同じ行から作った文は同じ組に置きます。{how}

二つの目的に近い文はボタンつきの質問になり、どれからも遠い文は何も始めません。一位が違っても、そのまま間違った答えになるわけではありません。例文とモデルの作者は同じです。ほかの人が書いた文では、これより低くなります。

`python -m bench.intents --pages docs{option}`が作ります。

## 日本語

{ja}

## 英語

{en}
""",
}
_HEAD = {
    "en": "| act | for example | phrases | right | taken for |\n|-|-|-:|-:|-|",
    "ja": "| 目的 | 例 | 文の数 | 正解 | 取り違え |\n|-|-|-:|-:|-|",
}
_HOW = {
    ("en", False): "By letters alone, without the extra `embeddings`.",
    ("en", True): "The extra `embeddings` is asked where\nletters leave doubt.",
    ("ja", False): "追加の`embeddings`を使わず、文字だけで判断したものです。",
    ("ja", True): "文字だけでは迷う文を、追加の`embeddings`に尋ねたものです。",
}
_ALL = {"en": "**all but `out_of_scope`**", "ja": "**`out_of_scope`以外の全体**"}


class Confusion(msgspec.Struct, frozen=True):
    """How often each act was taken for each."""

    counts: dict[tuple[str, str], int]

    @classmethod
    def counted(cls, gold: Sequence[str], taken: Sequence[str]) -> "Confusion":
        """From the right act and the first one of every phrase."""
        return cls(dict(Counter(zip(gold, taken, strict=True))))

    def row(self, act: str) -> tuple[int, int, list[tuple[str, int]]]:
        """Phrases of the act, right ones, and what it was taken for, most often first."""
        own = {taken: n for (gold, taken), n in self.counts.items() if gold == act}
        others = sorted(((n, name) for name, n in own.items() if name != act), reverse=True)
        return sum(own.values()), own.get(act, 0), [(name, n) for n, name in others]


def write(docs: Path, found: Mapping[Language, Confusion], meaning: bool = False) -> None:
    """Write `reference/understanding.md` of both languages."""
    for language in ("en", "ja"):
        tables = {name: _table(confusion, name, language) for name, confusion in found.items()}
        page = _PAGE[language].format(
            how=_HOW[language, meaning], option=" --meaning" if meaning else "", **tables
        )
        (docs / language / "reference" / "understanding.md").write_text(page, "utf-8")


def _table(confusion: Confusion, spoken: Language, written: str) -> str:
    rows = [_HEAD[written]]
    every = right = 0
    for act in ACTS:
        phrases, own, others = confusion.row(act)
        if act != "out_of_scope":
            every, right = every + phrases, right + own
        taken = ", ".join(f"{name} {n}" for name, n in others[:MOST])
        share = f"{100 * own / phrases:.0f} %"
        rows.append(f"| `{act}` | {_shown(act, spoken)} | {phrases} | {share} | {taken} |")
    rows.append(f"| {_ALL[written]} | | {every} | {100 * right / every:.1f} % | |")
    return "\n".join(rows)


def _shown(act: Act, language: Language) -> str:
    return next(forms_of(lines(act, language)[0])).replace("|", "/")
