"""An outside world that answers what it is told and remembers what it was asked."""

from collections.abc import Mapping

import msgspec

from kaiwa.engines.http import HttpAnswer
from kaiwa.vocabulary.errors import Unreachable


class Call(msgspec.Struct, frozen=True):
    """One call as it would have left the machine."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None


class RecordedHttp:
    """`kaiwa.engines.http.Http` that gives `answer` to every call, or raises it."""

    def __init__(self, answer: HttpAnswer | Unreachable) -> None:
        self.answer = answer
        self.calls: list[Call] = []

    async def call(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> HttpAnswer:
        self.calls.append(Call(method, url, dict(headers or {}), body))
        if isinstance(self.answer, Unreachable):
            raise self.answer
        return self.answer
