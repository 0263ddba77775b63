"""Our actions as what can be pressed: buttons that stay, quick replies that leave, or words."""

from kaiwa.channels.meta.content import SAY
from kaiwa.channels.meta.page import Json, Page
from kaiwa.vocabulary.cutting import clip
from kaiwa.vocabulary.reply import Action, CallAction, LocationAction, ReplyAction, UrlAction


def buttons_of(actions: tuple[Action, ...], page: Page, block: str) -> list[Json]:
    """The buttons of the actions; one that cannot be a button becomes a line of words."""
    made: list[Json] = []
    for action in actions:
        button = _button(action, page, block)
        if button is not None and button not in made:
            made.append(button)
    return made


def pressable(text: str, actions: tuple[Action, ...], page: Page, block: str) -> None:
    """`text` with all of its buttons."""
    made = buttons_of(actions, page, block)
    if made:
        page.buttons(text, made)
    else:
        page.text(text)


def quick_replies(actions: tuple[Action, ...], page: Page) -> list[Json]:
    """As many as there may be; what is no answer becomes a line of words."""
    block = "quick_replies"
    made: list[Json] = []
    for action in actions:
        if isinstance(action, ReplyAction):
            shown = label_of(action)
            payload = meaning_of(action, page, block)
            if payload is not None:
                title = page.clipped(shown, "quick_title", block, "label")
                one = {"content_type": "text", "title": title, "payload": payload}
                made += [] if one in made else [one]
        elif isinstance(action, UrlAction):
            page.after.append(f"{action.label.strip()} {action.url.strip()}".strip())
            page.lose(block, "text", f"link among quick replies: {named(action)}")
        else:
            _in_words(action, page, block)
    for one in made[page.most("quick_replies") :]:
        page.lose(block, "dropped", f"beyond thirteen: {one['title']}")
    return made[: page.most("quick_replies")]


def _button(action: Action, page: Page, block: str) -> Json | None:
    if isinstance(action, ReplyAction):
        payload = meaning_of(action, page, block)
        if payload is None:
            return None
        title = page.clipped(label_of(action), "button_title", block, "label")
        return {"type": "postback", "title": title, "payload": payload}
    if isinstance(action, UrlAction) and (url := page.address(action.url)):
        if action.links_account and page.surface.links:
            # Messenger writes "Log in" on it, and tells our page who pressed it.
            return {"type": "account_link", "url": url}
        return link(action.label.strip() or "🔗", url, page, block)
    if isinstance(action, CallAction) and page.surface.calls and (number := _dialled(action)):
        title = page.clipped(action.label.strip() or "📞", "button_title", block, "label")
        return {"type": "phone_number", "title": title, "payload": number}
    _in_words(action, page, block)
    return None


def link(label: str, url: str, page: Page, block: str) -> Json:
    """A button that opens a page; `url` is an address Meta takes."""
    title = page.clipped(label, "button_title", block, "label")
    return {"type": "web_url", "title": title, "url": url}


def meaning_of(action: ReplyAction, page: Page, block: str) -> str | None:
    """The payload; None when it is too long, and then the label stands in the text."""
    told = action.payload if (action.payload or "").strip() else None
    payload = told or SAY + (action.text.strip() or label_of(action))
    if page.fits(payload, "payload"):
        return payload
    page.after.append(f"・{label_of(action)}")
    page.lose(block, "text", f"button whose meaning is too long: {clip(label_of(action), 40)}")
    return None


def label_of(action: ReplyAction) -> str:
    """What stands on it."""
    return " ".join((action.label.strip() or action.text.strip() or "…").split())


def named(action: UrlAction) -> str:
    """The link in a sentence about what was lost."""
    return action.label.strip() or clip(action.url.strip(), 80) or "…"


def _dialled(action: CallAction) -> str | None:
    digits = "".join(sign for sign in action.phone if sign in "0123456789")
    return f"+{digits}" if action.phone.strip().startswith("+") and len(digits) > 4 else None


def _in_words(action: Action, page: Page, block: str) -> None:
    match action:
        case UrlAction(label=label, url=url):
            page.after.append(f"{label.strip()} {url.strip()}".strip())
            page.lose(block, "text", f"address Meta does not open: {named(action)}")
        case CallAction(label=label, phone=phone):
            page.after.append(f"{label.strip()} {phone}".strip())
            page.lose(block, "text", f"button that calls: {label or phone or '…'}")
        case LocationAction(label=label):
            page.after.append(label.strip() or "📍")
            page.lose(block, "text", f"button that asks for a place: {label.strip() or '📍'}")
        case _:
            pass
