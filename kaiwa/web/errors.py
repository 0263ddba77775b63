"""Errors at a door: the class says the status, the body is the one shape of the web protocol."""

import math
import traceback
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.types import ExceptionHandlersMap

from kaiwa.languages.strings import say, strings
from kaiwa.vocabulary.errors import KaiwaError, TooMany, Unreachable
from kaiwa.vocabulary.language import Language
from kaiwa.web.reader import language_of

log = structlog.get_logger()

STATUS: Final = {
    "invalid": 400,
    "not_authentic": 401,
    "not_allowed": 403,
    "not_found": 404,
    "conflict": 409,
    "refused": 409,
    "too_large": 413,
    "too_many": 429,
    "internal": 500,
    "unreachable": 503,
}
_CODE: Final = {status: code for code, status in STATUS.items() if code != "refused"}
_FRAMES = 12


class ErrorBody(msgspec.Struct, frozen=True):
    """What every refusal looks like. `message` is in the reader's language."""

    error: str
    message: str
    detail: dict[str, Any] = {}


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """The refusals an operation may answer, for its description."""
    return {
        status: ResponseSpec(ErrorBody, description=_CODE[status], generate_examples=False)
        for status in statuses
    }


def message_of(error: KaiwaError, language: Language) -> str:
    """A sentence for people: the exact one where it is translated, else what the class says."""
    exact = f"web.{error.code}.{error.detail.get('reason')}"
    if exact in strings(language):
        return say(exact, language)
    if language == "en" and error.message:
        return error.message
    return say(f"web.{error.code}", language)


def shown(request: Request[Any, Any, Any], error: KaiwaError) -> Response[ErrorBody]:
    """Answers with an error of ours."""
    code = error.code if error.code in STATUS else "internal"
    body = ErrorBody(code, message_of(error, language_of(request)), error.detail)
    headers: dict[str, str] = {}
    if isinstance(error, Unreachable | TooMany):
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after_s or 1)))
    return Response(body, status_code=STATUS[code], headers=headers)


def invalid(request: Request[Any, Any, Any], error: msgspec.ValidationError) -> Response[ErrorBody]:
    """Answers a body that is not what it should be."""
    return _invalid(request, 400, [{"message": str(error)}])


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[ErrorBody]:
    """Answers what Litestar refused: an unknown path, a wrong method, a wrong value."""
    status = error.status_code
    if status >= 500 and status not in _CODE:
        status = 500
    if status in (500, 503):
        _log(request, error)
    code = _CODE.get(status, "invalid")
    if code == "invalid":
        extra = error.extra if isinstance(error.extra, list) else []
        problems = [one for one in extra if isinstance(one, dict)]
        return _invalid(request, status, problems)
    body = ErrorBody(code, say(f"web.{code}", language_of(request)))
    headers = {"Retry-After": "1"} if status in (429, 503) else {}
    return Response(body, status_code=status, headers=headers)


def unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[ErrorBody]:
    """Answers what nobody foresaw, and writes down where it was."""
    _log(request, error)
    return Response(
        ErrorBody("internal", say("web.internal", language_of(request))), status_code=500
    )


EXCEPTION_HANDLERS: Final[ExceptionHandlersMap] = {
    KaiwaError: shown,
    msgspec.ValidationError: invalid,
    HTTPException: http_error,
    Exception: unexpected,
}


def _invalid(
    request: Request[Any, Any, Any], status: int, problems: list[dict[str, Any]]
) -> Response[ErrorBody]:
    said = [{k: str(v) for k, v in one.items() if k in ("key", "message")} for one in problems]
    sentence = say("web.invalid", language_of(request))
    lines = [": ".join(part for part in (one.get("key"), one["message"]) if part) for one in said]
    message = " ".join([sentence, *lines[:3]])
    detail: dict[str, Any] = {"problems": said} if said else {}
    return Response(ErrorBody("invalid", message, detail), status_code=status)


def _log(request: Request[Any, Any, Any], error: Exception) -> None:
    # An exception's own words may quote what a customer wrote: only its kind and place are logged.
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    log.error(
        "unexpected",
        kind=type(error).__name__,
        method=request.method,
        route=request.scope.get("path_template", ""),
        where=[f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames],
    )
