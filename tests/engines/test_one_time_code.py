"""One-time codes, against the vectors of RFC 4226 (appendix D) and RFC 6238 (appendix B)."""

from datetime import UTC, datetime, timedelta

import pytest

from kaiwa.engines.one_time_code import (
    SECRET_BYTES,
    address_of,
    code_at,
    new_secret,
    step_fitting,
    step_of,
    written,
)

SECRET = b"12345678901234567890"
LONGER = {"sha1": SECRET, "sha256": (SECRET * 2)[:32], "sha512": (SECRET * 4)[:64]}
COUNTED = "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489".split()
TIMED = [
    (59, "94287082", "46119246", "90693936"),
    (1111111109, "07081804", "68084774", "25091201"),
    (1111111111, "14050471", "67062674", "99943326"),
    (1234567890, "89005924", "91819424", "93441116"),
    (2000000000, "69279037", "90698825", "38618901"),
    (20000000000, "65353130", "77737706", "47863826"),
]


def test_the_vectors_of_rfc_4226() -> None:
    assert [code_at(SECRET, count) for count in range(10)] == COUNTED


@pytest.mark.parametrize(("second", "sha1", "sha256", "sha512"), TIMED)
def test_the_vectors_of_rfc_6238(second: int, sha1: str, sha256: str, sha512: str) -> None:
    step = step_of(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second))
    for digest, code in (("sha1", sha1), ("sha256", sha256), ("sha512", sha512)):
        assert code_at(LONGER[digest], step, 8, digest) == code


def test_a_code_fits_its_own_step_and_the_neighbours_only() -> None:
    now = datetime(2026, 3, 2, 3, 0, 10, tzinfo=UTC)
    step = step_of(now)
    fits = {
        apart: step_fitting(SECRET, code_at(SECRET, step + apart), now) for apart in range(-3, 4)
    }
    assert fits == {-3: None, -2: None, -1: step - 1, 0: step, 1: step + 1, 2: None, 3: None}
    for wrong in ("", "12345", "１２３４５６", "abcdef", "\ud800" * 6, "0" * 100):
        assert step_fitting(SECRET, wrong, now) is None


def test_what_an_app_reads() -> None:
    assert written(SECRET) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert address_of(SECRET, "Kaiwa", "hana+a@mori.example") == (
        "otpauth://totp/Kaiwa:hana%2Ba@mori.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=Kaiwa&algorithm=SHA1&digits=6&period=30"
    )
    assert len(new_secret()) == SECRET_BYTES
    assert new_secret() != new_secret()
