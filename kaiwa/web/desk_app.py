"""The desk's doors, built with Litestar: typed bodies, an OpenAPI description, errors as JSON."""

from litestar import Litestar
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from kaiwa import __version__
from kaiwa.web import auth, desk, desk_live, joining, second_factor
from kaiwa.web.asgi import App
from kaiwa.web.context import Context
from kaiwa.web.errors import EXCEPTION_HANDLERS


def desk_app(context: Context) -> App:
    """The app behind `/api/`."""
    return Litestar(  # type: ignore[return-value]
        route_handlers=[
            *auth.ROUTES,
            *joining.ROUTES,
            *second_factor.ROUTES,
            *desk.ROUTES,
            *desk_live.ROUTES,
        ],
        exception_handlers=EXCEPTION_HANDLERS,
        state=State({"context": context}),
        # Only the description: pages that show it would load their scripts from elsewhere.
        openapi_config=OpenAPIConfig(
            title="Kaiwa",
            version=__version__,
            path="/api/schema",
            render_plugins=[JsonRenderPlugin()],
        ),
        # Who serves says what is logged and how; what went wrong is logged by our handlers.
        logging_config=None,
    )
