"""How inboxes and channels look to whoever sets them up: everything but a secret."""

import html

from kaiwa.channels import Ability, Channel, CredentialField, Guide, Told, channel
from kaiwa.desk.inbox_health import Found, found
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.inbox import Inbox
from kaiwa.merchants.inbox_change import Standing
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.time import iso
from kaiwa.web.shapes import Json


def channel_shape(kind: Channel) -> Json:
    """A channel and what it asks for, in both languages."""
    guide: Guide = getattr(kind, "guide", Guide())
    return {
        "kind": kind.kind,
        "name": kind.name,
        "ours": Ability.CARRIED_BY_US in kind.abilities,
        "can_check": Ability.HEALTH in kind.abilities,
        "can_connect": Ability.CONNECT in kind.abilities,
        "before": [told_shape(one) for one in guide.before],
        "webhook": None if guide.webhook is None else told_shape(guide.webhook),
        "after": [told_shape(one) for one in guide.after],
        "fields": [_field(one) for one in kind.credential_fields],
    }


def inbox_shape(one: Standing, own: str, secrets: Secrets) -> Json:
    """An inbox and how it is; of its secrets only whether they are there."""
    box = one.inbox
    try:
        name: str | None = channel(box.channel).name
    except NotFound:
        name = None
    shape: Json = {
        "id": box.id,
        "channel": box.channel,
        "name": box.name,
        "active": one.disabled_at is None,
        "known": name is not None,
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
    return shape


def found_shape(one: Found) -> Json:
    """A trouble in both languages."""
    return {**told_shape(one.said), "stops": one.stops}


def told_shape(one: Told) -> Json:
    """A sentence in both languages."""
    return {"ja": one.ja, "en": one.en}


def _field(one: CredentialField) -> Json:
    return {
        "name": one.name,
        "title": told_shape(one.title or Told(one.label, one.label)),
        "where": None if one.where is None else told_shape(one.where),
        "secret": one.secret,
        "required": one.required,
        "shortest": one.shortest,
        "made_up": one.made_up,
    }


def _credentials(box: Inbox, secrets: Secrets) -> Json:
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
