"""A test runs once for each channel the registry finds, by the name of the argument it takes.

`kind` is every channel, `hooked` those that are called by webhook, `calling` those whose messages
somebody outside carries by HTTP, `speaking` by a protocol of its own, `carrying` those that carry
them themselves, `refusing` those whose provider says who blocked us, `declining` those that give
other noes, `leaving` those on which customers leave, `keeping` those that tell when content is
gone, `repeating` those that claim idempotent pushes, `linking` those that make links to a chat,
`guided` those of this repository, `checked` those of them that say how an account is.
"""

import pytest

import tests.every.samples
from kaiwa.channels import Ability, channels
from tests.every.samples import samples_of


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    folders = metafunc.config.getoption("--samples")
    known = tests.every.samples.__path__
    known.extend(folder for folder in folders if folder not in known)
    for name in set(GROUPS).intersection(metafunc.fixturenames):
        metafunc.parametrize(name, [kind for kind in sorted(channels()) if GROUPS[name](kind)])


def _claims(ability: Ability, kind: str) -> bool:
    return ability in channels()[kind].abilities


def _guided(kind: str) -> bool:
    return type(channels()[kind]).__module__.startswith("kaiwa.channels.")


def _hooked(kind: str) -> bool:
    try:
        return bool(samples_of(kind).calls)
    except pytest.fail.Exception:
        return True


def _gives(name: str, kind: str) -> bool:
    try:
        return getattr(samples_of(kind), name) not in (None, ())
    except pytest.fail.Exception:
        return False


GROUPS = {
    "kind": lambda _: True,
    "hooked": _hooked,
    "calling": lambda kind: (
        not (_claims(Ability.CARRIED_BY_US, kind) or _claims(Ability.OWN_PROTOCOL, kind))
    ),
    "speaking": lambda kind: _claims(Ability.OWN_PROTOCOL, kind),
    "carrying": lambda kind: _claims(Ability.CARRIED_BY_US, kind),
    "refusing": lambda kind: _gives("blocked", kind),
    "declining": lambda kind: _gives("noes", kind),
    "leaving": lambda kind: _gives("leaves", kind),
    "keeping": lambda kind: _gives("gone", kind),
    "repeating": lambda kind: _claims(Ability.IDEMPOTENT_PUSH, kind),
    "linking": lambda kind: _claims(Ability.LINK, kind),
    "guided": _guided,
    "checked": lambda kind: _guided(kind) and _claims(Ability.HEALTH, kind),
}
