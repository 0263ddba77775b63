"""The templates of a WhatsApp account: how they are listed, and when one is not taken.

Written from Meta's documents (template messages, error codes), not from our adapter.
"""

import re
from typing import Any

from tests.fakes.whatsapp_rules import USER_ID

BLANK = re.compile(r"\{\{(\w+)\}\}")
No = tuple[int, str, str]


class Templates:
    """By name and language; `stopped` want no marketing of this business."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], dict[str, Any]] = {}
        self.stopped: set[str] = set()
        self.page_size = 2

    def add(
        self, name: str, category: str, body: str, *parts: dict[str, Any], **more: Any
    ) -> dict[str, Any]:
        """An approved one in Japanese unless `more` says otherwise."""
        made = {
            "id": str(9_000 + len(self.kept)),
            "name": name,
            "language": "ja",
            "status": "APPROVED",
            "category": category,
            "quality_score": {"score": "GREEN"},
            "rejected_reason": "NONE",
            "components": [{"type": "BODY", "text": body}, *parts],
        } | more
        for part in parts:
            _approve(part)
        self.kept[made["name"], made["language"]] = made
        return made

    def page(self, asked: dict[str, str]) -> dict[str, Any]:
        """A part of the list; only the fields that were asked for."""
        fields = {"id", *asked["fields"].split(",")}
        start = int(asked.get("after", "0"))
        rows = list(self.kept.values())[start : start + self.page_size]
        shown = [{key: row[key] for key in fields if key in row} for row in rows]
        end = start + len(rows)
        paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(end)}}
        if end < len(self.kept):
            paging["next"] = f"https://graph.facebook.com/next?after={end}"
        return {"data": shown, "paging": paging}

    def refuses(self, body: dict[str, Any]) -> No | None:
        """Why Meta does not take the message: number, title and details; None when it does."""
        used = body["template"]
        known = self.kept.get((used["name"], used["language"]["code"]))
        if known is None:
            return 132001, "Template does not exist", "Not in this language"
        if known["status"] != "APPROVED":
            code = {"PAUSED": 132015, "DISABLED": 132016}.get(known["status"], 132001)
            return code, f"Template is {known['status'].lower()}", "It cannot be sent"
        to = str(body.get("to") or body["recipient"])
        if known["category"] == "AUTHENTICATION" and USER_ID.fullmatch(to):
            return 131062, "Business-scoped user id not supported", "Authentication needs a number"
        if known["category"] == "MARKETING" and to in self.stopped:
            return 131050, "User has stopped marketing messages", "They opted out"
        return _wrong(known, used.get("components", []))


def _approve(part: dict[str, Any]) -> None:
    """What Meta asks of a carousel before it takes it: one shape, short words, a medium."""
    cards = [{one["type"]: one for one in card["components"]} for card in part.get("cards", [])]
    if part["type"] != "CAROUSEL" or not cards:
        return
    assert len(cards) <= 10
    shapes = set()
    for card in cards:
        assert len(card.get("BODY", {}).get("text", "")) <= 160
        buttons = [one["type"] for one in card["BUTTONS"]["buttons"]]
        assert 1 <= len(buttons) <= 2
        shapes.add((*sorted(card), card["HEADER"]["format"], *buttons))
    assert len(shapes) == 1


def _wrong(known: dict[str, Any], given: list[dict[str, Any]]) -> No | None:
    parts = {one["type"]: one for one in known["components"]}
    own = [one for one in given if one["type"].lower() != "carousel"]
    return (
        _unfit(parts, own, known["category"] == "AUTHENTICATION")
        or _long(parts, {_place(one): one["parameters"] for one in own})
        or _wrong_cards(parts.get("CAROUSEL", {}).get("cards", []), given)
    )


def _wrong_cards(known: list[dict[str, Any]], given: list[dict[str, Any]]) -> No | None:
    """Every card has to be there in its place, filled as a message of its own."""
    shown = [card for one in given if one["type"].lower() == "carousel" for card in one["cards"]]
    if [card["card_index"] for card in shown] != list(range(len(known))):
        return 132000, "Number of parameters does not match", "cards"
    for card, filled in zip(known, shown, strict=True):
        parts = {one["type"]: one for one in card["components"]}
        found = filled["components"]
        no = _unfit(parts, found, False) or _long(
            parts, {_place(one): one["parameters"] for one in found}, 160
        )
        if no is not None:
            return no
    return None


def _unfit(parts: dict[str, Any], given: list[dict[str, Any]], secret: bool) -> No | None:
    got = {_place(one): one["parameters"] for one in given}
    want = _wanted(parts, secret)
    # The picture of a catalogue is of its first product, unless another one is named.
    for place in [one for one in got if one.startswith("button catalog ")]:
        want[place] = ["1"]
    if set(got) != set(want):
        return 132000, "Number of parameters does not match", f"{sorted(got)} != {sorted(want)}"
    for place, names in want.items():
        shown = got[place]
        if [one.get("parameter_name", str(n)) for n, one in enumerate(shown, 1)] != names:
            return 132000, "Number of parameters does not match", place
        for one in shown:
            if (no := _unfit_value(one, place)) is not None:
                return no
    codes = {one.get("text") for shown in got.values() for one in shown}
    if secret and (len(codes) != 1 or len(str(codes.pop())) > 15):
        return 131009, "Parameter value is not valid", "One code of at most 15 characters"
    return None


def _unfit_value(one: dict[str, Any], place: str) -> No | None:
    if one["type"] == "limited_time_offer":
        ends_ms = one["limited_time_offer"]["expiration_time_ms"]
        # What is given in seconds would have ended in 1970.
        fits = isinstance(ends_ms, int) and ends_ms > 1_600_000_000_000
        return None if fits else (131009, "Parameter value is not valid", place)
    if one["type"] == "action":
        return _unfit_products(one["action"], place)
    value = one.get("text", "")
    if re.search(r"[\n\t]| {5}", value):
        return 132018, "Parameter format is wrong", "new-line, tab or 5 spaces"
    if one["type"] == "text" and not value:
        return 131009, "Parameter value is not valid", place
    link = one.get(one["type"], {}).get("link") if one["type"] in ("image", "video") else None
    if link is not None and not link.startswith("https://"):
        return 131053, "Media upload error", place
    return None


def _unfit_products(action: dict[str, Any], place: str) -> No | None:
    """A catalogue names at most a thumbnail; a list has up to 10 sections and 30 products."""
    sections = action.get("sections", [])
    skus = [one["product_retailer_id"] for each in sections for one in each["product_items"]]
    listed = place.startswith("button mpm")
    fits = 1 <= len(skus) <= 30 and len(sections) <= 10 if listed else not sections
    titled = all(0 < len(each["title"]) <= 24 for each in sections)
    if fits and titled and action.get("thumbnail_product_retailer_id"):
        return None
    return 131009, "Parameter value is not valid", place


def _long(
    parts: dict[str, Any], got: dict[str, list[dict[str, Any]]], most_words: int = 1_024
) -> No | None:
    for kind, most in (("HEADER", 60), ("BODY", most_words)):
        text = parts.get(kind, {}).get("text", "")
        shown = enumerate(got.get(kind.lower(), []), 1)
        values = {one.get("parameter_name", str(n)): one.get("text", "") for n, one in shown}
        filled = BLANK.sub(lambda found, known=values: known[found[1]], text)  # type: ignore[misc]
        if len(filled) > most:
            return 132005, "Translated text too long", kind
    return None


def _place(one: dict[str, Any]) -> str:
    """Meta reads the kinds in either case."""
    kind = str(one["type"]).lower()
    return kind if kind != "button" else f"{kind} {one['sub_type'].lower()} {one['index']}"


def _wanted(parts: dict[str, Any], secret: bool) -> dict[str, list[str]]:
    """The names of the parameters that each place must have, in their order."""
    found: dict[str, list[str]] = {}
    for kind in ("HEADER", "BODY"):
        part = parts.get(kind, {})
        if part.get("format", "TEXT") != "TEXT":
            found[kind.lower()] = ["1"]
        elif names := list(dict.fromkeys(BLANK.findall(part.get("text", "")))):
            numbered = all(name.isdigit() for name in names)
            found[kind.lower()] = sorted(names, key=int) if numbered else names
    if parts.get("LIMITED_TIME_OFFER", {}).get("limited_time_offer", {}).get("has_expiration"):
        found["limited_time_offer"] = ["1"]
    if secret:
        # Its words are Meta's own, listed or not, and its only button copies the code.
        return {"body": ["1"], "button url 0": ["1"]}
    for place, button in enumerate(parts.get("BUTTONS", {}).get("buttons", [])):
        if BLANK.search(button.get("url", "")):
            found[f"button url {place}"] = ["1"]
        elif button["type"] == "COPY_CODE":
            found[f"button copy_code {place}"] = ["1"]
        elif button["type"] == "MPM":
            found[f"button mpm {place}"] = ["1"]
    return found
