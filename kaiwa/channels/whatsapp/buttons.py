"""Our actions as what can be pressed on WhatsApp: answers, one link, or words.

A message has answers (up to three as buttons, up to ten as a list) or one link, never both. What
finds no place stands in the text, where WhatsApp makes addresses and numbers pressable itself.
"""

from kaiwa.channels.whatsapp.content import SAY
from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.links import web_address
from kaiwa.channels.whatsapp.page import Json, Page, choose
from kaiwa.vocabulary.cutting import clip, units
from kaiwa.vocabulary.reply import Action, CallAction, LocationAction, ReplyAction, UrlAction


def pressable(
    text: str, actions: tuple[Action, ...], page: Page, block: str, picture: str | None = None
) -> None:
    """`text` with its picture and as many of the actions as one message has place for."""
    answers = answers_of(actions, page, block)
    links = links_of(actions, page, block)
    if answers:
        for label, url in links:
            page.after.append(f"{label} {url}".strip())
            page.lose(block, "text", f"link beside answers: {label or url}")
        ask(text, answers, page, block, picture)
    elif links:
        for label, url in links[1:]:
            page.after.append(f"{label} {url}".strip())
            page.lose(block, "text", f"second link: {label or url}")
        link(text, links[0], page, block, picture)
    elif picture:
        page.media("image", {"link": picture}, text)
    else:
        page.text(text)


def answers_of(actions: tuple[Action, ...], page: Page, block: str) -> list[Json]:
    """Those that answer, as id and title; the others that are no links become words."""
    answers: list[Json] = []
    for action in actions:
        match action:
            case ReplyAction():
                answer = {"id": _meaning(action), "title": _label(action)}
                if _takes(answer, answers):
                    answers.append(answer)
                else:
                    page.after.append(f"・{answer['title']}")
                    page.lose(block, "text", f"button WhatsApp does not take: {answer['title']}")
            case CallAction(label=label, phone=phone):
                page.after.append(f"{label.strip()} {phone}".strip())
                page.lose(block, "text", f"button that calls: {label or phone}")
            case LocationAction(label=label):
                page.place = label.strip() or "📍"
                page.lose(block, "message", f"button that asks for a place: {page.place}")
    return answers


def links_of(actions: tuple[Action, ...], page: Page, block: str) -> list[tuple[str, str]]:
    """Labels and addresses of those that open a page; an address nobody can open becomes words."""
    links: list[tuple[str, str]] = []
    for action in actions:
        if not isinstance(action, UrlAction):
            continue
        label, url = action.label.strip(), web_address(action.url)
        if url:
            links.append((label, url))
        else:
            page.after.append(f"{label} {action.url.strip()}".strip())
            page.lose(block, "text", f"address WhatsApp does not open: {label or action.url[:80]}")
    return links


def ask(text: str, answers: list[Json], page: Page, block: str, picture: str | None = None) -> None:
    """`text` with answers below it: up to three buttons, a list, or further lists."""
    short = all(units(one["title"]) <= most("button_title") for one in answers)
    if len(answers) <= most("buttons") and (short or picture):
        page.interactive(
            "button", text, {"buttons": [reply(a, page, block) for a in answers]}, picture
        )
        return
    if picture:
        page.media("image", {"link": picture})
    rows = [row({**one, "description": ""}, page, block) for one in answers]
    listed(text, [one for one in rows if one], page)


def listed(text: str, rows: list[Json], page: Page) -> None:
    """A list under `text`; what is beyond ten rows follows in a list of its own."""
    text = page.whole(text)
    if not rows:
        page.text(text)
    for start in range(0, len(rows), most("rows")):
        chosen = rows[start : start + most("rows")]
        sections = [{"rows": chosen}]
        page.interactive(
            "list", text if not start else "…", {"button": choose(text), "sections": sections}
        )


def link(
    text: str, opens: tuple[str, str], page: Page, block: str, picture: str | None = None
) -> None:
    """`text` with one button that opens a page."""
    label, url = opens
    title = page.clipped(label or "🔗", "link_title", block, "label")
    action = {"name": "cta_url", "parameters": {"display_text": title, "url": url}}
    page.interactive("cta_url", text, action, picture)


def reply(answer: Json, page: Page, block: str) -> Json:
    """An answer as a button."""
    title = page.clipped(answer["title"], "button_title", block, "label")
    return {"type": "reply", "reply": {"id": answer["id"], "title": title}}


def row(answer: Json, page: Page, block: str) -> Json | None:
    """An answer as a row of a list; None when its meaning is too long for one."""
    if units(answer["id"]) > most("row_id"):
        page.after.append(f"・{answer['title']}")
        page.lose(block, "text", f"row whose meaning is too long: {answer['title']}")
        return None
    made = {"id": answer["id"], "title": page.clipped(answer["title"], "row_title", block, "row")}
    about = page.clipped(answer["description"], "row_description", block, "row description")
    return {**made, "description": about} if about else made


def _takes(answer: Json, others: list[Json]) -> bool:
    """Ids and titles of one message differ, and an id has no spaces around it."""
    own_id, shown = answer["id"], _shown(answer)
    fits = 0 < units(own_id) <= most("button_id") and own_id == own_id.strip()
    return fits and all(own_id != one["id"] and shown != _shown(one) for one in others)


def _shown(answer: Json) -> str:
    return clip(answer["title"], most("button_title"))


def _meaning(action: ReplyAction) -> str:
    return action.payload or SAY + (action.text.strip() or _label(action))


def _label(action: ReplyAction) -> str:
    return " ".join((action.label.strip() or action.text.strip() or "…").split())
