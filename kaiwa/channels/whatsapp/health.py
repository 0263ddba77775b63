"""What is wrong with an account, in sentences; their keys are what translations go by."""

from typing import Final

import msgspec

from kaiwa.channels.clause import clause
from kaiwa.channels.contract import Account
from kaiwa.channels.whatsapp.api import call, number_path
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable

SENTENCES: Final = {
    "no_secret": "There is no app secret: webhooks cannot be verified.",
    "no_verify_token": "There is no verify token: Meta cannot set the webhook.",
    "token": "WhatsApp does not accept the access token: {why}. "
    "Generate one of a system user: the console's live for a day.",
    "unreachable": "WhatsApp cannot be reached: {why}",
    "refused": "WhatsApp refused to tell about the account: {why}",
    "number": "The phone number is {status}: messages may not go out.",
    "unregistered": "The phone number is not registered with the Cloud API.",
    "quality": "The phone number's quality is low: customers block or report its messages.",
    "unsubscribed": (
        "No app is subscribed to the business account: no message arrives. Connect sets it."
    ),
    "no_webhook": "No webhook is set for the phone number: no message arrives. Connect sets it.",
    "webhook_elsewhere": "The webhook is {url}, not {expected}: messages go elsewhere.",
    "catalogue": (
        "The catalogue {catalogue} is not connected to the WhatsApp Business account. Connect it "
        "in Commerce Manager under Settings → Business assets, or correct the ID."
    ),
    "no_cart": (
        "WhatsApp's cart is switched off: customers can look at products and send no order. "
        "Switch it on in WhatsApp Manager under Phone numbers → Catalogue."
    ),
}
_FIELDS: Final = "status,quality_rating,platform_type,webhook_configuration"
_WELL: Final = frozenset({"", "CONNECTED"})


class _Hooks(msgspec.Struct, frozen=True):
    """Where the number's events go: the first that is set counts."""

    phone_number: str = ""
    whatsapp_business_account: str = ""
    application: str = ""


class _Number(msgspec.Struct, frozen=True):
    status: str = ""
    quality_rating: str = ""
    platform_type: str = ""
    webhook_configuration: _Hooks | None = None


class _Catalogue(msgspec.Struct, frozen=True):
    id: str = ""


class _Catalogues(msgspec.Struct, frozen=True):
    data: tuple[_Catalogue, ...] = ()


class _Shown(msgspec.Struct, frozen=True):
    is_cart_enabled: bool = True


class _Commerce(msgspec.Struct, frozen=True):
    data: tuple[_Shown, ...] = ()


class _Apps(msgspec.Struct, frozen=True):
    data: tuple[msgspec.Raw, ...] = ()


async def health(account: Account, http: Http) -> list[str]:
    """Sentences saying what is wrong; empty when well."""
    found = [
        SENTENCES[key]
        for name, key in (("app_secret", "no_secret"), ("verify_token", "no_verify_token"))
        if not account.credentials.get(name, "").replace(",", "").strip()
    ]
    try:
        asked = f"{number_path(account)}?fields={_FIELDS}"
        number = await call(account, http, "GET", asked, _Number)
        apps = f"{number_path(account, 'business_account_id')}/subscribed_apps"
        heard = await call(account, http, "GET", apps, _Apps)
        shelf = await _catalogue(account, http)
    except Unreachable as error:
        return [*found, SENTENCES["unreachable"].format(why=error.message)]
    except Refused as error:
        key = "token" if error.detail.get("reason") == "credentials" else "refused"
        return [*found, SENTENCES[key].format(why=_why(key, error.message))]
    unsubscribed = [] if heard.data else [SENTENCES["unsubscribed"]]
    return [*found, *_state(number), *unsubscribed, *_hook(number, account), *shelf]


async def _catalogue(account: Account, http: Http) -> list[str]:
    """Whether the shop's catalogue is the account's, and has a cart."""
    wanted = account.credentials.get("catalog_id", "").strip()
    if not wanted:
        return []
    there = f"{number_path(account, 'business_account_id')}/product_catalogs?fields=id"
    known = await call(account, http, "GET", there, _Catalogues)
    if wanted not in {one.id for one in known.data}:
        return [SENTENCES["catalogue"].format(catalogue=wanted)]
    settings = f"{number_path(account)}/whatsapp_commerce_settings"
    shown = await call(account, http, "GET", settings, _Commerce)
    return [] if all(one.is_cart_enabled for one in shown.data) else [SENTENCES["no_cart"]]


def _why(key: str, words: str) -> str:
    return clause(words) if key == "token" else words


def _state(number: _Number) -> list[str]:
    found = []
    if number.status not in _WELL:
        found.append(SENTENCES["number"].format(status=number.status))
    if number.platform_type not in ("", "CLOUD_API"):
        found.append(SENTENCES["unregistered"])
    if number.quality_rating == "RED":
        found.append(SENTENCES["quality"])
    return found


def _hook(number: _Number, account: Account) -> list[str]:
    hooks = number.webhook_configuration
    if hooks is None:
        # Meta tells of webhooks only to those who may change them.
        return []
    url = hooks.phone_number or hooks.whatsapp_business_account or hooks.application
    if not url:
        return [SENTENCES["no_webhook"]]
    expected = account.settings.get("webhook_url", "")
    if expected and url != expected:
        return [SENTENCES["webhook_elsewhere"].format(url=url, expected=expected)]
    return []
