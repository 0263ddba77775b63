"""Every struct is looked at before threads begin."""

import threading

import msgspec

from kaiwa.engines.shapes import learn_shapes


class Odd(msgspec.Struct):
    """Nothing that JSON could tell."""

    lock: "threading.Thread | msgspec.Struct | set[threading.Lock]"


class Plain(msgspec.Struct):
    """Read like any other."""

    name: str


def test_what_can_be_read_is_learnt_and_what_cannot_stops_nothing() -> None:
    before = learn_shapes()
    assert before >= 1

    class Later(msgspec.Struct):
        number: int

    assert learn_shapes() == before + 1
    assert msgspec.json.decode(b'{"number":7}', type=Later).number == 7
    assert msgspec.json.decode(b'{"name":"a"}', type=Plain).name == "a"
