"""A reply as LINE calls: blocks to messages, quick replies last, at most five messages a call."""

from kaiwa.channels.contract import Rendered, Route, Wire
from kaiwa.channels.line.blocks import put
from kaiwa.channels.line.limits import most
from kaiwa.channels.line.page import Json, Page
from kaiwa.vocabulary.cutting import clip, units
from kaiwa.vocabulary.reply import Reply

REPLY = "reply"
PUSH = "push"
REPLY_ROUTE = "reply_token"


def render(reply: Reply, route: Route) -> Rendered:
    """The calls that say `reply` over `route`, and what was lost."""
    page = Page()
    native = _native(reply, page)
    if native is None:
        for block in reply.blocks:
            put(block, page)
        _attach_quick(page)
        _merge(page)
    else:
        page.messages = native
    if not page.messages:
        page.lose("reply", "nothing", "a reply without words")
    return Rendered(_wires(page, route), tuple(page.losses))


def _native(reply: Reply, page: Page) -> list[Json] | None:
    messages = reply.native.get("line")
    if messages is None:
        return None
    typed = all(isinstance(each.get("type"), str) for each in messages)
    if typed and 1 <= len(messages) <= most("messages_per_call"):
        return list(messages)
    page.lose("native", "blocks", "a LINE payload is one to five messages, each with a type")
    return None


def _attach_quick(page: Page) -> None:
    """Quick replies hang on the very last message: on any other one LINE does not show them."""
    items = page.quick[: most("quick_replies")]
    for item in page.quick[most("quick_replies") :]:
        page.lose("quick_replies", "dropped", f"beyond thirteen: {item['action']['label']}")
    if not items:
        return
    if not page.messages:
        labels = " / ".join(item["action"]["label"] for item in items)
        page.messages.append({"type": "text", "text": clip(labels, most("text"))})
    page.messages[-1] = {**page.messages[-1], "quickReply": {"items": items}}


def _merge(page: Page) -> None:
    """Neighbouring texts become one while there are more messages than one call carries."""
    index, merged = 1, 0
    while len(page.messages) > most("messages_per_call") and index < len(page.messages):
        joined = _joined(page.messages[index - 1], page.messages[index])
        if joined is None:
            index += 1
        else:
            page.messages[index - 1 : index + 1] = [joined]
            merged += 1
    if merged:
        page.lose("text", "merged text", f"{merged} separate bubbles")


def _joined(first: Json, second: Json) -> Json | None:
    if first["type"] != "text" or second["type"] != "text":
        return None
    text = f"{first['text']}\n\n{second['text']}"
    return {**second, "text": text} if units(text) <= most("text") else None


def _wires(page: Page, route: Route) -> tuple[Wire, ...]:
    size = most("messages_per_call")
    calls = [page.messages[at : at + size] for at in range(0, len(page.messages), size)]
    wires = [Wire(PUSH, {"to": route.to, "messages": call}) for call in calls]
    if calls and route.kind == REPLY_ROUTE and route.handle:
        wires[0] = Wire(REPLY, {"replyToken": route.handle.token, "messages": calls[0]})
        if len(calls) > 1:
            beyond = len(page.messages) - size
            page.lose("reply", "push", f"{beyond} messages beyond five are a metered push")
    return tuple(wires)
