"""Message templates at the desk: which may go to an address, and sending one."""

from typing import Annotated, Any, Literal, TypedDict

import msgspec
from litestar import Request, get, post
from litestar.params import JSONBody, QueryParameter

from kaiwa.desk.answering import Answer, answer
from kaiwa.desk.template_choice import Offer, TemplateChoice, offers
from kaiwa.engines.db import Session
from kaiwa.vocabulary.template import BlankKind, Status, TemplateButton, blanks
from kaiwa.web.desk_door import BodyId, ClientId, Count, Desk, Id, MessageSaid, Name
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
_READ = refusals(400, 401, 403, 404, 503)
_ACT = refusals(400, 401, 403, 404, 409, 413, 503)
Key = Annotated[str, msgspec.Meta(max_length=80, pattern=r"^[\w.]+$")]
Value = Annotated[str, msgspec.Meta(max_length=2_000, pattern=r"^[^\x00]*$")]


class Choosing(msgspec.Struct, frozen=True):
    """The template with its values, where it goes, and what the agent saw."""

    client_id: ClientId
    epoch: Count
    last_seq: Count
    identity: BodyId
    name: Name
    language: Name
    values: Annotated[dict[Key, Value], msgspec.Meta(max_length=60)] = {}


class ButtonShape(TypedDict):
    """A button of a template."""

    text: str
    url: str


class TemplateCardShape(TypedDict):
    """A card of a template's carousel."""

    media: str
    body: str
    buttons: list[ButtonShape]


class BlankShape(TypedDict):
    """What varies in a template, and what records fill it with."""

    key: str
    kind: BlankKind
    example: str
    optional: bool
    value: str


class TemplateShape(TypedDict):
    """A template for an address; `closed` says why it may not go there."""

    name: str
    language: str
    category: Literal["marketing", "utility"]
    status: Status
    quality: str
    reason: str
    closed: str | None
    media: str
    header: str
    body: str
    footer: str
    offer: str
    buttons: list[ButtonShape]
    cards: list[TemplateCardShape]
    blanks: list[BlankShape]


class Templates(TypedDict):
    """The templates for an address."""

    templates: list[TemplateShape]


@get("/conversations/{conversation_id:int}/templates", responses=_READ)
async def see_templates(
    request: Asking,
    conversation_id: Id,
    identity: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
) -> Templates:
    """The templates for an address (else where it is held): what may go, and what fills them."""
    desk = await Desk.of(request)
    ids = (conversation_id, desk.agent.id)
    origin = desk.context.public_url or str(request.base_url).rstrip("/")
    found = await desk.read(lambda s: offers(s, desk.merchant_id, ids, identity, origin))
    return {"templates": [_shape(one) for one in found]}


@post("/conversations/{conversation_id:int}/template", responses=_ACT)
async def send_template(
    request: Asking, conversation_id: Id, data: JSONBody[Choosing]
) -> MessageSaid:
    """Send a template; it goes where nothing else may, and takes the conversation over."""
    desk = await Desk.of(request)
    said = Answer(
        conversation_id,
        desk.agent.id,
        data.client_id,
        data.epoch,
        data.last_seq,
        identity_id=data.identity,
        template=TemplateChoice(data.name, data.language, dict(data.values)),
    )

    def speak(session: Session) -> MessageSaid:
        found = answer(session, desk.merchant_id, said, desk.now)
        row = desk.row(session, conversation_id)
        return {"message": desk.message(session, found), "conversation": row}

    return await desk.act(conversation_id, speak)


def _shape(one: Offer) -> TemplateShape:
    found = one.kept.template
    return {
        "name": found.name,
        "language": found.language,
        "category": "marketing" if found.category == "marketing" else "utility",
        "status": found.status,
        "quality": found.quality,
        "reason": found.reason,
        "closed": one.closed,
        "media": found.media,
        "header": found.header,
        "body": found.body,
        "footer": found.footer,
        "offer": found.offer,
        "buttons": _buttons(found.buttons),
        "cards": [
            {"media": each.media, "body": each.body, "buttons": _buttons(each.buttons)}
            for each in found.cards
        ],
        "blanks": [
            {
                "key": blank.key,
                "kind": blank.kind,
                "example": blank.example,
                "optional": blank.optional,
                "value": one.values.get(blank.key, ""),
            }
            for blank in blanks(found)
        ],
    }


def _buttons(buttons: tuple[TemplateButton, ...]) -> list[ButtonShape]:
    return [{"text": each.text, "url": each.url} for each in buttons]


HANDLERS = [see_templates, send_template]
