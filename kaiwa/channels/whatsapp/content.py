"""What a customer's message says, in our words."""

from typing import Any, Final

import msgspec

from kaiwa.channels.whatsapp.webhook import (
    Card,
    Chosen,
    Filled,
    Interactive,
    Message,
    Order,
    Stored,
)
from kaiwa.vocabulary import content as said

# A button without a payload says its text, which travels in the button's id behind this.
SAY: Final = "say:"
_MEDIA: Final = {"image": "image", "video": "video", "audio": "audio", "document": "file"}


def content_of(message: Message, raw: bytes) -> said.Content:
    """The message's content; a kind nobody knows is kept as the provider wrote it."""
    match message.type:
        case "text" if message.text:
            return said.Text(message.text.body)
        case "image" | "video" | "audio" | "document" as kind:
            stored: Stored | None = getattr(message, kind)
            return _media(_MEDIA[kind], stored) if stored else _unknown(message, raw)
        case "sticker" if message.sticker:
            # A sticker is a small picture; Meta tells no words for it.
            return _media("image", message.sticker)
        case "location" if message.location:
            place = message.location
            return said.Location(
                place.latitude, place.longitude, place.name or "", place.address or ""
            )
        case "contacts" if message.contacts:
            return said.Text("\n".join(map(_card, message.contacts)))
        case "interactive" if message.interactive:
            return _pressed(message.interactive) or _unknown(message, raw)
        case "button" if message.button:
            return _meant(message.button.payload, message.button.text)
        case "order" if message.order:
            return _cart(message.order)
        case _:
            return _unknown(message, raw)


def _unknown(message: Message, raw: bytes) -> said.Unknown:
    return said.Unknown(message.type, raw=raw.decode("utf-8", "replace"))


def _media(kind: str, stored: Stored) -> said.Media:
    return said.Media(
        kind, source=said.MediaSource(stored.id, name=stored.filename), text=stored.caption
    )


def _card(card: Card) -> str:
    numbers = " ".join(phone.phone for phone in card.phones)
    return f"{card.name.formatted_name} {numbers}".strip()


def _pressed(interactive: Interactive) -> said.Content | None:
    match interactive.type:
        case "button_reply" | "list_reply":
            chosen: Chosen | None = getattr(interactive, interactive.type)
            return _meant(chosen.id, chosen.title) if chosen else None
        case "nfm_reply" if interactive.nfm_reply:
            return _filled(interactive.nfm_reply)
        case _:
            return None


def _meant(payload: str, label: str) -> said.Content:
    if payload.startswith(SAY):
        return said.Text(payload.removeprefix(SAY))
    return said.Postback(label, payload)


def _filled(filled: Filled) -> said.Postback:
    """A completed flow; the token that the merchant gave it says which one it was."""
    try:
        answers = msgspec.json.decode(filled.response_json, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        answers = {"response": filled.response_json} if filled.response_json else {}
    params = {
        name: value if isinstance(value, str) else msgspec.json.encode(value).decode()
        for name, value in answers.items()
    }
    return said.Postback(filled.body or filled.name, params.get("flow_token", ""), params)


def _cart(order: Order) -> said.Content:
    """What was put into WhatsApp's own cart; its prices are the phone's claim and are not read."""
    counts: dict[str, int] = {}
    for item in order.product_items:
        if item.product_retailer_id:
            before = counts.get(item.product_retailer_id, 0)
            counts[item.product_retailer_id] = before + max(item.quantity, 0)
    lines = [f"{sku} × {count}" for sku, count in counts.items()]
    words = "\n".join([*lines, order.text.strip()]).strip()
    if not counts:
        return said.Text(words)
    params = {sku: str(count) for sku, count in counts.items()}
    return said.Postback(words, said.CART_SENT, params)
