"""A postal address, checked as far as its country's form allows."""

import re
import unicodedata
from typing import Final

import msgspec

from kaiwa.vocabulary.errors import Invalid

PREFECTURES: Final = tuple(
    """北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都
    神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府
    大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県
    福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県""".split()
)
_ROMAN: Final = dict(
    zip(
        """hokkaido aomori iwate miyagi akita yamagata fukushima ibaraki tochigi gunma saitama
        chiba tokyo kanagawa niigata toyama ishikawa fukui yamanashi nagano gifu shizuoka aichi
        mie shiga kyoto osaka hyogo nara wakayama tottori shimane okayama hiroshima yamaguchi
        tokushima kagawa ehime kochi fukuoka saga nagasaki kumamoto oita miyazaki kagoshima
        okinawa""".split(),
        PREFECTURES,
        strict=True,
    )
)
_PHONE: Final = re.compile(r"\+?[0-9]{9,15}")
_LONGEST: Final = 200


class PostalAddress(msgspec.Struct, frozen=True):
    """Where a parcel goes. In Japan `region` is the prefecture, `line1` the number and street.

    `kana` is how the name is read.
    """

    name: str
    postal_code: str
    region: str
    city: str
    line1: str
    line2: str = ""
    country: str = "JP"
    phone: str = ""
    kana: str = ""

    def one_line(self) -> str:
        """As it is written in its country, on one line."""
        if self.country == "JP":
            return f"〒{self.postal_code} {self.region}{self.city}{self.line1} {self.line2}".strip()
        rest = (self.line1, self.line2, self.city, self.region, self.postal_code, self.country)
        return ", ".join(part for part in rest if part)


def checked_address(given: PostalAddress) -> PostalAddress:
    """The address in its normal form; `Invalid` names the field that is wrong."""
    tidy = {name: _tidy(getattr(given, name), name) for name in PostalAddress.__struct_fields__}
    tidy["country"] = tidy["country"].upper()
    if not re.fullmatch(r"[A-Z]{2}", tidy["country"]):
        raise _wrong("country", "A country is two letters, such as JP.")
    for name in ("name", "city", "line1"):
        if not tidy[name]:
            raise _wrong(name, f"The address needs: {name}.")
    tidy["phone"] = _phone(tidy["phone"])
    if tidy["country"] == "JP":
        tidy["postal_code"] = _postal_code(tidy["postal_code"])
        tidy["region"] = prefecture(tidy["region"])
    return PostalAddress(**tidy)


def still_read(before: PostalAddress | None, now: PostalAddress) -> PostalAddress:
    """The new address; whoever keeps the name keeps how it is read, unless that is said anew."""
    if now.kana or before is None or before.name != now.name:
        return now
    return msgspec.structs.replace(now, kana=before.kana)


def _tidy(value: str, name: str) -> str:
    text = " ".join(unicodedata.normalize("NFKC", value).split())
    if len(text) > _LONGEST:
        raise _wrong(name, f"This is longer than {_LONGEST} characters: {name}.")
    return text


def _postal_code(text: str) -> str:
    digits = re.sub(r"[〒\s\-‐‑–—―−ー]", "", text)
    if not re.fullmatch(r"[0-9]{7}", digits):
        raise _wrong("postal_code", "A Japanese postal code has seven digits, such as 150-0001.")
    return f"{digits[:3]}-{digits[3:]}"


def prefecture(text: str) -> str:
    """The prefecture's whole name, from a short or a roman one; `Invalid`."""
    if text in PREFECTURES:
        return text
    for one in PREFECTURES[1:]:
        if one[:-1] == text:
            return one
    roman = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    short = re.sub(r"[\s-]?(prefecture|pref\.?|to|fu|ken|do)$", "", roman)
    found = _ROMAN.get(roman) or _ROMAN.get(short)
    if found is None:
        raise _wrong("region", f"There is no prefecture {text!r}.")
    return found


def _phone(text: str) -> str:
    digits = re.sub(r"[\s()\-‐‑–—―−ー]", "", text)
    if digits and not _PHONE.fullmatch(digits):
        raise _wrong("phone", f"This is no telephone number: {text!r}.")
    return digits


def _wrong(field: str, message: str) -> Invalid:
    return Invalid(message, field=field)
