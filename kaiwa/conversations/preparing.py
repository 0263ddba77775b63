"""What a message leaves as: its reply with links that work outside, in the channel's words."""

import re
from typing import Final

import msgspec

from kaiwa.channels import Ability, Account, Channel, Rendered, Route, Wire, channel
from kaiwa.conversations.links import FileLinks, PublicLinks
from kaiwa.conversations.message import Message
from kaiwa.conversations.one_click import OneClick
from kaiwa.conversations.short_link import LENGTH, PATH, Codes
from kaiwa.customers.identity import Identity
from kaiwa.engines.clock import Clock
from kaiwa.engines.secrets import Secrets
from kaiwa.vocabulary.reply import Degradation, Form, Reply

# An address as it stands in a text: no letters beyond ASCII, no punctuation at its end.
_URL: Final = re.compile(r"https?://[!#-;=?-\[\]_a-z~]*[/0-9A-Za-z_~=&-]")


class Dispatch(msgspec.Struct, frozen=True):
    """What is being sent, as it is kept with the message while it is on its way.

    `shortened` are codes of short links, each with the address it stands for.
    """

    route: Route
    wires: tuple[Wire, ...]
    degradations: tuple[Degradation, ...] = ()
    shortened: tuple[tuple[str, str], ...] = ()


def otherwise(dispatch: Dispatch, at: int) -> Dispatch | None:
    """The same with what call number `at` has in reserve; None when it has nothing."""
    spare = dispatch.wires[at].otherwise
    if spare is None:
        return None
    return msgspec.structs.replace(
        dispatch,
        wires=(*dispatch.wires[:at], *spare.wires, *dispatch.wires[at + 1 :]),
        degradations=(*dispatch.degradations, *spare.degradations),
    )


def _of_inbox(reply: Reply, inbox_id: int) -> Reply:
    """A flow is known to the account of one inbox; elsewhere its form is a page."""
    blocks = tuple(
        msgspec.structs.replace(one, flow=None)
        if isinstance(one, Form) and one.flow is not None and one.flow.inbox_id != inbox_id
        else one
        for one in reply.blocks
    )
    return msgspec.structs.replace(reply, blocks=blocks)


class Preparing:
    """Renders messages for the outside; without a public address there are no links of ours."""

    def __init__(self, secrets: Secrets, clock: Clock, public_url: str | None) -> None:
        self._clock = clock
        self._public_url = public_url
        self._links = PublicLinks(FileLinks(secrets), public_url)
        self._one_click = OneClick(secrets, public_url)
        self._codes = Codes(secrets)

    def dispatch(self, found: Message, where: Identity, way: Route, account: Account) -> Dispatch:
        """The message by this way from this account."""
        kind = channel(where.channel)
        if Ability.CATALOGUE in kind.abilities:
            shelf = account.credentials.get("catalog_id", "").strip()
            way = msgspec.structs.replace(way, catalogue=shelf)
        ad = found.sender == "campaign"
        reply = _of_inbox(found.reply, where.inbox_id)
        reply = self._links.opened(reply, found.merchant_id, self._clock.now())
        route = self._one_click.marked(way, where, advertises=ad)
        reply = self._one_click.told(reply, route, advertises=ad)
        plain = kind.render(reply, route)
        if self._public_url is None or Ability.SHORT_LINKS not in kind.abilities:
            return Dispatch(route, plain.wires, plain.degradations)
        return self._shorter(kind, (found.id, reply), route, plain)

    def _shorter(
        self, kind: Channel, said: tuple[int, Reply], route: Route, plain: Rendered
    ) -> Dispatch:
        """With short links where that is cheaper, else as it was."""
        message_id, reply = said
        raw = msgspec.json.encode(reply).decode()
        urls = sorted(set(_URL.findall(raw)), key=len, reverse=True)
        short = f"{self._public_url}{PATH}/"
        used: list[tuple[str, str]] = []
        for url in urls:
            code = self._codes.code(message_id, url)
            if len(url) > len(short) + LENGTH and not url.startswith(short):
                raw = raw.replace(url, f"{short}{code}")
                used.append((code, url))
        if used:
            made = kind.render(msgspec.json.decode(raw, type=Reply), route)
            if made.parts < plain.parts:
                return Dispatch(route, made.wires, made.degradations, tuple(used))
        return Dispatch(route, plain.wires, plain.degradations)
