"""The words of a long sentence that may name the thing sought, where the whole finds nothing.

"A dress for an outdoor wedding, it'll be 95 degrees" seeks a dress: people tell why and for whom,
and the finder should not look for that. Each thing named is tried by itself.
"""

import re
from typing import Final

from msgspec.structs import replace

from kaiwa.catalog.understanding import Understood
from kaiwa.languages import en, words_ja

MOST_THINGS: Final = 6
_NO_THINGS_JA: Final = frozenset(
    "事 物 者 為 方 奴 時 所 気 様 感じ 位 程 今 今日 明日 昨日 私 僕 俺 自分 家 内 人 子 誰 何"
    " 此れ 其れ 彼れ 先週 来週 今度 一寸 最近 商品 グッズ アイテム 欲しい 好き 良い 有る 無い"
    " 為る 居る 見る 思う 探す 買う 始める 置く 言う 行く 来る 使う 成る 教える 下さる 貰う"
    " 呉れる 出す 見せる テレビ 値段 安い 高い デビュー 一番 順 円 個 本 枚 台 つ ほう 御 相手"
    " 送る".split()
)
_NO_THINGS_EN: Final = frozenset(
    """need want look find get buy see show give make take keep stay work use go come day night week
    month year time thing stuff something anything one way lot kind sort people person friend wife
    husband mom dad son daughter kid today tomorrow soon love like important degree guy girl man
    woman move trip last next good nice best great old new also really just maybe please""".split()
)
_CLAUSE: Final = re.compile(r"[,.;!?]|\bbut\b|\bbecause\b|\bso\b|\bfor\b|\bthat\b|\bwhich\b|\bto\b")


def things_of(asked: Understood) -> list[Understood]:
    """The query with fewer words each time, most likely first; none where it was short already."""
    things = _japanese(asked.terms) if not asked.terms.isascii() else _english(asked.terms)
    told = [one for one in things if one and one != asked.terms]
    return [replace(asked, terms=one) for one in dict.fromkeys(told[:MOST_THINGS])]


def _japanese(terms: str) -> list[str]:
    words = words_ja.words(terms) or []
    kept: list[tuple[str, int, int, bool]] = []
    for one in words:
        plain = one.is_grammar or one.part in ("代名詞", "接続詞", "感動詞", "連体詞", "副詞")
        if plain or one.normal in _NO_THINGS_JA or one.surface in _NO_THINGS_JA:
            continue
        is_thing = one.part == "名詞"
        if kept and is_thing and kept[-1][3] and kept[-1][2] == one.begin:
            last = kept.pop()
            kept.append((last[0] + one.surface, last[1], one.end, True))
        else:
            kept.append((one.surface, one.begin, one.end, is_thing))
    every = " ".join(one[0] for one in kept)
    nouns = [one[0] for one in kept if one[3]]
    return [every, " ".join(nouns), *reversed(nouns)] if len(words) > len(kept) else [every]


def _english(terms: str) -> list[str]:
    first = _content(_CLAUSE.split(terms)[0])
    words = _content(terms)
    tried = [" ".join(words), " ".join(first), *first[::-1], *words]
    return tried if len(words) < len(terms.split()) or len(words) > 1 else []


def _content(text: str) -> list[str]:
    found = re.findall(r"[a-z][a-z'-]+", text)
    return [
        one for one in found if en.tokens(one) and en.stem(one) not in _NO_THINGS_EN
        and one not in _NO_THINGS_EN
    ]  # fmt: skip
