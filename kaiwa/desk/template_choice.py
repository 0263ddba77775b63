"""A template as an agent chooses it: which may go to an address now, and what fills its blanks."""

from datetime import datetime

import msgspec

from kaiwa.channels import Ability, channel
from kaiwa.conversations.conversation import conversation
from kaiwa.conversations.standing import standing
from kaiwa.customers.consent import ConsentState, consent_state
from kaiwa.customers.identity import Identity, identity
from kaiwa.desk.card_facts import CARD_BLANKS, card_facts
from kaiwa.desk.reply_facts import reply_facts
from kaiwa.engines.db import Session
from kaiwa.merchants.inbox import inbox
from kaiwa.merchants.template import KeptTemplate, template, templates
from kaiwa.vocabulary.errors import Conflict, Invalid, NotFound
from kaiwa.vocabulary.template import Blank, Template, TemplateUse, blanks


class TemplateChoice(msgspec.Struct, frozen=True):
    """Which template, in which language, with what in its blanks."""

    name: str
    language: str
    values: dict[str, str] = {}


class Offer(msgspec.Struct, frozen=True):
    """A template for an address: `closed` says why it may not go; `values` are what records say."""

    kept: KeptTemplate
    closed: str | None
    values: dict[str, str]


def offers(
    session: Session,
    merchant_id: int,
    ids: tuple[int, int],
    identity_id: int | None,
    origin: str = "",
) -> list[Offer]:
    """The templates of the inbox that the address belongs to, those that may go first.

    `ids` are the conversation and the agent. `NotFound` for an address that is not the customer's.
    Codes are sent by us and chosen by nobody: those are left out, and so is what is gone. `origin`
    is where we are called from outside: pictures of ours are there.
    """
    conv = conversation(session, merchant_id, ids[0])
    wanted = identity_id or conv.identity_id
    if wanted is None:
        return []
    where = identity(session, merchant_id, wanted)
    if where.customer_id != conv.customer_id:
        raise NotFound("The customer has no such address.")
    if Ability.TEMPLATES not in channel(where.channel).abilities:
        return []
    agreed = consent_state(session, merchant_id, where.id)
    kept = [
        one
        for one in templates(session, inbox(session, merchant_id, where.inbox_id))
        if one.template.status != "gone" and one.template.category != "authentication"
    ]
    facts = reply_facts(session, merchant_id, ids)
    if any(one.template.cards for one in kept):
        cards = card_facts(session, merchant_id, conv.customer_id, conv.language, origin)
        for place, told in enumerate(cards):
            facts |= {f"card.{place}.{name}": value for name, value in told.items()}
    found = [Offer(one, _closed(one.template, agreed), _suggested(one, facts)) for one in kept]
    return sorted(found, key=lambda one: one.closed is not None)


def chosen(session: Session, where: Identity, choice: TemplateChoice, now: datetime) -> TemplateUse:
    """The template filled for the address.

    `Conflict` when it may not go there now: not approved, advertising without consent, blocked.
    `NotFound` and `Invalid` when there is no such template, or something is wrong with the values.
    """
    kind = channel(where.channel)
    called = (choice.name, choice.language)
    found = template(session, where.merchant_id, where.inbox_id, called).template
    agreed = consent_state(session, where.merchant_id, where.id)
    if (closed := _closed(found, agreed)) is not None:
        raise Conflict(_WORDS.get(closed, _WORDS["state"]), reason=closed)
    box = inbox(session, where.merchant_id, where.inbox_id)
    stands = standing(session, where, box, by_person=True)
    if not kind.routes(msgspec.structs.replace(stands, template=found.category), now):
        raise Conflict("Nothing can be sent to this address now.", reason="blocked")
    use = kind.fill(found, choice.values, where.inbox_id)
    ends = use.values.get("offer.ends")
    if ends is not None and datetime.fromisoformat(ends) <= now:
        raise Invalid(
            "The offer would end before it arrives.", reason="ended", blanks=["offer.ends"]
        )
    return use


_WORDS = {
    "no_consent": "This template is advertising, and the customer has not agreed to any.",
    "beyond": "Kaiwa cannot fill this template. Choose another one.",
    "state": "The provider does not let this template out now. Choose another one.",
}


def _closed(one: Template, agreed: ConsentState) -> str | None:
    if one.beyond or one.category == "authentication":
        return "beyond"
    if one.status != "approved":
        return one.status
    return "no_consent" if one.category == "marketing" and agreed != "granted" else None


def _suggested(kept: KeptTemplate, facts: dict[str, str]) -> dict[str, str]:
    """What records say for its blanks: as the shop set it, or where one is named like a fact."""
    found: dict[str, str] = {}
    for blank in blanks(kept.template):
        card, named = _named(blank)
        fact = kept.fills.get(blank.key, named)
        value = facts.get(f"{card}{fact}" if fact in CARD_BLANKS else fact)
        if value:
            found[blank.key] = value
    return found


def _named(blank: Blank) -> tuple[str, str]:
    """The card it is on (`card.0.`) and the fact it is named like.

    A card shows its article's picture and leads to its page unless the shop says otherwise.
    """
    *part, name = blank.key.split(".")
    if part[0] != "card":
        return "", name.replace("_", ".", 1)
    by_kind = {"image": "product.image", "url": "product.handle"}
    return f"card.{part[1]}.", by_kind.get(blank.kind, name.replace("_", ".", 1))
