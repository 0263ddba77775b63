"""The desk's doors, built with Litestar: typed bodies, an OpenAPI description, errors as JSON."""

from litestar import Litestar
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig

from kaiwa import __version__
from kaiwa.web.asgi import App
from kaiwa.web.context import Context


def desk_app(context: Context) -> App:
    """The app behind `/api/`."""
    return Litestar(  # type: ignore[return-value]
        route_handlers=[],
        state=State({"context": context}),
        # Litestar's own would make every library log each call, its private address too.
        logging_config=None,
        openapi_config=OpenAPIConfig(title="Kaiwa", version=__version__, path="/api/schema"),
    )
