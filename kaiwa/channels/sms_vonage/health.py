"""What is wrong with an account, in sentences; their keys are what translations go by."""

from typing import Final, TypeVar

import msgspec

from kaiwa.channels.clause import clause
from kaiwa.channels.contract import Account
from kaiwa.channels.sms.numbers import is_e164
from kaiwa.channels.sms_vonage.api import REST, authorized, refusal
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused, Unreachable

SENTENCES: Final = {
    "no_secret": "There is no signature secret: webhooks cannot be verified. Copy it from "
    "the API settings.",
    "key": "Vonage does not know the API key or its secret. Copy both again.",
    "unreachable": "Vonage cannot be reached: {why}. Check again in some minutes; if it lasts, see "
    "whether the server may call rest.nexmo.com.",
    "slow": "Vonage asks us to wait: too many calls in a short time. Check again in a minute.",
    "refused": "Vonage refused to tell about the account: {why}. Search its list of errors for the "
    "number in brackets.",
    "empty": "The Vonage account has no credit left and does not reload: nothing is sent. Pay in "
    "under Billing in the Dashboard.",
    "no_number": "The account has no number {sender}: it can neither send nor receive. Enter one "
    "of its numbers as +81…, or buy it in the Vonage Dashboard.",
    "no_sms": "{sender} has no SMS. Buy a number that has it in the Vonage Dashboard, and enter "
    "that one.",
    "webhook_elsewhere": "What {sender} hears goes to {url}, not {expected}: messages go "
    "elsewhere. Change it under Numbers in the Dashboard.",
    "one_way": "{sender} is a name, not a number: customers cannot answer, nor write STOP. Enter a "
    "number if they should.",
    "no_public_url": "The server has no public address: no receipts come. Set KAIWA_PUBLIC_URL.",
}


_Shape = TypeVar("_Shape", bound=msgspec.Struct)


class _Balance(msgspec.Struct, frozen=True, rename="camel"):
    value: float = 1.0
    auto_reload: bool = False


class _Number(msgspec.Struct, frozen=True):
    """A number of the account; without `mo_url` what it hears goes where the account's does."""

    msisdn: str = ""
    features: tuple[str, ...] = ("SMS",)
    mo_url: str = msgspec.field(default="", name="moHttpUrl")


class _Numbers(msgspec.Struct, frozen=True):
    numbers: tuple[_Number, ...] = ()


async def health(account: Account, http: Http) -> list[str]:
    """Sentences saying what is wrong; empty when well."""
    found = _told(account)
    try:
        balance = await _asked(account, http, "account/get-balance", _Balance)
        if balance.value <= 0 and not balance.auto_reload:
            found.append(SENTENCES["empty"])
        return [*found, *await _sender(account, http)]
    except Unreachable as error:
        key = "unreachable" if error.retry_after_s is None else "slow"
        return [*found, SENTENCES[key].format(why=clause(error.message))]
    except Refused as error:
        key = "key" if error.detail.get("reason") == "credentials" else "refused"
        return [*found, SENTENCES[key].format(why=clause(error.message))]
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        return [*found, SENTENCES["unreachable"].format(why=clause(str(error)))]


async def _asked(account: Account, http: Http, path: str, shape: type[_Shape]) -> _Shape:
    url = f"{(account.api_base or REST).rstrip('/')}/{path}"
    answer = await http.call("GET", url, headers=authorized(account))
    if answer.status != 200:
        raise refusal(answer)
    return msgspec.json.decode(answer.body, type=shape)


async def _sender(account: Account, http: Http) -> list[str]:
    """Whether the number is the account's, has SMS, and tells us what it hears."""
    digits = account.credentials.get("sender", "").strip().removeprefix("+")
    if not is_e164(f"+{digits}"):
        return []
    path = f"account/numbers?pattern={digits}&search_pattern=0"
    listed = await _asked(account, http, path, _Numbers)
    known = next((one for one in listed.numbers if one.msisdn == digits), None)
    if known is None:
        return [SENTENCES["no_number"].format(sender=f"+{digits}")]
    if "SMS" not in known.features:
        return [SENTENCES["no_sms"].format(sender=f"+{digits}")]
    expected = account.settings.get("webhook_url", "")
    if not known.mo_url or not expected or known.mo_url == expected:
        return []
    told = {"sender": f"+{digits}", "url": known.mo_url, "expected": expected}
    return [SENTENCES["webhook_elsewhere"].format(**told)]


def _told(account: Account) -> list[str]:
    """What can be seen without asking."""
    found = []
    if not account.credentials.get("signature_secret", "").strip(" ,"):
        found.append(SENTENCES["no_secret"])
    sender = account.credentials.get("sender", "").strip()
    if not is_e164(f"+{sender.removeprefix('+')}"):
        found.append(SENTENCES["one_way"].format(sender=sender))
    if account.inbox_id and not account.settings.get("webhook_url"):
        found.append(SENTENCES["no_public_url"])
    return found
