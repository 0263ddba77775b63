"""kaiwa agent: somebody who lost their second factor is let in from the command line."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kaiwa.cli import main
from kaiwa.engines.db import Session, open_database
from kaiwa.engines.one_time_code import code_at, step_of
from kaiwa.engines.secrets import Secrets, load_master_key
from kaiwa.merchants.agent import agents
from kaiwa.merchants.second_factor import begin_factor, second_factor, turn_on

OWNER = "a@kodachi.example"


def test_an_owner_who_lost_the_phone_is_let_in_again(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--data", str(tmp_path), "--database-url", database_url]
    assert main(["merchant", "create", "木立", "--slug", "kodachi", "--email", OWNER, *where]) == 0
    now, secrets = datetime(2026, 3, 2, tzinfo=UTC), Secrets(load_master_key(tmp_path, None))
    run = _with(database_url)

    def lock(session: Session) -> int:
        [owner] = agents(session, 1)
        begin_factor(session, owner, secrets, now)
        row = session.one("SELECT sealed FROM second_factor WHERE merchant_id = 1")
        assert row is not None
        secret = secrets.open(bytes(row[0]), f"second_factor:{owner.id}")
        turn_on(session, owner, code_at(secret, step_of(now)), secrets, now)
        return owner.id

    owner_id = run(lock)
    capsys.readouterr()
    reset = ["agent", "reset-second-factor", "--merchant", "kodachi", *where]
    assert main([*reset, "b@kodachi.example"]) == 1
    assert capsys.readouterr().err == "kaiwa: b@kodachi.example has no access to this shop.\n"
    assert run(lambda s: second_factor(s, 1, owner_id)) is not None
    assert main([*reset, OWNER.upper()]) == 0
    assert capsys.readouterr().out == f"second factor off: {OWNER}\n"
    assert run(lambda s: second_factor(s, 1, owner_id)) is None


def _with(url: str) -> Callable[..., int]:
    def run(work: Callable[[Session], int]) -> int:
        db = open_database(url)
        try:
            return db.write_now(work)
        finally:
            db.close()

    return run
