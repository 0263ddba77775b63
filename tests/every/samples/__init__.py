"""What `tests/every` must be told of a channel before it can try the channel's promises.

Every channel has a file here, named for its kind, with one `SAMPLES`. A channel of another
package keeps its file elsewhere and names the folder with `--samples`.
"""

import importlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Literal, TypeAlias

import msgspec
import pytest

from kaiwa.channels import Account, RawRequest
from kaiwa.engines.http import HttpAnswer

STRANGE = "hologram-from-2099"


Mood: TypeAlias = Literal["well", "wrong_key", "too_fast", "busy", "silent_before", "silent_after"]


class Samples(msgspec.Struct, frozen=True, kw_only=True):
    """One account and what passes through it.

    `calls` are authentic webhook calls, `signature` the header that makes them so (of the whole
    body, unless the provider sends a mere secret: `signs_body`); a channel without webhooks gives
    `bodies` instead. `strange` are bodies in which the word `STRANGE`
    stands, in an event or content of a kind that nobody knows. `yes` is the provider's answer
    to a message it takes, `blocked` the one to a message for somebody who does not want any (where
    it says so), `noes` those to other messages it does not take, by the reason we must see in them,
    `gone` the one to a call for content it no longer has; where the provider speaks no HTTP,
    `provider` runs one in a mood and gives the account that reaches it. `leaves` are bodies by
    which `to` wants no more advertising, in each way the channel has.
    """

    account: Account
    to: str
    strange: tuple[bytes, ...]
    calls: tuple[RawRequest, ...] = ()
    signature: str = ""
    signs_body: bool = True
    bodies: tuple[bytes, ...] = ()
    yes: HttpAnswer = HttpAnswer(200, {}, b"{}")
    blocked: HttpAnswer | None = None
    noes: tuple[tuple[str, HttpAnswer], ...] = ()
    gone: HttpAnswer | None = None
    leaves: tuple[bytes, ...] = ()
    provider: Callable[[Mood, Account], AbstractContextManager[Account]] | None = None

    @property
    def heard(self) -> tuple[bytes, ...]:
        """Bodies as `parse` gets them."""
        return (*(call.body for call in self.calls), *self.bodies)


def samples_of(kind: str) -> Samples:
    """The channel's samples; without them the test fails and says what to add."""
    name = f"{__name__}.{kind}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        pytest.fail(
            f"The channel {kind!r} has no samples, so nobody knows whether it keeps its promises."
            f" Add tests/every/samples/{kind}.py with SAMPLES = Samples(…): an account, an"
            " authentic call and its signature's header, a body of an unknown kind. Of a channel"
            " in another package, name the folder that holds the file: --samples DIR.",
            pytrace=False,
        )
    found: Samples = module.SAMPLES
    return found
