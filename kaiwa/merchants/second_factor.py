"""The second factor of an agent: an authenticator app, and codes on paper for when it is lost.

The secret is sealed at rest; a code of the app is good once. Recovery codes are kept as keyed
hashes, shown once, and each is good once.
"""

import secrets as randomness
import unicodedata
from datetime import datetime, timedelta
from typing import Final

import msgspec

from kaiwa.engines.db import Session
from kaiwa.engines.one_time_code import (
    DIGITS,
    address_of,
    keyed_hash,
    new_secret,
    step_fitting,
    written,
)
from kaiwa.engines.secrets import Secrets
from kaiwa.merchants.agent import Agent
from kaiwa.merchants.audit import Deed, write_down
from kaiwa.vocabulary.errors import Conflict, Invalid, NotAuthentic
from kaiwa.vocabulary.time import from_micros

RECOVERY_CODES: Final = 10
ISSUER: Final = "Kaiwa"
# Who has begun and not shown a code within it begins again, with another secret.
SET_UP_WITHIN: Final = timedelta(minutes=30)
# Without what is easily mistaken: i, l, o, 0, 1. Ten of these are 49 bits.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_RECOVERY_LETTERS: Final = 10


class SecondFactor(msgspec.Struct, frozen=True):
    """Since when it is on, and how many recovery codes are left."""

    on_since: datetime
    recovery_left: int


class Offer(msgspec.Struct, frozen=True):
    """What an app must learn: the secret as one types it, and as a QR code says it."""

    secret: str
    address: str


def second_factor(session: Session, merchant_id: int, agent_id: int) -> SecondFactor | None:
    """The agent's, when it is on."""
    row = session.one(
        """SELECT f.on_since, (SELECT count(*) FROM recovery_code r
          WHERE r.agent_id = f.agent_id AND r.merchant_id = f.merchant_id)
        FROM second_factor f WHERE f.agent_id = :agent AND f.merchant_id = :merchant_id
        AND f.on_since IS NOT NULL""",
        agent=agent_id,
        merchant_id=merchant_id,
    )
    return None if row is None else SecondFactor(from_micros(row[0]), row[1])


def begin_factor(session: Session, whom: Agent, secrets: Secrets, now: datetime) -> Offer:
    """Offer a fresh secret; nothing is asked for until a code of it was shown. `Conflict`."""
    secret = new_secret()
    row = session.one(
        """INSERT INTO second_factor (agent_id, merchant_id, sealed, last_step, begun_at)
        VALUES (:agent, :merchant_id, :sealed, 0, :now)
        ON CONFLICT (agent_id) DO UPDATE SET sealed = excluded.sealed, last_step = 0,
        begun_at = excluded.begun_at WHERE second_factor.on_since IS NULL RETURNING agent_id""",
        agent=whom.id,
        merchant_id=whom.merchant_id,
        sealed=secrets.seal(secret, _place(whom)),
        now=now,
    )
    if row is None:
        raise Conflict("The second factor is on already. Turn it off first.", reason="factor_on")
    return Offer(written(secret), address_of(secret, ISSUER, whom.email))


def turn_on(
    session: Session, whom: Agent, code: str, secrets: Secrets, now: datetime
) -> tuple[str, ...]:
    """Ask for it from now on, once the app has shown a right code; the recovery codes, this once.

    `Invalid` when the code is not right, `Conflict` when nothing was begun, or too long ago.
    """
    row = session.one(
        f"""SELECT sealed FROM second_factor WHERE agent_id = :agent
        AND merchant_id = :merchant_id AND on_since IS NULL AND begun_at > :begun{session.lock}""",
        agent=whom.id,
        merchant_id=whom.merchant_id,
        begun=now - SET_UP_WITHIN,
    )
    if row is None:
        raise Conflict("Begin again: scan the new code first.", reason="factor_not_begun")
    step = step_fitting(secrets.open(bytes(row[0]), _place(whom)), _plain(code), now)
    if step is None:
        raise Invalid(
            "This code is not right. Check the clock of the phone, and try the next one.",
            reason="code",
        )
    session.run(
        """UPDATE second_factor SET on_since = :now, last_step = :step
        WHERE agent_id = :agent AND merchant_id = :merchant_id""",
        now=now,
        step=step,
        agent=whom.id,
        merchant_id=whom.merchant_id,
    )
    _tell(session, whom, f"agent:{whom.id}", "turned_on_second_factor", now)
    return _fresh_codes(session, whom, secrets)


def other_recovery_codes(
    session: Session, whom: Agent, secrets: Secrets, now: datetime
) -> tuple[str, ...]:
    """Fresh recovery codes, shown this once; the ones before are dead. `Conflict` when off."""
    _must_be_on(session, whom)
    _tell(session, whom, f"agent:{whom.id}", "made_recovery_codes", now)
    return _fresh_codes(session, whom, secrets)


def turn_off(session: Session, whom: Agent, actor: str, now: datetime) -> None:
    """Forget the secret and the recovery codes. `Conflict` when it is off."""
    _must_be_on(session, whom)
    for table in ("recovery_code", "second_factor"):
        session.run(
            f"DELETE FROM {table} WHERE agent_id = :agent AND merchant_id = :merchant_id",
            agent=whom.id,
            merchant_id=whom.merchant_id,
        )
    _tell(session, whom, actor, "turned_off_second_factor", now)


def use_code(session: Session, whom: Agent, code: str, secrets: Secrets, now: datetime) -> None:
    """Take a code of the app, or a recovery code, once; without a second factor nothing is asked.

    `NotAuthentic` with reason "code_needed" when none is given and one must be, "code" when it is
    not right or was used.
    """
    row = session.one(
        f"""SELECT sealed FROM second_factor WHERE agent_id = :agent
        AND merchant_id = :merchant_id AND on_since IS NOT NULL{session.lock}""",
        agent=whom.id,
        merchant_id=whom.merchant_id,
    )
    if row is None:
        return
    given = _plain(code)
    if not given:
        raise NotAuthentic("Enter the code that your app shows now.", reason="code_needed")
    if len(given) == DIGITS and given.isdecimal():
        secret = secrets.open(bytes(row[0]), _place(whom))
        taken = _take_step(session, whom, step_fitting(secret, given, now))
    else:
        taken = _take_recovery(session, whom, keyed_hash(_key(secrets), given), now)
    if not taken:
        raise NotAuthentic(
            "This code is not right, or was used already. Wait for the next one.", reason="code"
        )


def _take_step(session: Session, whom: Agent, step: int | None) -> bool:
    """Whether the step was not used before; it is now, and so are those before it."""
    if step is None:
        return False
    return bool(
        session.run(
            """UPDATE second_factor SET last_step = :step WHERE agent_id = :agent
            AND merchant_id = :merchant_id AND last_step < :step""",
            step=step,
            agent=whom.id,
            merchant_id=whom.merchant_id,
        )
    )


def _take_recovery(session: Session, whom: Agent, code_hash: str, now: datetime) -> bool:
    taken = session.run(
        """DELETE FROM recovery_code WHERE agent_id = :agent AND merchant_id = :merchant_id
        AND code_hash = :hash""",
        agent=whom.id,
        merchant_id=whom.merchant_id,
        hash=code_hash,
    )
    if taken:
        _tell(session, whom, f"agent:{whom.id}", "used_recovery_code", now)
    return bool(taken)


def _fresh_codes(session: Session, whom: Agent, secrets: Secrets) -> tuple[str, ...]:
    session.run(
        "DELETE FROM recovery_code WHERE agent_id = :agent AND merchant_id = :merchant_id",
        agent=whom.id,
        merchant_id=whom.merchant_id,
    )
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    for code in codes:
        session.run(
            """INSERT INTO recovery_code (agent_id, merchant_id, code_hash)
            VALUES (:agent, :merchant_id, :hash)""",
            agent=whom.id,
            merchant_id=whom.merchant_id,
            hash=keyed_hash(_key(secrets), _plain(code)),
        )
    return tuple(codes)


def _must_be_on(session: Session, whom: Agent) -> None:
    if second_factor(session, whom.merchant_id, whom.id) is None:
        raise Conflict("There is no second factor to change.", reason="factor_off")


def _recovery_code() -> str:
    code = "".join(randomness.choice(_LETTERS) for _ in range(_RECOVERY_LETTERS))
    return f"{code[:5]}-{code[5:]}"


def _plain(code: str) -> str:
    # A Japanese keyboard may write it in full width, and a phone with capitals and spaces.
    told = unicodedata.normalize("NFKC", code[:100]).lower()
    return "".join(one for one in told if one.isalnum())


def _key(secrets: Secrets) -> bytes:
    return secrets.derived("recovery code")


def _place(whom: Agent) -> str:
    return f"second_factor:{whom.id}"


def _tell(session: Session, whom: Agent, actor: str, action: str, now: datetime) -> None:
    write_down(session, whom.merchant_id, Deed(actor, action, f"agent:{whom.id}"), now)
