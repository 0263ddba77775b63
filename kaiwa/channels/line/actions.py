"""Our actions as LINE's action objects; what LINE cannot do is declared or moved."""

from kaiwa.channels.line.limits import most
from kaiwa.channels.line.links import action_uri, phone_uri
from kaiwa.channels.line.page import Json, Page
from kaiwa.vocabulary.cutting import clip, units
from kaiwa.vocabulary.reply import (
    Action,
    CallAction,
    LocationAction,
    ReplyAction,
    UrlAction,
)


def pressable(action: Action, page: Page, block: str) -> Json | None:
    """The action for a Flex button or row, or None when LINE has no such button.

    LINE asks for a place in quick replies only, so such an action moves there.
    """
    if isinstance(action, LocationAction):
        page.quick.append(quick_item(_location(action, page, block)))
        page.lose(block, "quick reply", f"button that asks for a place: {action.label}")
        return None
    return _action(action, page, block)


def quick_reply(action: Action, page: Page) -> Json | None:
    """The item for the row of quick replies."""
    made = _action(action, page, "quick_replies")
    return quick_item(made) if made else None


def quick_item(action: Json) -> Json:
    """An action as an item of `quickReply.items`."""
    return {"type": "action", "action": action}


def open_page(label: str, url: str | None) -> Json | None:
    """A button of our own that opens `url`; its label only decorates what the card says."""
    uri = action_uri(url) if url else None
    return {"type": "uri", "label": clip(label, most("label")), "uri": uri} if uri else None


def copy(label: str, text: str) -> Json | None:
    """A button that copies `text`."""
    if not text or units(text) > most("clipboard"):
        return None
    return {"type": "clipboard", "label": clip(label, most("label")), "clipboardText": text}


def _action(action: Action, page: Page, block: str) -> Json | None:
    match action:
        case ReplyAction():
            return _say(action, page, block)
        case UrlAction(url=url):
            return _uri(action, action_uri(url), page, block)
        case CallAction(phone=phone):
            return _uri(action, phone_uri(phone), page, block)
        case LocationAction():
            return _location(action, page, block)


def _label(action: Action, page: Page, block: str) -> str:
    fallback = action.text if isinstance(action, ReplyAction) else ""
    return page.clipped(action.label.strip() or fallback.strip() or "…", "label", block, "label")


def _location(action: Action, page: Page, block: str) -> Json:
    return {"type": "location", "label": _label(action, page, block)}


def _uri(action: Action, uri: str | None, page: Page, block: str) -> Json | None:
    if uri is None:
        page.lose(block, "dropped", f"button with an address LINE does not take: {action.label}")
        return None
    return {"type": "uri", "label": _label(action, page, block), "uri": uri}


def _say(action: ReplyAction, page: Page, block: str) -> Json:
    label = _label(action, page, block)
    spoken = action.text.strip() or action.label.strip() or label
    text = page.clipped(spoken, "action_text", block, "spoken text")
    if action.payload and units(action.payload) <= most("postback_data"):
        return {"type": "postback", "label": label, "data": action.payload, "displayText": text}
    if action.payload:
        page.lose(block, "message", f"payload over {most('postback_data')} characters: {label}")
    return {"type": "message", "label": label, "text": text}
