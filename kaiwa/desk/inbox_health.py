"""What is wrong with an account at its provider, in words for both languages of the desk."""

import asyncio
import re
from functools import cache
from typing import Final

import msgspec

from kaiwa.channels import Ability, Account, Channel, Guide, Told, Trouble, channel
from kaiwa.desk.provider_words import in_japanese
from kaiwa.engines.http import Http, vouched
from kaiwa.vocabulary.errors import KaiwaError, NotFound

WITHIN_S: Final = 20.0
_SILENT: Final = Told(
    "相手のサービスから返事がありません。少し待って、もう一度お試しください。",
    "The provider does not answer. Wait a little and try again.",
)
# The place of a sentence where a provider's own words stand.
_THEIRS: Final = "why"
_PLACE: Final = re.compile(r"\\\{(\w+)\\\}")


class Found(msgspec.Struct, frozen=True):
    """One thing that is wrong; what stops must be mended before an inbox is saved."""

    said: Told
    stops: bool = True


async def look(kind: Channel, account: Account, http: Http) -> list[Found]:
    """Ask the provider about the account; empty when well, or when nothing can be asked.

    Never raises: what cannot be found out is something wrong too.
    """
    if Ability.HEALTH not in kind.abilities:
        return []
    try:
        async with asyncio.timeout(WITHIN_S):
            said = await kind.health(account, vouched(http, account.api_base))
    except KaiwaError as error:
        ja = f"アカウントを確かめられませんでした：{in_japanese(error.message)}"
        return [Found(Told(ja, error.message))]
    except TimeoutError:
        return [Found(_SILENT)]
    return [found(kind.kind, one) for one in said]


def found(kind: str, said: str) -> Found:
    """A sentence of `health` in both languages; one that is in no guide stays as it is, and stops.

    Also for sentences kept from before, of channels that may be gone.
    """
    for pattern, trouble in _patterns(kind):
        if match := pattern.fullmatch(said):
            ja = trouble.said.ja
            for name, value in match.groupdict().items():
                shown = in_japanese(value) if name == _THEIRS else value
                ja = ja.replace(f"{{{name}}}", shown)
            return Found(Told(ja, said), trouble.stops)
    return Found(Told(said, said))


@cache
def _patterns(kind: str) -> list[tuple[re.Pattern[str], Trouble]]:
    try:
        guide: Guide = getattr(channel(kind), "guide", Guide())
    except NotFound:
        return []
    return [(_pattern(one.said.en), one) for one in guide.troubles]


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(r"(?P<\1>.*)", re.escape(template)), re.DOTALL)
