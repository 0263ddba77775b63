"""Schemathesis over the server's own description: whoever asks whatever, no door breaks its word.

Signed out and in every role, with what the description allows and with what it does not: no answer
is a failure of the server, and each is one that the operation says it may give.
"""

import asyncio
import contextlib
from typing import Any, Final

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web.desk.world import Browser, World

CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# What takes away the sessions of those who ask comes last.
LAST: Final = ["PUT /api/staff/{agent_id}", "POST /api/auth/logout"]
EXAMPLES: Final = 3


class Walk:
    """Every operation, asked by everybody."""

    def __init__(self, described: Any, lines: dict[str, requests.Session], base: str) -> None:
        schema: Any = schemathesis.openapi.from_dict(described)
        found = [one.ok() for one in schema.get_all_operations()]
        self._operations = sorted(
            found, key=lambda one: LAST.index(one.label) if one.label in LAST else -1
        )
        self._lines, self._base = lines, base
        self.asked = 0
        self.found: list[str] = []

    def run(self) -> None:
        for operation in self._operations:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                # Nothing can be wrong with what has no body and no parameters.
                with contextlib.suppress(Unsatisfiable):
                    self._probe(operation, mode)

    def _probe(self, operation: Any, mode: GenerationMode) -> None:
        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def hold(case: Any) -> None:
            for who, line in self._lines.items():
                self._ask(case, line, f"{operation.label} as {who}, {mode.name}")

        hold()

    def _ask(self, case: Any, line: requests.Session, title: str) -> None:
        self.asked += 1
        answer = case.call(base_url=self._base, session=line, timeout=20)
        try:
            case.validate_response(answer, checks=CHECKS)
        except BaseExceptionGroup as group:
            told = [str(one).partition("\n\nReproduce")[0][:600] for one in group.exceptions]
            self.found.append("\n".join([title, *told]))


def line_of(browser: Browser) -> requests.Session:
    """The browser's session for a caller that waits."""
    line = requests.Session()
    line.trust_env = False
    line.headers["X-CSRF-Token"] = browser.csrf
    for cookie in browser.http.cookies.jar:
        line.cookies.set(cookie.name, cookie.value or "")
    return line


@pytest.mark.slow
async def test_no_door_breaks_the_word_of_its_description(world: World) -> None:
    shop = world.shop
    people = {"agent": shop.ken, "admin": shop.hire("ami", "admin"), "owner": shop.hana}
    lines = {"nobody": line_of(await world.browser())}
    lines |= {role: line_of(await world.browser(whom)) for role, whom in people.items()}
    shop.hears("v1", "Hello")
    described = (await (await world.browser()).get("/api/schema/openapi.json")).json()
    walk = Walk(described, lines, world.base)
    await asyncio.to_thread(walk.run)
    assert not walk.found, "\n\n".join(dict.fromkeys(walk.found))
    assert walk.asked > 1000
