"""Changes where an order goes, or where orders go from now on: asks only for what is missing.

The whole address is shown before the yes.
"""

import re
from typing import Final

import msgspec

from kaiwa.bot.answer_to import answer_to
from kaiwa.bot.nlu.slot import PostalCode, Written
from kaiwa.bot.order.address_line import Draft, corrected, read_address
from kaiwa.bot.order.identifying import of_order
from kaiwa.bot.order.refusing import too_late
from kaiwa.bot.skills.contract import Case, Outcome, Skill, said
from kaiwa.orders.address import PostalAddress, checked_address
from kaiwa.orders.allowed import allowed
from kaiwa.orders.change import ChangeOrder
from kaiwa.orders.default_address import SetDefaultAddress, default_address
from kaiwa.orders.order import Order
from kaiwa.vocabulary.errors import Invalid

_DEFAULT: Final = re.compile(
    r"(?:登録|会員|アカウント|既定|デフォルト|基本)(?:の|して(?:い|あ)る|情報の?)*住所"
    r"|住所の登録|次から|今後"
    r"|\b(?:default|account|profile|user) (?:\w+ )?address\b|\baddress (?:on|in"
    r"|for) my (?:account|profile)\b"
    r"|\bfuture orders\b",
    re.IGNORECASE,
)


def _change(case: Case, found: Order) -> Outcome:
    if "change_address" not in allowed(found):
        return too_late(case, found)
    old = found.body.address
    draft = _draft(case, old.country if old else _country(case))
    if draft.missing:
        return _ask(case, draft, found.number)
    name = old.name if old and old.name else (found.name or case.shop.person.name or "-")
    address = draft.whole(name, old.phone if old else "")
    try:
        address = checked_address(address)
    except Invalid as error:
        return _wrong(case, draft, str(error.detail.get("field", "")))
    write = ChangeOrder(found.id, address)
    after: Order = case.shop.rehearse(write, found, lambda one: one)
    assert after.body.address is not None
    shown = case.say(
        "aftersale.address_shown", number=found.number, name=name, address=address.one_line()
    )
    if not case.agreed(write, shown):
        return case.propose(write, shown)
    done: Order = case.shop.do_agreed(write, case.yes_to or "", found)
    return Outcome(said(case.say("aftersale.address_done", number=found.number)), order=done)


def _draft(case: Case, country: str) -> Draft:
    """What was said of the address so far, in this turn and before."""
    kept = case.frame.learnt.get("address")
    before = msgspec.json.decode(kept, type=Draft) if kept else Draft()
    if case.yes_to is not None:
        return before
    answer = answer_to(case, "address") or _correction(case)
    now = read_address(answer or case.turn.text, country)
    code = case.slot(PostalCode)
    if not now.postal_code and code is not None and not before.postal_code:
        now = corrected(read_address(code.text, country), now)
    if not (now.postal_code or now.region or now.line1):
        return before
    if not (now.postal_code or now.region or kept) and answer is None:
        return before
    draft = corrected(before, now)
    case.frame.learnt["address"] = msgspec.json.encode(draft).decode()
    return draft


def _correction(case: Case) -> str | None:
    told = case.request.slot(Written)
    return told.text if told is not None and case.request.corrected else None


def _ask(case: Case, draft: Draft, number: str) -> Outcome:
    if draft == Draft() or len(draft.missing) > 2:
        return case.ask("address", case.say("aftersale.address_which", number=number))
    known = "".join((draft.region, draft.city, draft.line1))
    return case.ask("address", case.say(f"aftersale.address_lacks_{draft.missing[0]}", known=known))


def _wrong(case: Case, draft: Draft, field: str) -> Outcome:
    key = field if field in ("postal_code", "region", "city", "line1") else "line1"
    left = msgspec.structs.replace(draft, **{key: ""})
    case.frame.learnt["address"] = msgspec.json.encode(left).decode()
    return case.ask("address", case.say("aftersale.address_wrong"))


def _country(case: Case) -> str:
    return "JP" if case.shop.merchant.currency == "JPY" else "US"


def change_default(case: Case) -> Outcome:
    """Change where the shopper's orders go from now on, as agreed."""
    shop = case.shop
    if not shop.person.signed_in:
        return Outcome(said(case.say("aftersale.sign_in_first")))
    old = default_address(shop.session, shop.merchant.id, shop.person.customer_id)
    draft = _draft(case, old.country if old else _country(case))
    case.frame.learnt["default"] = "yes"
    if draft.missing:
        outcome = _ask(case, draft, "")
        return msgspec.structs.replace(outcome, frame=case.frame)
    address = _named(case, draft, old)
    write = SetDefaultAddress(shop.person.customer_id, address)
    shown = case.say("aftersale.default_shown", address=address.one_line())
    if not case.agreed(write, shown):
        return msgspec.structs.replace(case.propose(write, shown), frame=case.frame)
    shop.do_agreed(write, case.yes_to or "")
    return Outcome(said(case.say("aftersale.default_done")))


def _named(case: Case, draft: Draft, old: PostalAddress | None) -> PostalAddress:
    name = old.name if old else case.shop.person.name
    return checked_address(draft.whole(name or "-", old.phone if old else ""))


def _serve(case: Case) -> Outcome:
    if "default" in case.frame.learnt or _DEFAULT.search(case.turn.text):
        frame = msgspec.structs.replace(case.frame, learnt=dict(case.frame.learnt))
        return change_default(msgspec.structs.replace(case, frame=frame))
    return of_order(case, "change_address", _change)


SKILL = Skill("change_address", ("change_address",), _serve)
