"""The order of channels in which a message is tried when it cannot go out. Off (empty) at first.

An entry is a channel or a family of them: `sms` means every channel whose name begins with `sms_`,
too.
"""

from datetime import datetime

import msgspec

from kaiwa.channels import registry
from kaiwa.engines.db import Session
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.merchants.merchant import change_settings, merchant
from kaiwa.vocabulary.errors import Invalid


def set_fallback(
    session: Session, merchant_id: int, chain: tuple[str, ...], actor: str, now: datetime
) -> tuple[str, ...]:
    """Let messages go through these channels in this order; an empty one switches it off.

    `Invalid` names what is no channel, is there twice or has nothing to fall back to.
    """
    _require_possible(chain)
    session.one(f"SELECT id FROM merchant WHERE id = :id{session.lock}", id=merchant_id)
    old = merchant(session, merchant_id).settings
    if old.fallback != chain:
        change_settings(session, merchant_id, msgspec.structs.replace(old, fallback=chain))
        detail: dict[str, object] = {"from": list(old.fallback), "to": list(chain)}
        deed = Deed(actor, "changed_fallback", f"merchant:{merchant_id}", detail)
        write_down(session, merchant_id, deed, now)
    return chain


def after(chain: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """What follows a channel in the chain; nothing for one that is not in it."""
    for place, entry in enumerate(chain):
        if is_meant(entry, kind):
            return chain[place + 1 :]
    return ()


def is_meant(entry: str, kind: str) -> bool:
    """Whether an entry of a chain means this channel."""
    return kind == entry or kind.startswith(f"{entry}_")


def entries() -> list[str]:
    """What may stand in a chain: every channel, and families by their first word."""
    kinds = sorted(registry.channels())
    families = {kind.partition("_")[0] for kind in kinds}
    grown = [one for one in families if sum(is_meant(one, kind) for kind in kinds) > 1]
    return sorted({*kinds, *grown})


def _require_possible(chain: tuple[str, ...]) -> None:
    if not chain:
        return
    for entry in chain:
        if not any(is_meant(entry, kind) for kind in registry.channels()):
            known = ", ".join(entries())
            raise Invalid(f"There is no channel {entry!r}. There are: {known}.", field="fallback")
    if len(set(chain)) < len(chain):
        raise Invalid("A channel may stand in the order once.", field="fallback")
    if len(chain) < 2:
        raise Invalid("Name at least two channels: a first one and its fallback.", field="fallback")
