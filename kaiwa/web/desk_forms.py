"""The shop's forms, as the settings and the composer use them."""

from typing import Annotated, Any, Literal, TypeAlias, TypedDict

import msgspec
from litestar import Request, delete, get, post, put
from litestar.params import JSONBody, QueryParameter

from kaiwa.channels import Ability, Channel, channel
from kaiwa.conversations.form import (
    FormAs,
    InBoth,
    Kind,
    Option,
    ShopForm,
    change_form,
    create_form,
    form,
    forms,
    remove_form,
)
from kaiwa.conversations.form_asking import block_of
from kaiwa.conversations.form_flow import MOST_FLOWS, FormFlow
from kaiwa.conversations.form_flows import connect_flows, fits, new_flows
from kaiwa.engines.db import Session
from kaiwa.engines.http import vouched
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.inbox import Inbox, inbox, inboxes
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import Flow
from kaiwa.vocabulary.time import iso
from kaiwa.web.desk_door import Desk, Id
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
FlowInbox: TypeAlias = Annotated[int, QueryParameter(ge=1, le=2**53)]
FlowLanguage: TypeAlias = Annotated[Literal["ja", "en"], QueryParameter()]
_READ = refusals(401, 403, 503)
_READ_ONE = refusals(400, 401, 403, 404, 503)
_WRITE = refusals(400, 401, 403, 404, 409, 413, 503)


class Flows(msgspec.Struct, frozen=True):
    """All flows that a form is to have."""

    flows: Annotated[tuple[FormFlow, ...], msgspec.Meta(max_length=MOST_FLOWS)]


class QuestionShape(TypedDict):
    """One question of a form."""

    kind: Kind
    label: Option
    hint: Option
    required: bool
    options: tuple[Option, ...]


class FlowShape(TypedDict):
    """The same form at the provider of an inbox; `fits` while both ask the same."""

    inbox: int
    language: Language
    flow_id: str
    screen: str
    fits: bool


class FormShape(TypedDict):
    """A form as it is kept."""

    id: int
    title: Option
    intro: InBoth
    thanks: InBoth
    questions: list[QuestionShape]
    flows: list[FlowShape]
    changed_at: str


class FlowInboxShape(TypedDict):
    """An inbox whose channel knows flows."""

    id: int
    name: str


class AllForms(TypedDict):
    """The shop's forms, and where they can be connected to flows."""

    forms: list[FormShape]
    flow_inboxes: list[FlowInboxShape]


class FormKept(TypedDict):
    """The form as it is now."""

    form: FormShape


class FlowTold(TypedDict):
    """A form as a provider wants it told: JSON, to be copied there."""

    flow: dict[str, object]


@get("/forms", responses=_READ)
async def all_forms(request: Asking) -> AllForms:
    """The shop's forms, the oldest first."""
    desk = await Desk.of(request)
    found, boxes = await desk.read(
        lambda s: (forms(s, desk.merchant_id), inboxes(s, desk.merchant_id))
    )
    flowing = [one for one in boxes if Ability.FLOWS in channel(one.channel).abilities]
    return {
        "forms": [_shape(one) for one in found],
        "flow_inboxes": [{"id": one.id, "name": one.name} for one in flowing],
    }


@post("/forms", responses=_WRITE)
async def new_form(request: Asking, data: JSONBody[FormAs]) -> FormKept:
    """Keep a form. Owners and admins only, as everything that changes forms."""
    desk = await Desk.of(request, "organize")

    def make(session: Session) -> FormShape:
        made = create_form(session, desk.merchant_id, data, desk.now)
        _tell(session, desk, "created", made.id)
        return _shape(made)

    return {"form": await desk.context.db.write(make)}


@put("/forms/{form_id:int}", responses=_WRITE)
async def other_form(request: Asking, form_id: Id, data: JSONBody[FormAs]) -> FormKept:
    """Ask otherwise from now on; what was sent stays as it was sent."""
    desk = await Desk.of(request, "organize")

    def change(session: Session) -> FormShape:
        made = change_form(session, desk.merchant_id, form_id, data, desk.now)
        _tell(session, desk, "changed", form_id)
        return _shape(made)

    return {"form": await desk.context.db.write(change)}


@delete("/forms/{form_id:int}", responses=refusals(400, 401, 403, 404, 503))
async def no_form(request: Asking, form_id: Id) -> None:
    """Offer it no more; what was sent can still be answered."""
    desk = await Desk.of(request, "organize")

    def remove(session: Session) -> None:
        form(session, desk.merchant_id, form_id)
        remove_form(session, desk.merchant_id, form_id, desk.now)
        _tell(session, desk, "removed", form_id)

    await desk.context.db.write(remove)


@put("/forms/{form_id:int}/flows", responses=_WRITE)
async def other_flows(request: Asking, form_id: Id, data: JSONBody[Flows]) -> FormKept:
    """Connect the form's flows at providers; each new one is asked for there before it is kept."""
    desk = await Desk.of(request, "organize")
    wanted = tuple(msgspec.structs.replace(one, asks="") for one in data.flows)
    found = await desk.read(lambda s: form(s, desk.merchant_id, form_id))
    for one in new_flows(found, wanted):
        await _require(desk, one)

    def connect(session: Session) -> FormShape:
        made = connect_flows(session, desk.merchant_id, form_id, wanted, desk.now)
        _tell(session, desk, "connected", form_id)
        return _shape(made)

    return {"form": await desk.context.db.write(connect)}


@get("/forms/{form_id:int}/flow", responses=_READ_ONE)
async def told_flow(
    request: Asking,
    form_id: Id,
    at: FlowInbox,
    language: FlowLanguage,
) -> FlowTold:
    """The form as the provider of inbox `at` wants it told, to be published there as a flow."""
    desk = await Desk.of(request, "organize")

    def look(session: Session) -> dict[str, object]:
        box = inbox(session, desk.merchant_id, at)
        found = form(session, desk.merchant_id, form_id)
        return _with_flows(box).flow_of(block_of(found, language))

    return {"flow": await desk.read(look)}


async def _require(desk: Desk, wanted: FormFlow) -> None:
    box = await desk.read(lambda s: inbox(s, desk.merchant_id, wanted.inbox))
    account = box.account(desk.context.secrets)
    flow = Flow(box.id, wanted.flow_id, wanted.screen)
    http = vouched(desk.context.http, box.api_base)
    await _with_flows(box).require_flow(flow, account, http)


def _with_flows(box: Inbox) -> Channel:
    kind = channel(box.channel)
    if Ability.FLOWS not in kind.abilities:
        raise Invalid("This inbox's channel knows no flows.", reason="no_flows")
    return kind


def _tell(session: Session, desk: Desk, action: str, form_id: int) -> None:
    deed = Deed(f"agent:{desk.agent.id}", action, f"form:{form_id}")
    write_down(session, desk.merchant_id, deed, desk.now)


def _shape(one: ShopForm) -> FormShape:
    wanted = one.wanted
    return {
        "id": one.id,
        "title": wanted.title,
        "intro": wanted.intro,
        "thanks": wanted.thanks,
        "questions": [
            {
                "kind": asked.kind,
                "label": asked.label,
                "hint": asked.hint,
                "required": asked.required,
                "options": asked.options,
            }
            for asked in wanted.questions
        ],
        "flows": [
            {
                "inbox": flow.inbox,
                "language": flow.language,
                "flow_id": flow.flow_id,
                "screen": flow.screen,
                "fits": fits(one, flow),
            }
            for flow in one.flows
        ],
        "changed_at": iso(one.changed_at),
    }


HANDLERS = [all_forms, new_form, other_form, no_form, other_flows, told_flow]
