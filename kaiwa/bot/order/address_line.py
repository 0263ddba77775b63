"""An address as people type it, on one line or several, Japanese or English, whole or in part.

What a Japanese postal code says is taken from it; what is not said stays empty, to be asked for.
"""

import re
import unicodedata
from typing import Final

import msgspec

from kaiwa.orders.address import PREFECTURES, PostalAddress, prefecture
from kaiwa.orders.postal_code import Place, places_for
from kaiwa.vocabulary.errors import Invalid

_JP_CODE: Final = re.compile(
    r"(?:〒\s*|郵便番号\D{0,3}|^|(?<=[\s、,はを]))(\d{3})[-‐−–ー]?(\d{4})(?![\d-])"
    r"|(?<![\dA-Za-z#-])(\d{3})[-‐−–ー](\d{4})(?![\d-])"
)
_US_CODE: Final = re.compile(r"(?<![\d-])(\d{5}(?:-\d{4})?)(?![\d-])")
_PREFECTURE: Final = re.compile("|".join(PREFECTURES))
_CITY: Final = re.compile(
    r"^(?:[^\d\s]{1,7}?市[^\d\s市]{1,5}?区|[^\d\s]{1,6}?郡[^\d\s]{1,6}?[町村]|[^\d\s]{1,8}?[市区町村])"
)
_NUMBERS: Final = re.compile(
    r"(?:\d{1,2}条[東西南北]?)?(?:\d{1,5}|[一二三四五六七八九十]{1,3})\s*(?:丁目|番地?|号)(?:\s*の?\s*\d{1,5}\s*(?:丁目|番地?|号)?)*"
    r"(?:[-‐−–ーの]\s*\d{1,5})*|\d{1,5}(?:\s*[-‐−–ー]\s*\d{1,5})*"
)
_POLITE: Final = re.compile(
    r"(?:に(?:変えて|変更して|送って|届けて|してください|して|お願い|変更|なります|なりました)|です|でした|だった"
    r"|でお願い|へ(?:お願い|送って|変更)|が(?:正しい|新しい)|宛て?に|と(?:なり|申し)).*$"
)
_BEFORE: Final = re.compile(
    r"^.*?(?:(?:新しい|変更後の?|正しい|次の)?(?:お?届け先|送り先|住所|配送先|引っ越し先)(?:は|を|が|:)?[、,:\s]*"
    r"(?=〒|\d{3}-|[^、。]{2,3}[都道府県]))"
)
_CHATTER: Final = re.compile(
    r"^(?:(?:あ|えっと|すみません|すいません|ごめん(?:なさい)?|待って(?:ください)?|いや|やっぱり?|間違え(?:ました|た)?|正しくは"
    r"|番地は|番地が|続きは)[、。,\s]*)+"
)
_STATES: Final = frozenset(
    """AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ
    NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY""".split()
)
_SECOND: Final = re.compile(
    r"^(?:apt|apartment|suite|ste|unit|floor|fl|room|rm|building|bldg|#)\b\.?|^#", re.IGNORECASE
)
_COUNTRIES: Final = re.compile(
    r"^(?:u\.?s\.?a?\.?|united states(?: of america)?|america|japan|日本)\.?$", re.IGNORECASE
)
_LEAD_EN: Final = re.compile(
    r"^.*?\b(?:to|is|at|address(?: is)?:?|it'?s)[:,]?\s+(?=#?\d)|^[^\d]*?:\s*(?=#?\d)",
    re.IGNORECASE,
)
_TAIL_EN: Final = re.compile(
    r"[,.\s]+(?:instead|please|thanks|thank you|from now on|if possible|now)\b.*$", re.IGNORECASE
)
# 55 Barton Springs Rd Austin TX 78704: all in one run.
_RUN_ON: Final = re.compile(
    r"(?P<street>#?\d[\w-]*\s+(?:[\w'.-]+\s+){0,4}(?:street|avenue|ave|road|rd|drive|dr|lane|ln"
    r"|boulevard|blvd|court|ct|terrace|place|pl|parkway|pkwy|highway|hwy|circle|cir|trail|loop|way"
    r"|square|st(?!\.? (?:louis|paul|pete|petersburg|george|cloud|joseph|charles|augustine)\b))\.?"
    r"(?:\s+[NSEW]{1,2}\b)?)(?P<second>\s+(?:apt|apartment|suite|ste|unit|floor|fl|rm|#)\.?\s*[\w-]+)?"
    r"\s+(?P<city>[a-z][a-z'. -]*?)(?P<rest>,?\s+[A-Z]{2}\b,?(?:\s+\d{5}(?:-\d{4})?)?\b.*)",
    re.IGNORECASE,
)
_LIKE: Final = re.compile(
    r"[都道府県市区町村]|丁目|番地|\d+-\d+|\d|\b(?:street|st|avenue|ave|road|rd|drive|lane|suite)\b",
    re.IGNORECASE,
)


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of an address so far; empty is not said yet."""

    postal_code: str = ""
    region: str = ""
    city: str = ""
    line1: str = ""
    line2: str = ""
    country: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts without which no parcel finds its way."""
        wants = ("postal_code", "region", "city", "line1")
        return tuple(name for name in wants if not getattr(self, name))

    def whole(self, name: str, phone: str = "") -> PostalAddress:
        """The address for somebody of that name."""
        return PostalAddress(
            name, self.postal_code, self.region, self.city, self.line1, self.line2,
            self.country or "JP", phone,
        )  # fmt: skip


def looks_like_address(text: str) -> bool:
    """Whether a text may say where to send something."""
    return _LIKE.search(unicodedata.normalize("NFKC", text)) is not None


def read_address(text: str, country: str = "JP") -> Draft:
    """What the text says of an address; an empty draft when it says nothing of one."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not looks_like_address(plain):
        return Draft()
    code = _JP_CODE.search(plain)
    if (
        code
        or _PREFECTURE.search(plain)
        or (country == "JP" and re.search(r"[ぁ-んァ-ヶ一-鿿]", plain))
    ):
        return _japanese(plain, code)
    return _western(plain, country)


def corrected(before: Draft, now: Draft) -> Draft:
    """The draft with what was said now in the place of what was said before."""
    if now.postal_code and now.postal_code != before.postal_code and now.region:
        return now if now.line1 else msgspec.structs.replace(now, country=before.country)
    told = {name: value for name, value in msgspec.structs.asdict(now).items() if value}
    line1 = now.line1
    if line1 and before.line1 and _NUMBERS.fullmatch(line1):
        # 3-3-1だった: only the numbers were wrong.
        told["line1"] = _renumbered(before.line1, line1)
    return msgspec.structs.replace(before, **told)


def _renumbered(before: str, numbers: str) -> str:
    found = _NUMBERS.search(before)
    if found is None:
        return f"{before}{numbers}"
    return f"{before[: found.start()]}{numbers}{before[found.end() :]}"


def _japanese(plain: str, code: re.Match[str] | None) -> Draft:
    written = _written(code)
    places = places_for(written) if written else []
    if not re.search(r"[ぁ-んァ-ヶ一-鿿]{2}", _without(plain, code)) and "," in plain:
        return _romaji(plain, code, places)
    rest = _without(plain, code)
    rest = _CHATTER.sub("", _POLITE.sub("", _BEFORE.sub("", rest))).strip(" 、。,.!")
    region, city = "", ""
    if found := _PREFECTURE.search(rest):
        region, rest = found[0], rest[found.end() :].strip()
    place = _likeliest(places, rest)
    if place is not None:
        region, city = region or place.prefecture, place.city
        rest = rest.removeprefix(city).strip() if rest.startswith(city) else _after_city(rest, city)
        rest = _with_town(rest, place)
    elif found := _CITY.match(rest):
        city, rest = found[0], rest[found.end() :].strip()
    line1, line2 = _numbered(rest)
    return Draft(written, region, city, line1, line2, "JP")


def _written(code: re.Match[str] | None) -> str:
    return "" if code is None else f"{code[1] or code[3]}-{code[2] or code[4]}"


def _without(plain: str, code: re.Match[str] | None) -> str:
    if code is None:
        return plain
    before = plain[: code.start()]
    # Words before the code are no part of the address, unless the address ends with its code.
    written = re.search(r"\d-\d|丁目", before) or _PREFECTURE.search(before)
    kept = before if written else ""
    return f"{kept} {plain[code.end() :]}".strip()


def _likeliest(places: list[Place], rest: str) -> Place | None:
    if not places:
        return None
    return next((one for one in places if one.town and one.town in rest), places[0])


def _after_city(rest: str, city: str) -> str:
    found = rest.find(city)
    return rest[found + len(city) :].strip() if found >= 0 else rest


def _with_town(rest: str, place: Place) -> str:
    if not place.town or place.town in rest or not rest:
        return rest
    # Another town was written: the shopper's own word stands.
    return rest if re.match(r"[一-鿿ァ-ヶぁ-ん]", rest) else f"{place.town}{rest}"


def _numbered(rest: str) -> tuple[str, str]:
    """What belongs to the street, and the building behind it; nothing without a number."""
    found = _NUMBERS.search(rest)
    if found is None:
        return "", ""
    line1 = re.sub(r"\s*[-‐−–ー]\s*(?=\d)", "-", rest[: found.end()])
    return line1.strip(), rest[found.end() :].strip(" 、,")


def _romaji(plain: str, code: re.Match[str] | None, places: list[Place]) -> Draft:
    """1-2-3 Ginza, Chuo-ku, Tokyo 104-0061."""
    written = _written(code)
    rest = _TAIL_EN.sub("", _LEAD_EN.sub("", _JP_CODE.sub(" ", plain)))
    parts = [one.strip(" .") for one in rest.split(",") if one.strip(" .")]
    parts = [one for one in parts if not _COUNTRIES.match(one)]
    region, city = "", ""
    if parts and (found := _region_of(parts[-1])):
        region, parts = found, parts[:-1]
    if places:
        region, city = region or places[0].prefecture, places[0].city
        inside = [one for one in parts[1:] if re.search(r"-?(?:ku|shi|gun|city)\b", one, re.I)]
        parts = [one for one in parts if one not in inside]
    elif len(parts) > 1:
        city, parts = parts[-1], parts[:-1]
    line1 = parts[0] if parts else ""
    return Draft(written, region, city, line1, ", ".join(parts[1:]), "JP")


def _region_of(text: str) -> str:
    try:
        return prefecture(text)
    except Invalid:
        return ""


def _parted(line: str) -> str:
    """The line with commas between its parts; itself where street and city are parted already."""
    run = _RUN_ON.fullmatch(line.strip())
    if run is None:
        return line
    parts = (run["street"], run["second"] or "", run["city"], run["rest"])
    return ", ".join(one.strip(" ,") for one in parts if one.strip(" ,"))


def _western(plain: str, country: str) -> Draft:
    """123 Elm Street, Suite 641, Austin, TX 78712, USA."""
    parts = [
        one.strip(" .") for one in _parted(_TAIL_EN.sub("", _LEAD_EN.sub("", plain))).split(",")
    ]
    parts = [one for one in parts if one]
    named = [one for one in parts if _COUNTRIES.match(one)]
    parts = [one for one in parts if one not in named]
    if len(parts) > 2 and not re.search(r"\d", parts[0]) and re.match(r"#?\d", parts[1]):
        parts = parts[1:]  # whom it is for stands before it
    postal, region = "", ""
    for at in range(len(parts) - 1, -1, -1):
        code = _US_CODE.search(parts[at]) if at or len(parts) == 1 else None
        if code and not postal and not (at == 0 and len(parts[at]) > len(code[0])):
            postal = code[1]
            parts[at] = _US_CODE.sub("", parts[at]).strip()
    for at in range(len(parts) - 1, 0, -1):
        word = parts[at].split(" ")[-1]
        if not region and word.upper() in _STATES and len(word) == 2:
            region = word.upper()
            parts[at] = parts[at].removesuffix(word).strip()
    parts = [one for one in parts if one]
    line1 = parts.pop(0) if parts and re.search(r"\d", parts[0]) else ""
    second = [one for one in parts if _SECOND.match(one)]
    rest = [one for one in parts if one not in second]
    city = rest[-1] if rest and (line1 or region) else ""
    more = rest[:-1] if city else []
    where = "US" if region or postal else country
    return Draft(postal, region, city, line1, ", ".join([*second, *more]), where)
