"""For channels that can do no more than the core of the contract: every extra ability, refused.

A channel that claims an ability writes the method that belongs to it and inherits the others.
"""

from collections.abc import Mapping
from datetime import datetime

from kaiwa.channels.contract import Account, Guide, Profile, Pulled
from kaiwa.engines.http import Http
from kaiwa.vocabulary.errors import Refused
from kaiwa.vocabulary.language import DEFAULT_LANGUAGE, Language
from kaiwa.vocabulary.reply import Flow, Form
from kaiwa.vocabulary.template import Template, TemplateUse


class CoreOnly:
    """The methods behind `Ability`; callers ask for the ability first, so none is ever called.

    A channel without a guide of its own is set up by its fields alone.
    """

    guide = Guide()

    async def media(self, reference: str, account: Account, http: Http) -> tuple[bytes, str]:
        """Refused."""
        raise _refusal()

    async def profile(self, sender: str, account: Account, http: Http) -> Profile:
        """Refused."""
        raise _refusal()

    async def typing(self, to: str, account: Account, http: Http) -> None:
        """Refused."""
        raise _refusal()

    async def mark_read(self, token: str, account: Account, http: Http) -> None:
        """Refused."""
        raise _refusal()

    async def quota_left(self, account: Account, http: Http) -> int | None:
        """Refused."""
        raise _refusal()

    async def health(self, account: Account, http: Http) -> list[str]:
        """Refused."""
        raise _refusal()

    async def connect(self, url: str, account: Account, http: Http) -> None:
        """Refused."""
        raise _refusal()

    def link(self, account: Account, ref: str, language: Language = DEFAULT_LANGUAGE) -> str:
        """Refused."""
        raise _refusal()

    async def templates(self, account: Account, http: Http) -> list[Template]:
        """Refused."""
        raise _refusal()

    def flow_of(self, form: Form) -> dict[str, object]:
        """Refused."""
        raise _refusal()

    async def require_flow(self, flow: Flow, account: Account, http: Http) -> None:
        """Refused."""
        raise _refusal()

    def fill(self, template: Template, values: Mapping[str, str], inbox_id: int) -> TemplateUse:
        """Refused."""
        raise _refusal()

    async def account_link(
        self, to: str, nonce: str, account: Account, http: Http, came: Mapping[str, str]
    ) -> str:
        """Refused."""
        raise _refusal()

    async def pull(self, mark: str, account: Account, now: datetime) -> Pulled:
        """Refused."""
        raise _refusal()

    async def kept(self, receipt: str, account: Account) -> None:
        """Refused."""
        raise _refusal()

    def enclosed(self, raw: bytes) -> tuple[bytes, str]:
        """Refused."""
        raise _refusal()


def _refusal() -> Refused:
    return Refused("This channel cannot do that.", reason="invalid")
