"""How the shop's words call a channel, and an address without giving it away."""

from kaiwa.channels import channel
from kaiwa.customers.identity import Identity
from kaiwa.languages.strings import strings
from kaiwa.vocabulary.errors import NotFound
from kaiwa.vocabulary.language import Language


def channel_name(kind: str, language: Language) -> str:
    """The channel as customers know it."""
    known = strings(language)
    family = kind.partition("_")[0]
    for key in (f"router.name.{kind}", f"router.name.{family}"):
        if key in known:
            return known[key]
    try:
        return channel(kind).name
    except NotFound:
        return kind


def hint(where: Identity) -> str:
    """Enough of an e-mail address or a phone number to know it by; empty for other addresses."""
    if "@" in where.value and where.kind not in ("visitor", "member"):
        name, _, domain = where.value.rpartition("@")
        return f"{name[:1]}…@{domain}"
    digits = where.value.removeprefix("+")
    if digits.isdecimal() and where.kind in ("phone", "sms_number", "whatsapp_user"):
        return f"…{digits[-4:]}"
    return ""
