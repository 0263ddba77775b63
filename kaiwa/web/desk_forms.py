"""The shop's forms, as the settings and the composer use them."""

from typing import Any, TypedDict

from litestar import Request, delete, get, post, put
from litestar.params import JSONBody

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
from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.vocabulary.time import iso
from kaiwa.web.desk_door import Desk, Id
from kaiwa.web.errors import refusals

Asking = Request[Any, Any, Any]
_READ = refusals(401, 403, 503)
_WRITE = refusals(400, 401, 403, 404, 409, 413, 503)


class QuestionShape(TypedDict):
    """One question of a form."""

    kind: Kind
    label: Option
    hint: Option
    required: bool
    options: tuple[Option, ...]


class FormShape(TypedDict):
    """A form as it is kept."""

    id: int
    title: Option
    intro: InBoth
    thanks: InBoth
    questions: list[QuestionShape]
    changed_at: str


class AllForms(TypedDict):
    """The shop's forms."""

    forms: list[FormShape]


class FormKept(TypedDict):
    """The form as it is now."""

    form: FormShape


@get("/forms", responses=_READ)
async def all_forms(request: Asking) -> AllForms:
    """The shop's forms, the oldest first."""
    desk = await Desk.of(request)
    found = await desk.read(lambda s: forms(s, desk.merchant_id))
    return {"forms": [_shape(one) for one in found]}


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
        "changed_at": iso(one.changed_at),
    }


HANDLERS = [all_forms, new_form, other_form, no_form]
