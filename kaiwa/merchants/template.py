"""The message templates of an inbox, as its provider has them, and what fills their blanks."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from kaiwa.engines.db import Row, Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.inbox import Inbox
from kaiwa.vocabulary.errors import Invalid, NotFound
from kaiwa.vocabulary.event import TemplateTold
from kaiwa.vocabulary.template import Template, TemplateUse, blanks

_TEMPLATE = msgspec.json.Decoder(Template)
_FILLS = msgspec.json.Decoder(dict[str, str])


class KeptTemplate(msgspec.Struct, frozen=True):
    """A template of one inbox; `fills` say which fact fills which blank (`customer.name`)."""

    id: int
    inbox_id: int
    template: Template
    fills: dict[str, str]

    @property
    def sendable(self) -> bool:
        """Whether the provider lets it out and we can fill it."""
        return self.template.status == "approved" and not self.template.beyond


def take_templates(
    session: Session, box: Inbox, listed: Sequence[Template], as_of: datetime
) -> int:
    """Keep what the provider listed at `as_of`; what is not among it is gone. How many differ.

    News that came after the list was asked for are newer than it and stay.
    """
    known = {(one.template.name, one.template.language): one for one in templates(session, box)}
    named = {(one.name, one.language): one for one in listed}
    changed = 0
    for key, one in named.items():
        if key not in known or known[key].template != one:
            changed += _keep(session, box, one, as_of)
    for key, kept in known.items():
        if key not in named and kept.template.status != "gone":
            gone = msgspec.structs.replace(kept.template, status="gone")
            changed += _keep(session, box, gone, as_of)
    return changed


def hear_template(session: Session, box: Inbox, told: TemplateTold, at: datetime) -> bool:
    """Let the provider's news take effect; whether the list has to be read anew to know all.

    News older than what is known change nothing.
    """
    found = [
        one
        for one in templates(session, box)
        if (told.external_id and one.template.external_id == told.external_id)
        or (one.template.name, one.template.language) == (told.name, told.language)
    ]
    if not found:
        return True
    fresh = {
        name: value
        for name in ("status", "category", "quality", "reason")
        if (value := getattr(told, name)) is not None
    }
    kept = found[0].template
    _keep(session, box, msgspec.structs.replace(kept, **fresh), at)
    # Words, and states of which we do not know what they mean, are told by the list.
    return not fresh or (told.status is None and told.reason is not None)


def templates(session: Session, box: Inbox) -> list[KeptTemplate]:
    """Every template of the inbox by name and language, in whatever state."""
    rows = session.all(
        """SELECT id, inbox_id, body, fills FROM message_template
        WHERE inbox_id = :inbox AND merchant_id = :merchant_id ORDER BY name, language""",
        inbox=box.id,
        merchant_id=box.merchant_id,
    )
    return [_kept(row) for row in rows]


def template(
    session: Session, merchant_id: int, inbox_id: int, called: tuple[str, str]
) -> KeptTemplate:
    """The inbox's template of this name and language; `NotFound`."""
    row = session.one(
        """SELECT id, inbox_id, body, fills FROM message_template WHERE inbox_id = :inbox
        AND merchant_id = :merchant_id AND name = :name AND language = :language""",
        inbox=inbox_id,
        merchant_id=merchant_id,
        name=called[0],
        language=called[1],
    )
    if row is None:
        raise NotFound(f"There is no template {called[0]} in {called[1]}.")
    return _kept(row)


def used_template(session: Session, merchant_id: int, use: TemplateUse) -> Template | None:
    """The template as it stands now; None when it is not known any more."""
    try:
        called = (use.name, use.language)
        return template(session, merchant_id, use.inbox_id, called).template
    except NotFound:
        return None


def code_template(session: Session, box: Inbox, language: str) -> Template | None:
    """The approved template for one-time codes, in the language if there is one; None without."""
    found = [
        one.template
        for one in templates(session, box)
        if one.sendable and one.template.category == "authentication"
    ]
    same = (one for one in found if one.language.partition("_")[0] == language)
    return next(same, found[0] if found else None)


def approved_counts(session: Session, merchant_id: int) -> dict[int, int]:
    """How many templates of each inbox the provider lets out; those for codes are chosen by us."""
    rows = session.all(
        """SELECT inbox_id, count(*) FROM message_template WHERE merchant_id = :merchant_id
        AND status = 'approved' AND body NOT LIKE :codes GROUP BY inbox_id""",
        merchant_id=merchant_id,
        codes='%"category":"authentication"%',
    )
    return {int(inbox_id): int(count) for inbox_id, count in rows}


def set_fills(
    session: Session,
    kept: KeptTemplate,
    fills: Mapping[str, str],
    by: tuple[int, str],
    now: datetime,
) -> None:
    """Say which fact fills which blank; `Invalid` for a blank it does not have.

    `by` is the merchant and who says so.
    """
    known = [blank.key for blank in blanks(kept.template)]
    if strange := [key for key in fills if key not in known]:
        words = f"{kept.template.name} has no {', '.join(strange)}; it has: {', '.join(known)}."
        raise Invalid(words, reason="unknown_blank", blanks=strange)
    session.run(
        """UPDATE message_template SET fills = :fills
        WHERE id = :id AND merchant_id = :merchant_id""",
        fills=msgspec.json.encode(dict(fills)).decode(),
        id=kept.id,
        merchant_id=by[0],
    )
    detail: dict[str, object] = {"fills": dict(fills)}
    write_down(session, by[0], Deed(by[1], "template_filled", f"template:{kept.id}", detail), now)


def _keep(session: Session, box: Inbox, one: Template, as_of: datetime) -> int:
    return session.run(
        """INSERT INTO message_template
        (merchant_id, inbox_id, name, language, status, body, fills, as_of)
        VALUES (:merchant_id, :inbox, :name, :language, :status, :body, '{}', :as_of)
        ON CONFLICT (inbox_id, name, language) DO UPDATE SET status = excluded.status,
        body = excluded.body, as_of = excluded.as_of
        WHERE message_template.as_of <= excluded.as_of""",
        merchant_id=box.merchant_id,
        inbox=box.id,
        name=one.name,
        language=one.language,
        status=one.status,
        body=msgspec.json.encode(one).decode(),
        as_of=as_of,
    )


def _kept(row: Row) -> KeptTemplate:
    return KeptTemplate(row[0], row[1], _TEMPLATE.decode(row[2]), _FILLS.decode(row[3]))
