"""Order numbers, e-mail addresses, phone numbers, postal codes and coupon codes."""

import re
from collections.abc import Iterator
from typing import Final

from kaiwa.bot.nlu.reader.found import Found
from kaiwa.bot.nlu.slot import CouponCode, Email, OrderNumber, Phone, PostalCode

_EMAIL = re.compile(
    r"(?<![\w.+-])[a-z0-9][\w.+-]{0,63}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}", re.ASCII
)
_MARKED_ZIP = re.compile(r"〒\s*(\d{3})[-ー]?(\d{4})(?!\d)")
_ZIP = re.compile(r"(?<![\d#-])(\d{3})[-ー](\d{4})(?![\d-])")
_NAMED_ZIP = re.compile(
    r"(?:郵便番号[はが:を]?\s*|\b(?:zip|postal|post)\s?code\b[^\d]{0,12}|\bzip\b[^\d]{0,8})"
    r"(\d{3}[-ー]?\d{4}|\d{5}(?:-\d{4})?)(?!\d)"
)
# Behind the letters of a state: Minneapolis, MN 55403.
_STATE_ZIP = re.compile(r"(?<![A-Za-z])[A-Z]{2},?\s+(\d{5}(?:-\d{4})?)(?![\d-])")
_PHONE = re.compile(
    r"(?<![\d#-])(?:\+\d{1,3}[- ]?\(?\d{1,4}\)?(?:[- ]?\d{2,4}){2,3}"
    r"|0\d{1,4}[-ー( ]\d{1,4}[-ー) ]\d{3,4}"
    r"|0[5789]0\d{8}|0120\d{6}|\(\d{3}\)\s?\d{3}-\d{4}|\d{3}-\d{3}-\d{4})(?![\d-])"
)
_ORDER_WORD = (
    r"(?:(?:ご)?注文(?:番号|no\.?|id|ナンバー)?|オーダー(?:番号|no\.?)?|受注番号|予約番号"
    r"|(?<!クーポン)(?<!コード)(?<!電話)番号"
    r"|\border(?:\s+(?:number|no\.?|id|num|code|ref(?:erence)?))?|\bpurchase(?:\s+number)?"
    r"|(?<!coupon )(?<!phone )(?<!code )\bnumber(?= is))"
)
_NUMBER = r"(?P<n>#?\s?(?=[a-z0-9-]*\d)[a-z0-9]{1,10}(?:-[a-z0-9]{1,12}){0,3})"
_NAMED_ORDER = re.compile(
    rf"{_ORDER_WORD}\s*(?:は|が|の|:|が|で|is|was|=)?\s*(?:「|\"|')?{_NUMBER}(?![a-z0-9@])"
)
_MARKED_ORDER = re.compile(
    r"(?<![\w&])#\s?(?P<n>(?=[a-z0-9-]*\d)[a-z0-9]{3,10}(?:-[a-z0-9]{1,12}){0,3})(?![a-z0-9])"
)
_LETTERED_ORDER = re.compile(
    r"(?<![a-z0-9@-])(?P<n>[a-z]{1,5}(?:-\d{2,4})?-\d{3,12}(?:-\d{1,6})?"
    r"|[a-z]{2,4}\d{4,12})(?![a-z0-9@-])"
)
_BARE_ORDER = re.compile(r"^\s*(?P<n>\d{4,14})\s*(?:です|だよ|番です|の状況.*)?[。.!]*$")
# A number of its own is an order's where orders are spoken of, or who ordered is told beside it.
_LONE_ORDER = re.compile(
    r"(?<![a-z0-9¥$.,/:@_-])#?(?P<n>[a-z]?\d{4,10})"
    r"(?![a-z0-9円¥$%年月日時:/_-]|[.,]\d|\s*(?:円|yen|jpy|usd|dollars?|ml|mah|w\b|k?g\b|cm|mm"
    r"|以[下内上]|くらい|ぐらい|前後|まで|程度|台|未満|ルーメン|mm|気圧))"
)
_OF_ORDERS = re.compile(
    r"注文|キャンセル|取り?消|返品|交換|返金|配達|配送|届|発送|送り先|住所|追跡|荷物|中身"
    r"|状況|@|\d{2,4}-\d{3,4}-\d{4}|(?<!\d)0[5789]0\d{8}(?!\d)"
    r"|ステータス|到着|着(?:く|き|か|い)|とど[くいか]|(?:いつ|何時|今日|明日|まだ).{0,6}(?:来|くる|き(?:ます|た))"
    r"|まだ(?:です|かな|なの|[?？。]|$)|出(?:ました|荷)|(?:の|って)(?:件|分|やつ|品物|商品)"
    r"|(?<=\d)(?:は|って|、)?.{0,4}(?:どこ|どう(?:なっ|です))|\bwhere(?:'s| is)? (?:is )?#?\d"
    r"|\b(?:order|cancel|return|refund|exchange|deliver|track|parcel|package|ship|status|address"
    r"|arriv|on its way|come yet|here yet)"
)
_CODE_WORD = (
    r"(?:クーポン(?:コード|番号)?|割引(?:コード|券)?|プロモ(?:ーション)?(?:コード)?"
    r"|キャンペーンコード"
    r"|優待コード|引換コード|コード|\b(?:coupon|promo|discount|voucher|gift)(?:\s+code)?|\bcode)"
)
_CODE = r"(?P<n>(?=[a-z0-9_-]*[a-z0-9])[a-z0-9][a-z0-9_-]{2,23})"
_NAMED_CODE = re.compile(
    rf"{_CODE_WORD}\s*(?:は|が|:|で|is|=|、|,)?\s*(?:「|\"|')?{_CODE}(?![a-z0-9])"
)
_USED_CODE = re.compile(
    rf"(?<![a-z0-9]){_CODE}(?:」|\"|')?\s*(?:を|って|で)?\s*(?:適用|使え|使っ|使い|使う|入力|割引)"
    rf"|\b(?:use|apply|redeem|enter|try|does|will|is|take)\s+(?:code\s+)?"
    r"(?P<m>(?=[a-z0-9_-]*[a-z])[a-z0-9_-]{4,24})\b"
)
_NO_CODE: Final = frozenset(
    "code codes coupon coupons voucher promo discount please for the and isn't doesn't not work "
    "working was wont won't that here from thanks valid field box applied apply expired can how "
    "still use one does didn't with this now again entry has have".split()
)


def contacts(text: str, original: str) -> Iterator[Found]:
    """What identifies somebody or something. `original` has the letters' case, place by place."""
    for found in _EMAIL.finditer(text):
        yield Found("email", found.start(), found.end(), Email(found[0].rstrip(".")))
    yield from _postal_codes(text)
    for found in _STATE_ZIP.finditer(original):
        yield Found("zip", *found.span(1), PostalCode(found[1]))
    for found in _PHONE.finditer(text):
        digits = re.sub(r"[^\d+]", "", found[0])
        yield Found("phone", found.start(), found.end(), Phone(digits))
    yield from _codes(text, original)
    yield from _orders(text, original)


def _postal_codes(text: str) -> Iterator[Found]:
    for pattern in (_MARKED_ZIP, _ZIP):
        for found in pattern.finditer(text):
            yield Found("zip", found.start(), found.end(), PostalCode(f"{found[1]}-{found[2]}"))
    for found in _NAMED_ZIP.finditer(text):
        digits = found[1].replace("-", "").replace("ー", "")
        plain = f"{digits[:3]}-{digits[3:]}" if len(digits) == 7 else found[1]
        yield Found("zip", found.start(1), found.end(1), PostalCode(plain))


def _orders(text: str, original: str) -> Iterator[Found]:
    named = (_NAMED_ORDER, _MARKED_ORDER, _LETTERED_ORDER, _BARE_ORDER)
    lone = (_LONE_ORDER,) if _OF_ORDERS.search(text) else ()
    for pattern in (*named, *lone):
        for found in pattern.finditer(text):
            begin, end = found.span("n")
            number = original[begin:end].strip().removeprefix("#").strip()
            if sum(letter.isdigit() for letter in number) < 3:
                continue
            yield Found("order", begin, end, OrderNumber(number))


def _codes(text: str, original: str) -> Iterator[Found]:
    for pattern in (_NAMED_CODE, _USED_CODE):
        for found in pattern.finditer(text):
            group = "n" if found["n"] else "m"
            begin, end = found.span(group)
            word = text[begin:end].strip("-_")
            if word in _NO_CODE or not (_coded(original[begin:end])):
                continue
            yield Found("code", begin, end, CouponCode(original[begin:end].upper()))


def _coded(written: str) -> bool:
    # A code has a digit, or shouts; an ordinary word after "coupon" has and does neither.
    return any(one.isdigit() for one in written) or (written.isupper() and len(written) > 3)
