"""What a turn says to what is open: the question that was put, or the proposal that was shown."""

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from kaiwa.bot.dialogue.state import Asked, Dialogue
from kaiwa.bot.nlu.act import OF_ORDERS, Act
from kaiwa.bot.nlu.chance import Chance
from kaiwa.bot.nlu.command import (
    Candidate,
    Choose,
    Clarify,
    Command,
    Confirm,
    CorrectSlot,
    SetSlot,
    Span,
)
from kaiwa.bot.nlu.no_matter import is_any
from kaiwa.bot.nlu.phrases import spoken_acts
from kaiwa.bot.nlu.reader.found import Found, mask
from kaiwa.bot.nlu.reader.normal import Normal
from kaiwa.bot.nlu.reader.numbers import small_number, spelt_digits
from kaiwa.bot.nlu.size_told import size_told
from kaiwa.bot.nlu.slot import (
    Colour,
    CouponCode,
    NoMatter,
    Option,
    OrderNumber,
    Quantity,
    Size,
    Slot,
    Written,
    name_of,
)
from kaiwa.bot.nlu.yes_no import verdict
from kaiwa.catalog.understanding.colours import colour_of
from kaiwa.catalog.understanding.sizes import normal_size
from kaiwa.vocabulary.language import Language

_FILLER: Final = re.compile(
    r"で(?:ございます|あります)|になります|だと思います|よろしく(?:お願い(?:します|いたします)?)?"
    r"|です(?:ね|が|けど)?|でお願い(?:します|いたします)?|お願い(?:します|いたします)?"
    r"|ください|下さい|にします|にして"
    r"|がいい(?:です)?|で(?:いい|よい|大丈夫|結構)(?:です)?|はい|えっと|えーと"
    r"|サイズ|色|注文番号|番号|メール(?:アドレス)?|電話|電話番号"
    r"|だよ|なん(?:です|だ)(?:けど)?|だけど|っす|[はがをでのにと、。,.!?:;\s]|やっぱり?|じゃあ|では|でした|ごめん(?:なさい)?|すみません"
    r"|(?:間違|まちが)(?:え|い)(?:た|ました|て)?"
    r"|\b(?:thanks|thank you|thx|cheers|(?:t?here )you go|here|i think|should be)\b"
    r"|\b(?:the|a|an|in|it'?s|is|my|please|one|ones|for|me|size|colou?r|i'?d|like|want"
    r"|will|take|would|yes|ok|okay|number|email|order|um|uh|make|actually|instead|and|that|just"
    r"|oops|sorry|wrong|mistake|meant|i|wait|no|fine|enough|works|s)\b|'s\b"
)
_YES_BUT: Final = re.compile(
    r"^(?:はい|うん|ええ|そうです|ok|お願いします|いいです)[、,。 ]*"
    r"(?:でも|ただ|けど|だけど|やっぱり?|ただし)[、, ]*"
    r"|^(?:yes|yeah|yep|sure|ok|okay)[, ]+(?:but|except|only|just|actually)\b"
)
_YES = r"(?:はい|うん|ええ|そう(?:です)?|ok|yes|yeah|yep|sure|okay)(?:[、,。. !]|please)*"
_DO_IT = (
    r"(?:の?手続き)?(?:を|で)?(?:お願い(?:し(?:ます|たい(?:です)?)|いたします)?"
    r"|して(?:ください|下さい|ほしい(?:です)?)?"
    r"|します|ください|て(?:ください)?|進めて(?:ください)?)?"
    r"(?: (?:it|that|them|this|the order|my order|the address|please|now|for me))*[\s。.!]*"
)
# A no with its reason, or after a moment's thought; without another wish.
_KEEPS = re.compile(
    r"^(?:(?:いいえ|いえ|いや|あ|え|うーん|んー|待って|ちょっと待って|すみません|ごめん(?:なさい)?|やっぱり?)"
    r"[、,。ー… ]*){1,4}.{0,12}?(?:大丈夫|やめ|残し"
    r"|そのまま|結構|いいです|いいや|いい[。!！]*$|不要)"
    r"|^(?:hmm+|um+|uh+|well|actually|oh)[,.! ]+(?:no|nope|never ?mind|don'?t)\b[^\d]{0,24}$"
    r"|^(?:forget it|never ?mind|nvm|scratch that)\b[^\d]{0,40}$"
    r"|^(?:no+|nope|nah)[,.! ]+(?:it|that|i|all|we)(?:'s|'m|'re| is| am| are)? ?"
    r"(?:ok|okay|fine|good|alright|all right)\b[^\d]{0,40}$"
    r"|^no[,.! ]+(?:keep|leave|don'?t|i changed my mind|i'?ll keep)\b[^\d]{0,30}$"
)
# By proposal, the words that say it again.
_AGAIN: Final = {
    "cancel_order": r"キャンセル|取り消し|取消|やめ|cancel",
    "change_address": r"変更|変え|その住所|change|update",
    "delivery_request": r"変更|変え|その日|change",
    "return_request": r"返品|交換|return|exchange",
    "change_order": r"変更|変え|交換|change|swap|replace",
    "change_payment": r"変更|変え|change|switch",
}
_TOKEN = re.compile(r"^#?(?P<token>(?=[a-z0-9_-]*\d)[a-z0-9][a-z0-9_-]{2,23})$")
_CODE = re.compile(r"^(?P<token>[a-z0-9][a-z0-9_-]{2,23})$")
_OPEN_TO_ANY: Final = frozenset({"size", "colour", "option", "price", "category", "brand"})
_FREE: Final = frozenset({"address", "text", "reason", "item", "variant", "payment", "rating"})
_QUESTION = re.compile(
    r"[?]|ですか|ますか|(?:だれ|誰|いつ|どこ|いくら|どう)(?!も|でも|ぞ|やら)"
    r"|^(?:how|what|when|where|why|which|who|can|could|do|does|is|are|will)(?:'?s)?\b"
)
_ELSEWHERE = re.compile(
    r"カート|かご|カゴ|探して|見せて|おすすめ|注文番号|続き|\b(?:cart|basket|show me"
    r"|look(?:ing)? for|recommend)\b"
)
# Beside words about a product, what nobody writes of it: another wish.
_NO_OPINION = re.compile(
    r"退会|個人情報|(?:登録|アカウント).{0,4}(?:消|削除)|もう(?:一|1|ひと)(?:つ|個|組|枚|本|着|足|箱|袋)"
    r"|(?<![てで])(?:ください|下さい|買います|買いたい(?:です)?)[。!]*$|それだけです|レジ|会計|キャンセル|返品(?:したい|お願い)"
    r"|\b(?:another (?:one|pair|set)|one more|i'?ll (?:take|buy|have)|delete my|close my|check ?out"
    r"|that'?s (?:all|it)|cancel|return (?:it|this|that))\b"
)
_LITTLE: Final = 8
_LATER: Final = re.compile(
    r"また(?:今度|後|あと|次)|あとで|後で|\b(?:later|another time|not now|next time)\b"
)
# What an answer in own words is easily taken for: "too small", "the box was crushed".
_OPINIONS: Final[tuple[Act, ...]] = (
    "out_of_scope",
    "refine",
    "compare",
    "complaint",
    "product_question",
    "decline",
    "affirm",
)
_COURTESY: Final[frozenset[Act]] = frozenset({"greet", "thanks", "goodbye"})
_ONLY_NUMBERS: Final = re.compile(
    r"(?:[\W\d]|and|と|番目?|つ目|number|no)*"
)  # of a list: "1 and 3"
_SURELY: Final = 0.9
_LIKELY: Final = 0.45
_RATED: Final = re.compile(r"[0-9★⭐一二三四五]|\b(?:one|two|three|four|five)\b")
_KEPT = re.compile(
    r"そのまま(?:使|持)|使うことに|やっぱり?(?:使|やめ)|\bkeep(?:ing)? (?:it|them)\b"
)
_DROPS = re.compile(
    r"(?:やっぱり?|あ、?やっぱり?)(?:いい(?:です|や)|やめ|なし|大丈夫)|やめ(?:ます|る|た|とく|ておき)"
    r"|(?:ok |oh |actually,? )?(?:never ?mind|nvm|forget (?:it|that|about it)"
    r"|scratch that|no,? wait)\b"
)
_ADDRESS = re.compile(r"\d|[都道府県市区町村]|丁目|番地|\b(?:street|avenue|road|drive|lane)\b")
# A house's or a room's number in it is no order's.
_PLACE = re.compile(r"[都道府県].{0,8}[市区町村郡]|丁目|番地|〒|\b(?:street|avenue|apt|suite)\b")
_WAYS = re.compile(
    r"ギフト(?:カード|券)|ペイパル|クレジット|クレカ|別のカード"
    r"|(?:gift|credit)[ _-]?card|paypal|(?:other|another|different) card"
)
# By proposal, what tells another value for it.
_MENDED: Final = {
    "change_address": re.compile(
        r"〒|\d-\d|丁目|番地|\d号室|^\d+ \w+ (?:st|ave|rd|dr|street|avenue|road|drive)"
    ),
    "return_request": _WAYS,
    "change_order": _WAYS,
    "change_payment": _WAYS,
}
_DIGITS = re.compile(r"(?<![a-z0-9-])#?([a-z]{0,4}-?\d{3,14})(?![\d-])")
# Around an address that was asked for: "the account would be under", 登録したメールは.
_TELLS_WHOSE: Final = re.compile(
    r"(?>\b(?:an?|the|my|our|i|we|it|its|it's|i'm|is|was|be|would|should|might|may|must|probably"
    r"|think|believe|guess|suppose|sure|sorry|ok|so|and|then|e-?mail|mail|phone|number|address"
    r"|account|registered|used|use|uses|using|ordered|bought|placed|under|for|with|from|at|on|to"
    r"|by|in|that|this|one|here|try|of|ought|have|had|given|gave|signed|up)\b|登録|使|注文|電話"
    r"|番号|携帯|メール|アドレス|アカウント|たぶん|多分|おそらく|思|こちら|これ|それ|確か|ました|ます|した"
    r"|して|です|って|った|から|かな|けど|[でにはがのをとんるいやわねよ]|\W)++"
)


Guess: TypeAlias = Callable[[], Chance]


def answered(
    normal: Normal, found: Sequence[Found], state: Dialogue, language: Language, guess: Guess
) -> tuple[Command, ...]:
    """The commands of a turn that does nothing but answer; empty when it says something else.

    `guess` is the likeliest act of the whole text; asked for only where own words may answer.
    """
    told = _pressed(normal, state) or _confirmed(normal, found, state, language)
    if told:
        return told
    told = _filled(normal, found, state, language)
    if _in_own_words(told) and _another_matter(normal.text, language, state, guess()):
        return ()
    return told


def _in_own_words(told: Sequence[Command]) -> bool:
    return any(isinstance(one, SetSlot) and isinstance(one.slot, Written) for one in told)


def _another_matter(text: str, language: Language, state: Dialogue, likeliest: Chance) -> bool:
    """Whether what could be an answer in own words surely is a wish of its own.

    最中、もう1箱ください does not rate the last one. Where stars are asked for, what has no number
    is less likely to be the answer.
    """
    act, top = likeliest.act, state.top
    if top is None or state.asked is None or act in (*_OPINIONS, top.act):
        return False
    if act in OF_ORDERS and top.act in OF_ORDERS or _ONLY_NUMBERS.fullmatch(text):
        return False
    if act in _COURTESY:
        polite, rest = spoken_acts(text, language)
        words = state.asked.slot == "text" and len(rest) > _LITTLE and not _LATER.search(rest)
        if act not in polite or words:
            return False  # 香りがとてもよかったです sounds like thanks; a review may end in thanks
    unfit = state.asked.slot == "rating" and not _RATED.search(text)
    return likeliest.chance >= (_LIKELY if unfit else _SURELY)


def is_bare(text: str, found: Sequence[Found]) -> bool:
    """Whether a folded text has nothing but what was found in it: 青, Mで, 2個, "the red one"."""
    return bool(found) and not _rest(text, found)


def _rest(text: str, found: Sequence[Found]) -> str:
    plain = mask(text, found)
    return re.sub(r"[\ue000-\ue0ff]", "", _FILLER.sub("", plain)).strip()


def _pressed(normal: Normal, state: Dialogue) -> tuple[Command, ...]:
    asked = state.asked
    labels = [label.casefold().strip() for label in asked.labels] if asked else []
    plain = _FILLER.sub("", normal.text)
    # "ステンレスでお願いします" is the button too.
    said = [at for at, one in enumerate(labels) if one == normal.text] or [
        at for at, one in enumerate(labels) if plain and _FILLER.sub("", one) == plain
    ]
    if asked is None or not said:
        return ()
    at = said[0]
    if asked.slot in ("choice", "product") and len(labels) == len(state.shown):
        return (Choose((state.shown[at].id,), "button"),)
    slot = _of_label(asked, asked.labels[at])
    return (SetSlot(slot, Span(0, normal.length)),) if slot else ()


def _of_label(asked: Asked, label: str) -> Slot | None:
    match asked.slot:
        case "size":
            return Size(normal_size(label))
        case "colour":
            name = colour_of(label)
            return Colour(name) if name else Option("colour", label)
        case "quantity":
            count = small_number(label)
            return None if count is None else Quantity(count)
        case "choice" | "product":
            return None
        case "order_number":
            return OrderNumber(label.split(" ")[0])
        case "reason" | "item" | "variant" | "payment" | "rating" | "address" | "text":
            return Written(label)
        case name:
            return Option(name, label)


def _asked_again(normal: Normal) -> tuple[Command, ...]:
    return (Clarify((Candidate("affirm"), Candidate("decline")), Span(0, normal.length)),)


def _confirmed(
    normal: Normal, found: Sequence[Found], state: Dialogue, language: Language
) -> tuple[Command, ...]:
    told = verdict(normal.text, language)
    if state.pending is not None and _YES_BUT.match(normal.text):
        # A yes with a condition is a correction: what was shown is void, whatever follows.
        corrected = tuple(
            CorrectSlot(one.slot, normal.span(one.begin, one.end)) for one in found if one.slot
        )
        # With nothing to correct, what was meant is asked, and nothing is done.
        return corrected or _asked_again(normal)
    if state.pending is not None and told is None and _restates(normal.text, found, state):
        told = "yes"
    if state.pending is not None and told is None and (mended := _mended(normal, state)):
        return mended
    if state.pending is not None and told != "yes" and _KEEPS.match(normal.text):
        told = "no"
    if told is None or state.pending is None:
        return ()
    if told == "unclear":
        return (Clarify((Candidate("affirm"), Candidate("decline")), Span(0, normal.length)),)
    return (Confirm(told == "yes", state.pending.id),)


def _mended(normal: Normal, state: Dialogue) -> tuple[Command, ...]:
    """Another value in the place of one that was shown: 待って、3-3-1だった, "use my gift card"."""
    pattern = _MENDED.get(state.pending.act) if state.pending else None
    if pattern is None or not pattern.search(normal.text):
        return ()
    return (CorrectSlot(Written(normal.cased), Span(0, normal.length)),)


def _restates(text: str, found: Sequence[Found], state: Dialogue) -> bool:
    """Whether it is a yes that says again what was proposed, and nothing else: "yes, cancel it"."""
    assert state.pending is not None
    words = _AGAIN.get(state.pending.act)
    own = [one for one in found if one.kind not in ("order", "product")]
    if words is None or own or len(text) > 40:
        return False
    return re.match(rf"{_YES}(?:.{{0,12}}?)(?:{words}){_DO_IT}$", text) is not None


def _filled(
    normal: Normal, found: Sequence[Found], state: Dialogue, language: Language
) -> tuple[Command, ...]:
    if state.asked is None:
        return ()
    wanted = state.asked.slot
    text = normal.text
    own = [one for one in found if one.slot is not None]
    if wanted in _FREE - {"address"} and _tells(wanted, normal, language):
        words = SetSlot(Written(normal.cased), Span(0, normal.length))
        return (words, *(SetSlot(one.slot) for one in own if one.slot is not None))
    if own and is_bare(text, found):
        known = {name_of(one) for one in state.top.slots} if state.top else set()
        return tuple(
            (CorrectSlot if name_of(one.slot) in known else SetSlot)(
                one.slot, normal.span(one.begin, one.end)
            )
            for one in own
            if one.slot is not None
        )
    if wanted in ("email", "phone") and _TELLS_WHOSE.fullmatch(mask(text, own)):
        whose = [one.slot for one in own if one.kind in ("email", "phone")]
        if any(name_of(one) == wanted for one in whose if one is not None):
            return tuple(SetSlot(one) for one in whose if one is not None)
    if wanted in _OPEN_TO_ANY and is_any(text):
        return (SetSlot(NoMatter(wanted), Span(0, normal.length)),)
    slot = _as_asked(wanted, normal, language)
    if slot is None:
        return ()
    beside = [one.slot for one in own if one.kind in ("email", "phone") and one.slot is not None]
    return (SetSlot(slot, Span(0, normal.length)), *map(SetSlot, beside))


def _as_asked(wanted: str, normal: Normal, language: Language) -> Slot | None:
    """A text that is only understood because the question was put."""
    plain = _FILLER.sub("", normal.text).strip()
    if wanted == "quantity" and (count := small_number(plain)) is not None:
        return Quantity(count)
    placed = _PLACE.search(normal.text) is not None
    if wanted == "order_number" and not placed and (number := _numbered(plain, normal)):
        return number
    if wanted == "coupon" and (code := _CODE.match(plain)) and code["token"] in normal.text:
        return CouponCode(code["token"].upper())
    if wanted == "size" and re.fullmatch(r"\d{1,3}(?:\.\d)?(?:cm)?|[smlx]{1,4}", plain):
        return Size(normal_size(plain))
    if wanted == "size" and (size := size_told(normal.text)) is not None:
        return Size(normal_size(size))
    return Written(normal.cased) if wanted in _FREE and _tells(wanted, normal, language) else None


def _numbered(plain: str, normal: Normal) -> OrderNumber | None:
    """The number in the answer to "which order?": a token alone, or the only digits in it."""
    token = _TOKEN.match(plain)
    # Of "found it, 8204" the fillers leave letters that never stood together.
    told = token["token"] if token and token["token"] in normal.text else None
    if told is None:
        numbers = _DIGITS.findall(normal.text)
        told = numbers[0] if len(numbers) == 1 else None
    if told is None:
        spelt = spelt_digits(normal.text)
        return OrderNumber(spelt) if spelt else None
    at = normal.text.find(told)
    return OrderNumber(normal.cased[at : at + len(told)])


def _tells(wanted: str, normal: Normal, language: Language) -> bool:
    """Whether the text may be the answer in the shopper's own words."""
    text = normal.text
    if verdict(text, language) == "no" or "human_handoff" in spoken_acts(text, language)[0]:
        return False
    if _QUESTION.search(text) or _ELSEWHERE.search(text):
        return False
    if wanted == "text" and _NO_OPINION.search(text):
        return False
    polite, rest = spoken_acts(text, language)
    if polite and set(polite) <= {"thanks", "goodbye", "greet"} and len(rest) <= _LITTLE:
        return False
    if _DROPS.match(text) or wanted == "reason" and _KEPT.search(text):
        return False
    return _ADDRESS.search(text) is not None if wanted == "address" else len(text) >= 1
