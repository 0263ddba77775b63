"""A form's twin at a channel's provider, which the merchant has published there."""

import hashlib
from collections.abc import Sequence
from typing import Annotated, Final, TypeAlias

import msgspec

from kaiwa.vocabulary.language import Language
from kaiwa.vocabulary.reply import FormField

MOST_FLOWS: Final = 20
FlowId: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,30}$")]
Screen: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_]{1,80}$")]


class FormFlow(msgspec.Struct, frozen=True):
    """Which of the provider's flows asks what the form asks, in one language, for one inbox.

    `asks` is a digest of what the form asked when it was connected: a form that asks something
    else by now does not go out as it.
    """

    inbox: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    language: Language
    flow_id: FlowId
    screen: Screen
    asks: str = ""


def digest(fields: Sequence[FormField]) -> str:
    """The same for the same questions only."""
    return hashlib.sha256(msgspec.json.encode(list(fields))).hexdigest()[:32]
