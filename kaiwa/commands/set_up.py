"""serve, worker, migrate, merchant, agent, channel: setting a server up and running it."""

import argparse
import asyncio
import secrets
import sys
from datetime import datetime

import segno
import uvloop

from kaiwa.channels import Ability, Account, Channel, channel, channels
from kaiwa.commands.options import Commands, command, opened, settings_of, the_merchant
from kaiwa.conversations.chat_link import ChatLink, make_link
from kaiwa.customers.customer import customer
from kaiwa.customers.identity import identities
from kaiwa.engines.db import Session
from kaiwa.engines.http import AiohttpHttp, vouched
from kaiwa.merchants.agent import NewAgent, add_agent, agents
from kaiwa.merchants.inbox import Inbox, InboxSettings, NewInbox, add_inbox, inbox, inboxes
from kaiwa.merchants.inbox_change import checked_origins
from kaiwa.merchants.log_in_page import RETURN, set_log_in_page
from kaiwa.merchants.merchant import NewMerchant, create_merchant
from kaiwa.merchants.second_factor import turn_off
from kaiwa.migrations import migrate
from kaiwa.vocabulary.errors import Invalid
from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.time import iso


def add(commands: Commands) -> None:
    """Add the group."""
    server = command(commands, "serve", _serve, "serve the web and work on the queue")
    for option in ("--host", "--port", "--public-url"):
        server.add_argument(option)
    server.add_argument("--no-work", action="store_true", help="leave the queue to `kaiwa worker`")
    command(commands, "worker", _work, "work on the queue only (PostgreSQL)")
    command(commands, "migrate", _migrate, "create the database or bring it up to date")
    _add_merchant(commands)
    _add_agent(commands)
    _add_channel(commands)


def _add_merchant(commands: Commands) -> None:
    group = commands.add_parser("merchant", help="shops on this server").add_subparsers()
    create = command(group, "create", _create_merchant, "open a shop with its owner")
    create.add_argument("name")
    create.add_argument("--email", required=True, help="of the owner, who can log in with it")
    create.add_argument("--password", help="of the owner; made up and printed when not given")
    create.add_argument("--slug", help="short name for the command line")
    create.add_argument("--language", default="ja", choices=["ja", "en"])
    create.add_argument("--currency", default="JPY")
    create.add_argument("--timezone", default="Asia/Tokyo")


def _add_agent(commands: Commands) -> None:
    group = commands.add_parser("agent", help="people who answer").add_subparsers()
    create = command(group, "add", _create_agent, "give a person access", merchant=True)
    create.add_argument("name")
    create.add_argument("--email", required=True)
    create.add_argument("--password", help="made up and printed when not given")
    create.add_argument("--role", default="agent", choices=["owner", "admin", "agent"])
    create.add_argument("--language", default="ja", choices=["ja", "en"])
    words = "turn off the second factor of somebody who lost it"
    lost = command(group, "reset-second-factor", _factor_lost, words, merchant=True)
    lost.add_argument("email", metavar="EMAIL")


def _add_channel(commands: Commands) -> None:
    group = commands.add_parser("channel", help="inboxes of a shop").add_subparsers()
    kinds = group.add_parser("add", help="connect a channel").add_subparsers()
    for kind in channels().values():
        one = command(kinds, kind.kind, _create_channel, f"connect {kind.name}", merchant=True)
        one.set_defaults(channel=kind.kind)
        one.add_argument("--name", default="")
        one.add_argument("--api-base", metavar="URL", help="another host for the platform's API")
        for field in kind.credential_fields:
            names = {f"--{field.name.replace('_', '-')}", *_short(field.name)}
            one.add_argument(*sorted(names), dest=f"credential_{field.name}", help=field.label)
        if kind.kind == "web_chat":
            one.add_argument(
                "--origin", action="append", default=[], metavar="URL",
                help="a shop page's origin that may show the chat (repeat; * for any)",
            )  # fmt: skip
    command(group, "list", _list_channels, "the shop's inboxes", merchant=True)
    words = "tell the platform where its webhook calls go"
    connect = command(group, "connect", _connect_channel, words, merchant=True)
    connect.add_argument("inbox", type=int, help="as `kaiwa channel list` prints it")
    connect.add_argument("--public-url", metavar="URL", help="https://… of this server")
    words = "the shop's page that logs customers in; empty for none"
    log_in = command(group, "log-in", _log_in_page, words, merchant=True)
    log_in.add_argument("inbox", type=int, help="of the shop's chat")
    log_in.add_argument("url", help=f"https://… with {RETURN} where our address goes")
    words = "the address that opens a chat with the shop"
    link = command(group, "link", _link_channel, words, merchant=True)
    link.add_argument("inbox", type=int, help="as `kaiwa channel list` prints it")
    carried = link.add_mutually_exclusive_group()
    carried.add_argument("--ref", default="", help="what whoever follows it brings along")
    words = "who follows it is this customer, as `export customers` has it; it works once"
    carried.add_argument("--customer", type=int, help=words)
    link.add_argument("--qr", metavar="FILE.svg", help="also write it as a QR code")


def _short(name: str) -> set[str]:
    # `--secret` and `--token` are what people type.
    return {f"--{name.rpartition('_')[2]}"} if name.startswith("channel_") else set()


def _serve(chosen: argparse.Namespace) -> int:
    # Serving brings in the whole web: no other command should wait for that.
    from kaiwa.app import serve

    settings = settings_of(chosen)
    if chosen.no_work and settings.database_url.startswith("sqlite"):
        raise Invalid("With SQLite the server must do the work itself: leave --no-work out.")
    with opened(chosen, create=True) as house:
        print(f"Kaiwa serves on http://{settings.host}:{settings.port} (desk: /desk)", flush=True)
        uvloop.run(serve(house, work=not chosen.no_work))
    return 0


def _work(chosen: argparse.Namespace) -> int:
    from kaiwa.app import work

    if settings_of(chosen).database_url.startswith("sqlite"):
        raise Invalid("With SQLite `kaiwa serve` does the work. Use PostgreSQL for more processes.")
    with opened(chosen) as house:
        print("Kaiwa works on the queue.", flush=True)
        uvloop.run(work(house))
    return 0


def _migrate(chosen: argparse.Namespace) -> int:
    settings = settings_of(chosen)
    print(f"The database is at {migrate(settings.database_url)}.")
    return 0


def _create_merchant(chosen: argparse.Namespace) -> int:
    password = chosen.password or secrets.token_urlsafe(12)
    new = NewMerchant(chosen.name, chosen.slug, chosen.language, chosen.currency, chosen.timezone)
    with opened(chosen, create=True) as house:
        now = house.clock.now()

        def create(session: Session) -> str:
            shop = create_merchant(session, new, now)
            owner = NewAgent(chosen.email, chosen.email, "owner", password, shop.language)
            add_agent(session, shop.id, owner, now)
            return shop.slug

        print(f"merchant: {house.db.write_now(create)}")
    print(f"log-in: {chosen.email} {'' if chosen.password else password}".rstrip())
    return 0


def _create_agent(chosen: argparse.Namespace) -> int:
    password = chosen.password or secrets.token_urlsafe(12)
    with opened(chosen) as house:
        new = NewAgent(chosen.email, chosen.name, chosen.role, password, chosen.language)
        now = house.clock.now()
        house.db.write_now(lambda s: add_agent(s, the_merchant(s, chosen).id, new, now))
    print(f"log-in: {chosen.email} {'' if chosen.password else password}".rstrip())
    return 0


def _factor_lost(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        now = house.clock.now()

        def reset(session: Session) -> str:
            email = chosen.email.strip().lower()
            known = agents(session, the_merchant(session, chosen).id)
            whom = next((one for one in known if one.email == email), None)
            if whom is None:
                raise Invalid(f"{email} has no access to this shop.")
            turn_off(session, whom, "command line", now)
            return whom.email

        print(f"second factor off: {house.db.write_now(reset)}")
    return 0


def _create_channel(chosen: argparse.Namespace) -> int:
    given = {
        name.removeprefix("credential_"): value
        for name, value in vars(chosen).items()
        if name.startswith("credential_") and value
    }
    origins = checked_origins(getattr(chosen, "origin", []))
    new = NewInbox(
        chosen.channel, chosen.name, given, chosen.api_base, InboxSettings(origins=origins)
    )
    with opened(chosen) as house:
        now = house.clock.now()
        box = house.db.write_now(
            lambda s: add_inbox(s, the_merchant(s, chosen).id, new, house.secrets, now)
        )
    _print_inbox(box)
    return 0


def _log_in_page(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        now = house.clock.now()

        def write(session: Session) -> None:
            box = inbox(session, the_merchant(session, chosen).id, chosen.inbox)
            set_log_in_page(session, box, chosen.url, "command line", now)

        house.db.write_now(write)
    print(f"log-in page: {chosen.url or 'none'}")
    return 0


def _connect_channel(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        box = house.db.read_now(lambda s: inbox(s, the_merchant(s, chosen).id, chosen.inbox))
        kind = channel(box.channel)
        if Ability.CONNECT not in kind.abilities:
            raise Invalid(f"{kind.name} cannot be told by us. Its how-to says where to enter it.")
        if not (house.settings.public_url or "").startswith("https://"):
            raise Invalid(f"{kind.name} calls https only: give --public-url or KAIWA_PUBLIC_URL.")
        url = f"{house.settings.public_url}/webhooks/{box.channel}/{box.key}"
        asyncio.run(_connected(url, box.account(house.secrets), kind))
    print(f"{kind.name} calls {url}")
    return 0


async def _connected(url: str, account: Account, kind: Channel) -> None:
    http = AiohttpHttp()
    try:
        await kind.connect(url, account, vouched(http, account.api_base))
    finally:
        await http.close()


def _link_channel(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        shop = house.db.read_now(lambda s: the_merchant(s, chosen))
        box = house.db.read_now(lambda s: inbox(s, shop.id, chosen.inbox))
        to = (box, box.account(house.secrets))
        if chosen.customer is None:
            url = _plain_link(*to, chosen.ref, shop.language)
        else:
            made = house.db.write_now(lambda s: _personal_link(s, chosen, to, house.clock.now()))
            url = made.url
            sys.stderr.write(f"It works once, until {iso(made.expires_at)}.\n")
    print(url)
    if chosen.qr:
        segno.make(url, error="m").save(chosen.qr, kind="svg", scale=4)
    return 0


def _plain_link(box: Inbox, account: Account, ref: str, language: Language) -> str:
    kind = channel(box.channel)
    if Ability.LINK not in kind.abilities:
        raise Invalid(f"{kind.name} has no link that we can make.")
    return kind.link(account, ref, language)


def _personal_link(
    session: Session, chosen: argparse.Namespace, to: tuple[Inbox, Account], now: datetime
) -> ChatLink:
    shop = the_merchant(session, chosen).id
    customer(session, shop, chosen.customer)
    own = [one for one in identities(session, shop, chosen.customer) if one.permits("carry")]
    if not own:
        raise Invalid("No address is known for sure to be this customer's.")
    return make_link(session, own[0], to, "command line", now)


def _list_channels(chosen: argparse.Namespace) -> int:
    with opened(chosen) as house:
        for box in house.db.read_now(lambda s: inboxes(s, the_merchant(s, chosen).id)):
            _print_inbox(box)
    return 0


def _print_inbox(box: Inbox) -> None:
    print(f"inbox: {box.id} {box.channel} {box.name}")
    if box.channel == "web_chat":
        print(f'widget: <script async src="/widget.js" data-shop="{box.key}"></script>')
        if not box.settings.origins:
            sys.stderr.write("No page may show this chat yet: add its --origin.\n")
    else:
        print(f"webhook: /webhooks/{box.channel}/{box.key}")
