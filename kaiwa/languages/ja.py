"""Japanese: width, kana and long-vowel variants folded; terms are pairs of characters."""

import re
import unicodedata

from kaiwa.languages.auxiliaries_ja import written_in_kana

_DASHES = re.compile(r"(?<=[ぁ-ヿ])[-‐‑‒–—―−~〜～ｰー]+")
_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_LATIN = re.compile(r"[a-z]+|\d+")
_RUN = re.compile(r"[ぁ-ゖァ-ヺー一-鿿㐀-䶿々〆]+")
_KANJI = re.compile(r"[一-鿿㐀-䶿々〆]")
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}

# Words that every question has: what is left between them is what the question is about.
_EVERYDAY = re.compile(
    "教えて(?:ください|下さい|ほしい|欲しい|もらえ)?|知りたい|お願い(?:できます|します|[致い]た?します)?|"
    "ください|下さい|(?:いただけ|頂け|もらえ|くれ)(?:ます|ません)?|"
    "できます|できません|出来ます|できる|出来る|でき|あります|あるの|ある|います|いる|なります|"
    "しています|しました|します|したい|したの|する|した|して|でしょう|です|ました|ません|ます|"
    "使え|使い|使う|使って|利用|分か[りる]|わか[りる]|いたします|致します|だったみたい|みたい|たいの|たい|"
    "ど(?:の|れ)[くぐ]らい|どうすれば|どのように|どうやって|どう|どんな|どの|どれ|"
    "何[がかをで]|なに|なん|いくら|どこ|いつ|どなた|大丈夫|可能|場合|よい|いい|良い|ほしい|欲しい|"
    "[こそあ]れ|[こそあ]こ|[こそあ]の|こと|もの|とき|ところ|ので|けれど|けど|から|まで|より|だけ|など|"
    "って|では|には|とは|ても|でも|[んの]です|[はがをにのともへでやかなねよんおご]"
)


def normalise(text: str) -> str:
    """Fold width, case, long-vowel marks and spacing; keep kana and kanji as they are."""
    folded = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    return _SPACES.sub(" ", _DASHES.sub("ー", written_in_kana(folded))).strip()


def tokens(text: str) -> list[str]:
    """Pairs of characters and single kanji of what matters, then Latin words and numbers."""
    normal = normalise(text)
    found: list[str] = []
    for run in _RUN.findall(_EVERYDAY.sub(" ", normal)):
        folded = run.translate(_TO_KATAKANA)
        found.extend(folded[at : at + 2] for at in range(len(folded) - 1))
        found.extend(_KANJI.findall(folded))
    return found + _LATIN.findall(normal)


def weight(token: str) -> float:
    """Kanji pairs and Latin words say most, single kanji and kana pairs less."""
    if token.isascii():
        return 1.0
    if len(token) == 1:
        return 0.4
    return 1.0 if _KANJI.search(token) else 0.45
