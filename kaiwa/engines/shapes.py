"""Learns the shapes of all structs before threads begin.

msgspec looks at a struct's fields when it is first decoded. A second thread that decodes the same
struct meanwhile finds it half learnt, and the process ends with a segmentation fault (seen under
msgspec 0.22 in its `_core`, twice in some thousand starts under load).
"""

import msgspec


def learn_shapes() -> int:
    """Look at every struct that is imported by now, in this thread; how many can be decoded."""
    learnt, todo = 0, [msgspec.Struct]
    while todo:
        for one in todo.pop().__subclasses__():
            todo.append(one)
            try:
                msgspec.json.Decoder(one)
            except (TypeError, NameError):
                continue  # one that is never read from JSON: it holds a connection, an array …
            learnt += 1
    return learnt
