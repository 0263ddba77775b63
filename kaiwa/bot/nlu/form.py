"""What kind of thing was sent, before its words are read."""

import re
import unicodedata

from kaiwa.bot.nlu.act import Act
from kaiwa.vocabulary.content import Content, Location, Media, Sticker, Unknown, Unsent

_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9f]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_FOREIGN = re.compile(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0eff"
    r"\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3130-\u318f\uac00-\ud7af]"
)
_CHINESE = re.compile(
    "[们个这为时说吗呢吧么过还请谢问题运费货买卖钱发见让给门开关级哪谁怎样欢贵东边从两现实际应该对岁认识觉订单"
    "你您妳咱啥嗎麼們這没沒怎哪]|我(?:想|要|的)|什么|什麼|有没有|多少[钱錢]|可以"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_EUROPEAN = frozenset(
    """bonjour salut merci je vous nous avez est une des les du le la où avec pour quel quelle
    combien livraison voudrais s'il plaît puis cherche hallo guten ich sie haben der die das und
    nicht ein eine wie wo ist kann können bitte danke möchte gibt es noch auf mit hola gracias usted
    tienen tiene el los las una por favor cuánto cuanto cuesta dónde donde quiero busco está buenos
    buenas ciao buongiorno avete vorrei grazie quanto costa dove sono il gli che olá ola obrigado
    obrigada você vocês têm quero onde não uma os""".split()
)
# What is said out of courtesy in whichever language: it asks for no other tongue.
_COURTEOUS: dict[str, Act] = {
    **dict.fromkeys("merci gracias danke dank grazie obrigado obrigada".split(), "thanks"),
    **dict.fromkeys("revoir adieu adios adiós adeus tschüss arrivederci".split(), "goodbye"),
}
_ENGLISH = frozenset(
    """the a an is are do does did you i it to of for and in on my me have has what which how much
    can could please with not no yes that this there your be will""".split()
)


def form_of(content: Content, text: str) -> str | None:
    """The act that the form alone tells, or None when there are words to read."""
    match content:
        case Media(lost=str()):
            return "lost"
        case Media() | Location():
            return "attachment"
        case Sticker():
            return "sticker"
        case Unknown():
            return "unreadable"
        case Unsent():
            return "empty"
        case _:
            return _form_of_text(text)


def _form_of_text(text: str) -> str | None:
    if is_foreign(text):
        return "foreign"
    if any(character.isalnum() for character in text):
        return None
    pictures = any(unicodedata.category(character) in ("So", "Sk") for character in text)
    return "sticker" if pictures else "empty"


def is_foreign(text: str) -> bool:
    """Whether the script says that this is neither Japanese nor English."""
    if _KANA.search(text):
        return False
    foreign = len(_FOREIGN.findall(text)) + len(_CHINESE.findall(text))
    words = _LATIN_WORD.findall(text)
    return foreign > len(words) or _is_of_europe(text)


def courtesy_of(text: str) -> Act | None:
    """The thanks or the farewell that all the foreign words of a text are; None where it is none.

    Merci, goodnight: who has been talking in English all the time goes on in it.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    told = [_COURTEOUS[word] for word in words if word in _COURTEOUS]
    if not told or any(word in _EUROPEAN and word not in _COURTEOUS for word in words):
        return None
    return "goodbye" if "goodbye" in told else "thanks"


def _is_of_europe(text: str) -> bool:
    """Whether the little words are those of French, German, Spanish, Italian or Portuguese."""
    words = [word.casefold() for word in _WORD.findall(text)]
    own = sum(word in _ENGLISH for word in words)
    theirs = sum(word in _EUROPEAN for word in words)
    return theirs > own and (theirs >= 2 or len(words) <= 3)
