"""Answers: pages, fragments and redirects for both doors, and the error pages."""

from http import HTTPStatus
from typing import Any, cast

from flask import Flask, Response, g, make_response, redirect, render_template, request
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from cycles.core.errors import Closed, Conflict, DomainError, Missing, Paused, TooMany
from cycles.core.extensions import db, htmx
from cycles.core.reading import start_over

ADVICE: dict[int, tuple[str, str]] = {
    400: (
        "That request could not be read",
        "Go back, reload the page and try again. If you had the form open for a long time, "
        "your sign-in may have ended.",
    ),
    403: (
        "This page is not yours to open",
        "Your place in this cycle does not include it. Ask the convener if you think it should.",
    ),
    404: (
        "Page not found",
        "Check the address. If somebody sent you the link, you may need an invitation to the "
        "cycle first.",
    ),
    405: ("That cannot be done here", "Go back and use the page's own buttons."),
    409: (
        "Somebody else changed this first",
        "Go back, reload the page to see the newer version, and make your change again.",
    ),
    410: ("This link has ended", "Ask for a new link on the sign-in page."),
    413: (
        "That file is too large",
        "The form says how large a file may be. Split it, and try again.",
    ),
    423: ("This round is paused", "Wait for the facilitator to go on, then try again."),
    429: ("Too many tries", "Wait a little, then try again."),
    500: (
        "Something went wrong on our side",
        "Nothing you saved before is lost. Try again; if it happens again, tell us the request "
        "number below.",
    ),
}


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Render a page or a fragment."""
    return make_response(render_template(template, **context), status)


def see_other(url: str) -> BaseResponse:
    """Send the browser to ``url`` after a change: 303, or HX-Redirect for htmx."""
    if htmx and not htmx.boosted:
        told = make_response("", HTTPStatus.NO_CONTENT)
        told.headers["HX-Redirect"] = url
        return told
    answer = redirect(url, code=HTTPStatus.SEE_OTHER)
    answer.set_data("")  # nobody reads it, and Werkzeug's is a page in nobody's style
    return answer


def error_page(status: int, message: str | None = None) -> Response:
    """Render the error page of ``status``, with the request's id to quote."""
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        db.session.rollback()  # the database may be what failed: ask nothing of it
    else:
        start_over()
    title, advice = ADVICE.get(status, ADVICE[500])
    context = {
        "title": title,
        "advice": message or advice,
        "request_id": g.get("request_id", ""),
    }
    return page("errors/error.html", status, **context)


def bind(app: Flask) -> None:
    """Answer errors with pages that say what to do."""
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(TooMany, _answer_too_many)
    app.register_error_handler(DomainError, _answer_refusal)
    app.register_error_handler(StaleDataError, lambda _error: error_page(409))

    @app.errorhandler(Exception)
    def answer_bug(error: Exception) -> Response:
        if app.config.get("PROPAGATE_EXCEPTIONS"):
            raise error
        app.logger.exception("%s %s failed", request.method, request.endpoint)
        return error_page(500)


def _answer_http(error: HTTPException) -> BaseResponse:
    if error.response is not None:
        return cast(BaseResponse, error.response)
    return error_page(error.code or 500)


def _answer_too_many(error: TooMany) -> Response:
    answer = error_page(429, str(error))
    answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _answer_refusal(error: DomainError) -> Response:
    statuses = {Missing: 404, Closed: 409, Conflict: 409, Paused: 423}
    return error_page(statuses.get(type(error), 422), str(error))
