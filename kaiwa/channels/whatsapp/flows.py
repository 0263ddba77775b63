"""Forms as WhatsApp's own: sent as a flow that the merchant has published, and told for that.

What Meta calls a flow is a form that opens inside the chat. Its answers come back under the names
of our fields, because the merchant publishes what `described` writes.
"""

from typing import Final

from kaiwa.channels.in_words import form as in_words
from kaiwa.channels.whatsapp.limits import most
from kaiwa.channels.whatsapp.page import OTHERWISE, Json, Page
from kaiwa.vocabulary.content import FORM_FILLED
from kaiwa.vocabulary.cutting import clip, units
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.reply import Form, FormField

SCREEN: Final = "FORM"
_VERSION: Final = "7.2"
_MESSAGE_VERSION: Final = "3"
_INPUTS: Final = {"number": "number", "email": "email", "phone": "phone"}


def shown(block: Form, page: Page, plainly: Page) -> None:
    """The form as its flow; `plainly` is what is said if Meta does not have it."""
    assert block.flow is not None
    told = in_words(block)
    if plainly.after:
        plainly.text("")
    label = page.clipped(told.label, "flow_label", "form", "label")
    parameters: Json = {
        "mode": "published",
        "flow_message_version": _MESSAGE_VERSION,
        "flow_token": f"{FORM_FILLED}{block.asked}",
        "flow_id": block.flow.id,
        "flow_cta": label,
        "flow_action": "navigate",
        "flow_action_payload": {"screen": block.flow.screen},
    }
    page.interactive("flow", told.text, {"name": "flow", "parameters": parameters})
    page.messages[-1][OTHERWISE] = plainly


def described(form: Form) -> dict[str, object]:
    """One screen with a part for each field, as Meta's flow builder takes it.

    `Invalid` when the form is more than a screen holds.
    """
    consents = sum(one.kind == "consent" for one in form.fields)
    parts: list[Json] = []
    if form.intro.strip():
        parts.append({"type": "TextBody", "text": form.intro.strip()})
    for field in form.fields:
        parts += _parts(field)
    if len(parts) >= most("flow_parts") or consents > most("flow_consents"):
        raise Invalid("The form is too long for a flow.", reason="flow_long")
    answers = {one.name: f"${{form.{one.name}}}" for one in form.fields}
    done = {"name": "complete", "payload": answers}
    label = clip(form.submit_label.strip() or form.title, most("flow_label"))
    parts.append({"type": "Footer", "label": label, "on-click-action": done})
    screen = {
        "id": SCREEN,
        "title": clip(form.title, most("flow_choice")),
        "terminal": True,
        "success": True,
        "data": {},
        "layout": {"type": "SingleColumnLayout", "children": parts},
    }
    return {"version": _VERSION, "screens": [screen]}


def _parts(field: FormField) -> list[Json]:
    """The field, below its question where that is longer than a label may be."""
    consent = field.kind == "consent"
    limit = most("flow_consent" if consent else "flow_label")
    label = field.label.strip()
    asked: list[Json] = [] if units(label) <= limit else [{"type": "TextBody", "text": label}]
    part: Json = {"name": field.name, "label": clip(label, limit), "required": field.required}
    match field.kind:
        case "consent":
            return [*asked, {"type": "OptIn", **part}]
        case "choice" | "choices":
            kind = "RadioButtonsGroup" if field.kind == "choice" else "CheckboxGroup"
            asked += _long_options(field)
            return [*asked, {"type": kind, **part, "data-source": _options(field)}]
        case "date":
            kind = "DatePicker"
        case "long_text":
            kind = "TextArea"
        case other:
            kind = "TextInput"
            part["input-type"] = _INPUTS.get(other, "text")
    if field.hint.strip():
        part["helper-text"] = clip(field.hint.strip(), most("flow_hint"))
    return [*asked, {"type": kind, **part}]


def _options(field: FormField) -> list[Json]:
    """An option's id is its whole text: that is what comes back."""
    return [{"id": one, "title": clip(one, most("flow_choice"))} for one in field.options]


def _long_options(field: FormField) -> list[Json]:
    long = [one for one in field.options if units(one) > most("flow_choice")]
    return [{"type": "TextBody", "text": "\n".join(f"・{one}" for one in long)}] if long else []
