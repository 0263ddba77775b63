"""A greeting before what is wanted, an excuse, a thank-you behind it: each heard by itself.

"Hi there, copper please" wants what "copper please" wants, and "yes that's right thx" is a yes. A
text that is nothing but courtesies is read as a whole.
"""

import re
from typing import Final

import msgspec
from msgspec.structs import replace

from kaiwa.bot.hearing import LONGEST_READ, Heard, heard
from kaiwa.bot.nlu.questions import Findings
from kaiwa.bot.request import CONTINUE, Request
from kaiwa.bot.shop import Shop
from kaiwa.bot.slips.mending import KEPT
from kaiwa.bot.turn import Turn
from kaiwa.vocabulary.content import Postback

_GREETS: Final = re.compile(
    r"\s*(?:(?:hi|hello|hey|hiya|heya|howdy|good (?:morning|afternoon|evening|day)"
    r"|(?:morning|evening)(?=\s*[,.!]|\s+(?:all|team|folks|everyone)\b))"
    r"(?:[ ,]+(?:there|again|all|team|folks|guys|everyone|friend|yall|y'all))?"
    r"(?:[,.!\s-]+(?:happy|merry) \w+)?"
    r"(?:[,.!\s-]+how(?:'s|s| is| are|re)? (?:you|u|we|things|it|everything)\b"
    r"(?: (?:doing|going|today))*\??)?"
    r"(?:[,.!\s-]+so\b)?"
    r"(?![\w'])[,.!~\s-]*"
    r"|(?:こんにち[はわ]|こんばん[はわ]|おはよう?(?:ございます)?|はじめまして|初めまして"
    r"|お世話になって(?:い|お)?ります|お世話になります|お疲れ様です|やっほー|ヤッホー|どうも(?=[、。!！\s]))"
    r"[、。,!！~〜ー\s]*)",
    re.IGNORECASE,
)
_EXCUSES: Final = re.compile(
    r"\s*(?:(?:sorry(?: to (?:bother|bug) you)?|excuse me|pardon me)(?:\s*[,-]+\s*|\s+but\s+)"
    r"|(?:すみません|すいません|ごめんなさい|恐れ入ります|失礼します|お忙しいところ(?:すみません|恐れ入ります)?)"
    r"(?:[、。,\s]+|が[、\s]*))",
    re.IGNORECASE,
)
# "No thanks" is a no, and a card that says thank you is a card: メッセージは「ありがとう」 too.
_THANKS: Final = re.compile(
    r"(?<!\bno)(?<!\bno,)(?<!\bsays)(?<!\bsay)(?<!\bsaying)(?<!\bwith)(?<!\ba)(?<!\bthe)"
    r"(?<!\bwrite)(?<!\bread)(?<!\breads)(?<!\breading)(?<!\bmy)(?:^|[,.!?;、。！？\s-]|(?<=[ぁ-ん])(?<![はにと]))\s*"
    r"(?:(?:thanks|thank you|thank u|thx|thnx|tks|ty|tysm|cheers)"
    r"(?: (?:so much|very much|a lot|a bunch|in advance|again|loads|guys))?"
    r"|(?:どうも|いつも|本当に|ほんとに|いろいろ|色々|わざわざ|ご(?:丁寧|親切)に|とても)*ありがとう(?:ございます)?|有難うございます|(?:よろしく|宜しく)"
    r"(?:お(?:願|ねが)い(?:いた|致)?(?:します)?|です)?)[\s.!。！~〜]*$",
    re.IGNORECASE,
)
# "Copper please" takes; where a verb, a question or a number says what is wanted it adds nothing.
_PLEASE: Final = re.compile(r"[,\s]+(?:please|pls|plz)(?P<mark>[\s.!?]*)$", re.IGNORECASE)
_SAYS_WHAT: Final = re.compile(
    r"\?|^\W*(?:[a-z]{0,3}-?\d[\w-]{2,}|(?:it'?s|it was|number|order|no\.?|#)[\s:]*\S*\d\S*)\W*$"
    r"|\b(?:is|are|was|were|am|do|does|did|can|could|will|would|make|put|add|forget|remove|send|show"
    r"|change|cancel|leave|return|tell|give|check|compare|track|ship|swap|keep|save|use|try"
    r"|drop|empty|clear|reduce|find|look|how|what|whats|when|where|which|who|why)\b"
    r"|\btake\b.*\b(?:off|out|away|back)\b|'(?:s|m|re)\b",
    re.IGNORECASE,
)
_TAKES: Final = re.compile(r"\b(?:get|have|grab|buy|order me)\b(?!.*\?)", re.IGNORECASE)
_FIRST_WORD: Final = re.compile(r"^(good \w+|\w+).*", re.IGNORECASE | re.DOTALL)
_SENTENCE: Final = re.compile(r"[.!?]\s+")
_MERELY_ASKING: Final = re.compile(r"よろしく|宜しく")
_LETTER: Final = re.compile(r"[^\W_]")
_COURTESIES: Final = frozenset({"greet", "thanks", "goodbye"})
# Where nothing else is heard beside the courtesy, the whole may say more.
_IDLE: Final = _COURTESIES | {"affirm", "decline", "out_of_scope", "clarify"}
_FEW: Final = re.compile(r"\W*(?:[a-zA-Z']+\W*){0,2}|[^\W\da-zA-Z]{0,5}\W*")


class _Said(msgspec.Struct, frozen=True):
    """What is wanted, and which courtesies stand around it; the first where nothing is."""

    core: str
    greets: bool = False
    thanks: bool = False
    is_mere: bool = False


def heard_politely(turn: Turn, shop: Shop) -> tuple[Turn, Heard]:
    """What the shopper wants; the turn holds what is wanted without the courtesies around it."""
    said = None if _is_kept(turn) or _names_goods(turn.text, shop) else _parted(turn.text)
    if said is None:
        return turn, heard(turn, shop)
    plain = replace(turn, text=said.core)
    told = heard(plain, shop)
    if said.is_mere:
        return plain, told
    if all(_is_idle(one) for one in told.requests):
        whole = heard(turn, shop)
        if _FEW.fullmatch(said.core) or said.thanks and _says_nothing(told):
            return turn, whole
        if not _is_courtesy(whole):
            return turn, whole
    first = [Request("greet")] if said.greets and told.requests[0].act != "greet" else []
    # Who thanks beside an answer is not thanked back: what was asked for goes on.
    answers = turn.state.asked is not None or turn.state.pending is not None
    last = [Request("thanks")] if said.thanks and not answers else []
    requests = (*first, *told.requests, *last)
    findings = (*[Findings() for _ in first], *told.findings, *[Findings() for _ in last])
    return plain, replace(told, requests=requests, findings=findings)


def _is_kept(turn: Turn) -> bool:
    """Whether the text is our own button's, a whole page, or words to be kept as they are told."""
    asked = turn.state.asked.slot if turn.state.asked else ""
    pressed = isinstance(turn.content, Postback)
    return pressed or asked in KEPT or len(turn.text) > LONGEST_READ


def _names_goods(text: str, shop: Shop) -> bool:
    """Whether what sounds like a greeting is how an article's name begins: a Hello Cat mug."""
    greeting = _GREETS.match(text)
    if greeting is None:
        return False
    said = text.lstrip().casefold()
    return any(one.begin == 0 and " " in said[: one.end] for one in shop.known.names(said))


def _parted(text: str) -> _Said | None:
    """The text in its parts; None where nothing but what is wanted is said."""
    core, greets = text, False
    while True:
        greeting = _GREETS.match(core)
        first = greeting or _EXCUSES.match(core)
        if first is None or not first[0].strip():
            break
        core, greets = core[first.end() :], greets or greeting is not None
    last = _THANKS.search(core)
    thanks = last is not None
    if last is not None:
        mark = "?" if "?" in last[0] or "？" in last[0] else ""
        thanks = not _MERELY_ASKING.search(last[0])
        core = core[: last.start()] + mark
    core = _without_please(core.strip())
    if not _LETTER.search(core):
        first = _GREETS.match(text)
        return _Said(_FIRST_WORD.sub(r"\1", first[0].strip()), is_mere=True) if first else None
    return None if core == text.strip() else _Said(core, greets, thanks)


def _without_please(core: str) -> str:
    last = _PLEASE.search(core)
    if last is None:
        return core
    plain = f"{core[: last.start()]}{last['mark'].strip()}"
    sentence = _SENTENCE.split(plain)[-1]
    return core if _TAKES.search(sentence) or not _SAYS_WHAT.search(sentence) else plain


def _is_idle(request: Request) -> bool:
    if request.yes is not None or request.act == CONTINUE:
        return False
    return request.act in _IDLE


def _is_courtesy(told: Heard) -> bool:
    return all(one.act in _COURTESIES for one in told.requests)


def _says_nothing(told: Heard) -> bool:
    return any(one.act in ("out_of_scope", "clarify", "affirm") for one in told.requests)
