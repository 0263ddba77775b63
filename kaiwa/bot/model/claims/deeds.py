"""What a text says was, is being or will be done: cancelled, refunded, ordered, shipped.

A deed that is only possible, asked about, wished for or denied is none: "it can be cancelled",
"shall I cancel it?", 「キャンセルできます」「キャンセルしますか」.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias, get_args

from kaiwa.bot.model.claims.stated import Claim, Stated

Deed: TypeAlias = Literal[
    "cancelled",
    "refunded",
    "ordered",
    "shipped",
    "delivered",
    "returned",
    "exchanged",
    "added",
    "removed",
    "changed",
    "applied",
    "saved",
    "registered",
    "sent",
    "paid",
    "reserved",
    "handed_off",
    "checked",
    "prepared",
]
DEEDS: Final[tuple[Deed, ...]] = get_args(Deed)

_NOUNS: Final[dict[Deed, str]] = {
    "cancelled": "キャンセル|取り?消|取り?止め|取りやめ",
    "refunded": "返金|払い?戻",
    "ordered": "注文(?:を|が)?(?:確定|完了|受け?付|承)|発注|購入|ご?注文",
    "shipped": "発送|出荷|配送|送り出",
    "delivered": "配達|お届け|お渡し|到着|届",
    "returned": "返品",
    "exchanged": "交換|取り?替え",
    "added": "(?:カート|かご|お気に入り|リスト)に(?:追加|入れ)|追加",
    "removed": "削除|取り?除|外",
    "changed": "変更|修正|更新",
    "applied": "適用|値引|割り?引",
    "saved": "保存|記録",
    "registered": "登録|予約(?:通知)?",
    "sent": "送信|お送り|送付|(?:メール|ご?連絡|通知)を?(?:お送り|送)",
    "paid": "(?:お)?支払い?|決済|入金",
    "reserved": "取り置き|確保|お取り置き",
    "handed_off": (
        "(?:担当者?|スタッフ|オペレーター?)(?:に|へ|と)(?:お?つな|"
        "お?繋|引き?継|交代|代わ|転送|伝え)"
    ),
    "checked": "確認|お?調べ",
    "prepared": "手配|手続き|準備|用意",
}
# Said after the noun: done (しました), being done (しております), promised (いたします).
_DONE: Final = (
    r"(?:の?(?:手続き|処理))?(?:が|を|は|も)?(?:正常に|無事に?|すでに|既に|先ほど)?(?:お|ご)?"
    r"(?:さ?せていただ(?:きま(?:した|す)|いて(?:い|お)ります|いています)"
    r"|(?:いた|致)しま(?:した|す)|(?:いた|致)して(?:おり|"
    r"い)ます|し(?:ました|ときました|ておきま(?:した|す))"
    r"|します|して(?:い|おり)ます|した(?![いらくけがのとり場時際あ])"
    r"|さ?れま(?:した|す)|さ?れて(?:い|おり)ます|(?:済|ず)み(?!で(?:ない|"
    r"は))|完了(?:です|しま|いたしま|し(?:て|た)|済)?"
    r"|(?:けま|きま|しま|れま|りま|え?ま|ぎま|えしま|ぎしま|えいたしま|ぎいたしま)(?:した|す)"
    r"|(?:いて|けて|して|って|んで|れて|えて|いで)(?:い|おり)ます|えました|きました|りました)"
)
_OPEN: Final = re.compile(
    (
        r"\s?(?:か[。？?、\s]|か$|か(?:確認|どう|は|も|を|が)|"
        r"と(?:き|、|す)|場合|なら|前|までは|際|たら|ば)"
    ),
    re.ASCII,
)
_DENIED: Final = re.compile(r"\s?(?:ん|せん|ません)", re.ASCII)
_JAPANESE: Final = {
    deed: re.compile(rf"(?:ご|お)?(?:{noun}){_DONE}(?!ん)", re.ASCII)
    for deed, noun in _NOUNS.items()
}
_VERBS: Final[dict[Deed, str]] = {
    "cancelled": r"cancell?(?:ed|ing|ation (?:is|was|has been) (?:complete|done))|called off",
    "refunded": r"refund(?:ed|ing)|reimburs(?:ed|ing)|money back",
    "ordered": r"(?:order(?:ed|ing)|plac(?:ed|ing)|purchas(?:ed|ing)|bought)",
    "shipped": (
        r"shipp(?:ed|ing it|ing your|ing them|ing this)|dispatch(?:ed|"
        r"ing)|on (?:its|the|their) way|sent out|out for delivery"
    ),
    "delivered": r"deliver(?:ed|ing)|arriv(?:ed|es|ing)",
    "returned": r"return(?:ed|ing)",
    "exchanged": r"exchang(?:ed|ing)|replac(?:ed|ing)",
    "added": r"add(?:ed|ing)",
    "removed": r"remov(?:ed|ing)|delet(?:ed|ing)",
    "changed": r"chang(?:ed|ing)|updat(?:ed|ing)|modif(?:ied|ying)",
    "applied": r"appl(?:ied|ying)",
    "saved": r"sav(?:ed|ing) (?:it|this|that|them|your|to)|is saved|been saved",
    "registered": r"(?:register|subscrib|enroll)(?:ed|ing)|signed (?:you )?up|set up",
    "sent": r"(?:e-?)?mail(?:ed|ing)|sent|text(?:ed|ing) you|notified",
    "paid": r"\bpaid\b|charg(?:ed|ing)",
    "reserved": r"reserv(?:ed|ing)|set aside|held for",
    "handed_off": (
        r"(?:connect|transferr|pass|forward)(?:ed|ing)(?: (?:you|"
        r"this|it))? (?:to|with|on)|handed (?:you |this |it "
        r")?over"
    ),
    "checked": r"check(?:ed) with|confirmed with",
    "prepared": r"arrang(?:ed|ing)|process(?:ed|ing)|prepar(?:ed|ing)",
}
# "will ship", "I'll refund": a promise is a deed that has no record yet.
_STEMS: Final[dict[Deed, str]] = {
    "cancelled": "cancel",
    "refunded": "refund|reimburse|give .{0,20}money back",
    "ordered": "order|place",
    "shipped": "ship|dispatch|send out",
    "delivered": "deliver|arrive|be with you|get there|reach you",
    "returned": "return",
    "exchanged": "exchange|replace",
    "added": "add",
    "removed": "remove|delete",
    "changed": "change|update",
    "applied": "apply",
    "saved": "save",
    "registered": "register|subscribe",
    "sent": "send|e-?mail",
    "paid": "pay|charge",
    "reserved": "reserve|hold|set aside",
    "handed_off": "connect you|transfer you|hand you over|pass .{0,12}(?:to|on)",
    "checked": "check with",
    "prepared": "arrange|process|prepare",
}
_WILL: Final = (
    r"(?:\bi'll|\bwe'll|\bit'll|\bthey'll|\bwill|\bis going "
    r"to|\bam going to|\bare going to|\bshall)(?! i\b| we\b)"
)
# Nobody of us is the one who does it: "once it is shipped", but not "after I refunded it".
_CONDITION: Final = re.compile(
    r"\b(?:if|once|before|after|until|when|unless)\b(?:(?!\b(?:i|we)\b)[^.!?;,\n]){0,28}$", re.ASCII
)
# No new sentence begins in between: "not only have I cancelled it" says that it was done.
_DENIAL: Final = re.compile(
    r"(?:\bnot|n't|\bcannot|\bnever|\bcan be|\bcould be|\bmay be|\bmight be|\bto be|\bshall i"
    r"|\bshould i|\bwould you like|\bwant (?:me )?to|\bhow|\bwithout|\bno|\bany|\bplease"
    r"|\bneeds?(?: to)?(?: be)?|\bnothing|\byet to be)\b"
    r"(?:(?!\b(?:i|we|they|it|this|is|are|was|were|have|has|ve|ll)\b)[^.!?;,\n]){0,28}$",
    re.ASCII,
)
_ENGLISH: Final = {
    deed: re.compile(rf"\b(?:{verb})\b|{_WILL}(?: \w+ly)?(?: be)? (?:{_STEMS[deed]})\b", re.ASCII)
    for deed, verb in _VERBS.items()
}


_PRESENT: Final = re.compile(r"(?<!おり)(?<!てい)ます$|ing\b.*$|es$", re.ASCII)
_WILL_BE: Final = re.compile(rf"{_WILL}(?: \w+ly)? be $", re.ASCII)


def promised(deed: str) -> str:
    """The claim that it will be done: what was done may be promised, not the other way round."""
    return f"will be {deed}"


def deeds(text: str) -> Iterator[Stated]:
    """Every deed a folded text claims, done or promised."""
    for deed, pattern in _JAPANESE.items():
        for found in pattern.finditer(text):
            after = text[found.end() : found.end() + 4]
            if not _OPEN.match(after) and not _DENIED.match(after):
                told = promised(deed) if _PRESENT.search(found[0]) else deed
                yield Stated(Claim("deed", told), found.start(), found.end())
    for deed, pattern in _ENGLISH.items():
        for found in pattern.finditer(text):
            before = text[max(0, found.start() - 60) : found.start()]
            if not (_CONDITION.search(before) or _DENIAL.search(before)):
                told = promised(deed) if _is_to_come(found[0], before) else deed
                yield Stated(Claim("deed", told), found.start(), found.end())


def _is_to_come(words: str, before: str) -> bool:
    return bool(re.match(_WILL, words) or _WILL_BE.search(before) or _PRESENT.search(words))
