"""What a customer's message says, in our words."""

from typing import Any, Final

import msgspec

from kaiwa.channels.whatsapp.webhook import Card, Filled, Interactive, Message, Order, Stored
from kaiwa.vocabulary import content as said

# A button without a payload says its text, which travels in the button's id behind this.
SAY: Final = "say:"
_MEDIA: Final = {"image": "image", "video": "video", "audio": "audio", "document": "file"}


def content_of(message: Message, raw: bytes) -> said.Content:
    """The message's content; a kind nobody knows is kept as the provider wrote it."""
    match message:
        case Message(type="text", text=words) if words:
            return said.Text(words.body)
        case Message(type="image" | "video" | "audio" | "document" as kind):
            stored: Stored | None = getattr(message, kind)
            return _media(_MEDIA[kind], stored) if stored else _unknown(message, raw)
        case Message(type="sticker", sticker=stored) if stored:
            # A sticker is a small picture; Meta tells no words for it.
            return _media("image", stored)
        case Message(type="location", location=place) if place:
            return said.Location(
                place.latitude, place.longitude, place.name or "", place.address or ""
            )
        case Message(type="contacts", contacts=cards) if cards:
            return said.Text("\n".join(_card(card) for card in cards))
        case Message(type="interactive", interactive=interactive) if interactive:
            return _pressed(interactive) or _unknown(message, raw)
        case Message(type="button", button=button) if button:
            return _meant(button.payload, button.text)
        case Message(type="order", order=order) if order:
            return said.Text(_cart(order))
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
    match interactive:
        case Interactive(type="button_reply", button_reply=chosen) if chosen:
            return _meant(chosen.id, chosen.title)
        case Interactive(type="list_reply", list_reply=chosen) if chosen:
            return _meant(chosen.id, chosen.title)
        case Interactive(type="nfm_reply", nfm_reply=filled) if filled:
            return _filled(filled)
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


def _cart(order: Order) -> str:
    lines = [f"{item.product_retailer_id} × {item.quantity}" for item in order.product_items]
    return "\n".join([*lines, order.text.strip()]).strip()
