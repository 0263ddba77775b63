"""What a text is about, as weighted terms: how its words look, are spelled, and what they mean.

A term's first character tells its kind: `=` a dictionary's spelling, `~` a group of synonyms, `#` a
meaning; all others are letters as they stand.
"""

from typing import Final

from kaiwa.languages import reader
from kaiwa.languages.meanings import meanings
from kaiwa.languages.words_ja import Word, words
from kaiwa.vocabulary.language import Language

LONGEST: Final = 400
_MEANING: Final = 3.0
_GROUP: Final = 0.3
_PARTS: Final = {"名詞": 0.7, "動詞": 0.7, "形容詞": 0.5, "形状詞": 0.5, "副詞": 0.5}
# Words of any question, as the dictionary spells them.
_EVERYDAY: Final = frozenset(
    "為る 有る 居る 成る 出来る 下さる 貰う 頂く 呉れる 遣る 仕舞う 願う 言う 教える 知る 使う "
    "欲しい 良い 宜しい 可能 大丈夫 何 何処 何時 何れ 何方 如何 幾ら どの どう どんな "
    "此の 其の 物 事 時 所 方 様 為 私 お 御 さん ちゃう".split()
)

Terms = dict[str, float]


def terms(text: str, language: Language) -> Terms:
    """The terms of the beginning of `text`, each with the weight of its kind and form."""
    read = reader(language)
    normal = read.normalise(text[:LONGEST])
    found = {token: read.weight(token) for token in read.tokens(normal)}
    if language == "ja":
        found |= _spelled(normal)
    return found | {f"#{name}": _MEANING for name in meanings(normal, language)}


def is_word(term: str, language: Language) -> bool:
    """Whether a term stands for a word of the text: where a dictionary is, its spelling."""
    return term[0] not in "#~" and (language == "en" or term[0] == "=")


def _spelled(normal: str) -> Terms:
    """Terms by the dictionary, where it is installed."""
    found: Terms = {}
    for word in words(normal, "short") or ():
        if _tells(word):
            found[f"={word.normal}"] = _PARTS[word.part]
            found |= {f"~{group}": _GROUP for group in word.groups}
    return found


def _tells(word: Word) -> bool:
    return word.part in _PARTS and word.normal not in _EVERYDAY and not word.normal.isascii()
