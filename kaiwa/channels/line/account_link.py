"""Linking a LINE account with a customer of the shop, by the Messaging API alone.

"Linking user accounts" of LINE Developers: a link token names the user for ten minutes, LINE's
page makes sure that it is this user's browser, and the `accountLink` event tells the nonce back.
"""

from typing import Final
from urllib.parse import quote, urlencode

import msgspec

from kaiwa.channels.contract import Account
from kaiwa.channels.line.api import call, read
from kaiwa.engines.http import Http

PAGE: Final = "https://access.line.me/dialog/bot/accountLink"


class _Issued(msgspec.Struct, frozen=True, rename="camel"):
    link_token: str


async def account_link(who: tuple[str, str], account: Account, http: Http) -> str:
    """The address of LINE's page for user `who[0]` and nonce `who[1]`; good for ten minutes."""
    path = f"/v2/bot/user/{quote(who[0], safe='')}/linkToken"
    issued = read(await call(account, http, "POST", path), _Issued)
    return f"{PAGE}?{urlencode({'linkToken': issued.link_token, 'nonce': who[1]})}"
