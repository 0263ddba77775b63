"""Where a message comes from or goes to."""

import msgspec


class Address(msgspec.Struct, frozen=True):
    """A person's place on one inbox: `kind` says what `value` is (visitor, line_user, email …).

    Never a phone column: a channel may know its people by several kinds of id at once.
    """

    inbox_id: int
    kind: str
    value: str
