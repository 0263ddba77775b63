"""The desk's doors, built once a process: that takes longer than most tests do."""

import functools
from typing import Any

from litestar import Litestar

from kaiwa.web.context import Context
from kaiwa.web.desk_app import desk_app


@functools.cache
def _built() -> Litestar:
    app: Any = desk_app(None)  # type: ignore[arg-type]
    made: Litestar = app
    return made


def doors_on(context: Context) -> Litestar:
    """Those doors, standing on this; a second server beside the first needs its own."""
    app = _built()
    app.state["context"] = context
    return app
