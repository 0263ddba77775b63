"""What each role may do."""

from typing import Final, Literal, TypeAlias, get_args

from kaiwa.vocabulary.errors import NotAllowed

Role: TypeAlias = Literal["owner", "admin", "agent"]
Permission: TypeAlias = Literal[
    "answer",
    "assign_others",
    "manage_inboxes",
    "manage_agents",
    "teach",
    "organize",
    "refund",
    "set_voice",
    "set_routing",
    "supervise",
    "set_shop",
    "export",
]

ROLES: Final[tuple[Role, ...]] = ("owner", "admin", "agent")
# Who may change the shop.
LEADS: Final[frozenset[Role]] = frozenset({"owner", "admin"})

_ALL: Final[frozenset[Permission]] = frozenset(get_args(Permission))
_MAY: Final[dict[Role, frozenset[Permission]]] = {
    "owner": _ALL,
    "admin": _ALL,
    "agent": frozenset({"answer"}),
}


def allows(role: Role, permission: Permission) -> bool:
    """Whether the role has the permission."""
    return permission in _MAY[role]


def require(role: Role, permission: Permission) -> None:
    """Raise `NotAllowed` when the role lacks the permission."""
    if not allows(role, permission):
        raise NotAllowed("Your role does not allow this. Ask an owner or admin of the shop.")
