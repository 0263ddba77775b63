"""How inboxes and channels look to whoever sets them up: everything but a secret."""

import html
from typing import TypedDict

from kaiwa.channels import Ability, Channel, CredentialField, Guide, Told, channel
from kaiwa.desk.inbox_health import Found, found
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox
from kaiwa.merchants.inbox_change import Standing
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.time import iso


class FieldShape(TypedDict):
    """One credential that a channel asks for."""

    name: str
    title: Told
    where: Told | None
    secret: bool
    required: bool
    shortest: int
    made_up: bool


class ChannelShape(TypedDict):
    """A channel and how it is set up."""

    kind: str
    name: str
    ours: bool
    can_check: bool
    can_connect: bool
    before: list[Told]
    webhook: Told | None
    after: list[Told]
    fields: list[FieldShape]


class TroubleShape(TypedDict):
    """What is wrong, in both languages; what `stops` must be mended first."""

    ja: str
    en: str
    stops: bool


class InboxShape(TypedDict):
    """An inbox and how it is. Of secrets it says only that they are there: None."""

    id: int
    channel: str
    name: str
    active: bool
    known: bool
    troubles: list[TroubleShape]
    checked_at: str | None
    last_in_at: str | None
    quota_left: int | None
    origins: list[str]
    credentials: dict[str, str | None]
    webhook: str
    key: str | None
    code: str | None


def channel_shape(kind: Channel) -> ChannelShape:
    """A channel and what it asks for, in both languages."""
    guide: Guide = getattr(kind, "guide", Guide())
    return {
        "kind": kind.kind,
        "name": kind.name,
        "ours": Ability.CARRIED_BY_US in kind.abilities,
        "can_check": Ability.HEALTH in kind.abilities,
        "can_connect": Ability.CONNECT in kind.abilities,
        "before": list(guide.before),
        "webhook": guide.webhook,
        "after": list(guide.after),
        "fields": [_field(one) for one in kind.credential_fields],
    }


def inbox_shape(one: Standing, own: str, secrets: Secrets) -> InboxShape:
    """An inbox and how it is; of its secrets only whether they are there."""
    box = one.inbox
    return {
        "id": box.id,
        "channel": box.channel,
        "name": box.name,
        "active": one.disabled_at is None,
        "known": _is_known(box.channel),
        "troubles": [found_shape(found(box.channel, said)) for said in one.troubles],
        "checked_at": None if one.checked_at is None else iso(one.checked_at),
        "last_in_at": None if one.last_in_at is None else iso(one.last_in_at),
        "quota_left": box.quota_left,
        "origins": list(box.settings.origins),
        "credentials": _credentials(box, secrets),
        "webhook": f"{own}/webhooks/{box.channel}/{box.key}",
        "key": box.key if box.channel == "web_chat" else None,
        "code": _code(own, box.key) if box.channel == "web_chat" else None,
    }


def found_shape(one: Found) -> TroubleShape:
    """A trouble in both languages."""
    return {"ja": one.said.ja, "en": one.said.en, "stops": one.stops}


def _is_known(kind: str) -> bool:
    try:
        return bool(channel(kind).name)
    except NotFound:
        return False


def _field(one: CredentialField) -> FieldShape:
    return {
        "name": one.name,
        "title": one.title or Told(one.label, one.label),
        "where": one.where,
        "secret": one.secret,
        "required": one.required,
        "shortest": one.shortest,
        "made_up": one.made_up,
    }


def _credentials(box: Inbox, secrets: Secrets) -> dict[str, str | None]:
    """What is kept by name: its value where it is no secret, else None."""
    try:
        fields = {one.name: one for one in channel(box.channel).credential_fields}
    except NotFound:
        return {}
    plain = box.account(secrets).credentials
    return {
        name: None if fields[name].secret else value
        for name, value in plain.items()
        if name in fields and value
    }


def _code(own: str, key: str) -> str:
    address = html.escape(f"{own}/widget.js", quote=True)
    return f'<script async src="{address}" data-shop="{html.escape(key, quote=True)}"></script>'
