"""What every answer of the API has in common: nobody asks, errors are JSON, nothing is kept."""

from flask import Response, current_app, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from cycles.core.errors import Invalid, Missing
from reports.api.describing import PREFIX
from reports.api.problems import Misasked, problem
from reports.api.views import api

NOTHING = "There is nothing at this address. The index of a snapshot lists all that there is."
ONLY_READ = "This API is read only: ask with GET."


@api.before_request
def come_as_nobody() -> None:
    """Take no notice of who is signed in: everybody with the link is told the same."""
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]


@api.before_app_request
def answer_wrong_addresses() -> Response | None:
    """Answer what no route takes as JSON too; the application would answer with a page."""
    error = request.routing_exception
    if error is None or isinstance(error, RequestRedirect) or not request.path.startswith(PREFIX):
        return None
    if not isinstance(error, MethodNotAllowed):
        return keep_apart(problem(404, NOTHING))
    answer = problem(405, ONLY_READ)
    answer.headers["Allow"] = ", ".join(sorted(error.valid_methods or ("GET",)))
    return keep_apart(answer)


@api.after_request
def keep_apart(answer: Response) -> Response:
    """Let nothing keep a copy, for a link may be revoked, and no search engine list it."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@api.errorhandler(Misasked)
def answer_misasked(error: Misasked) -> Response:
    """Say what the query may be."""
    return problem(400, str(error))


@api.errorhandler(Missing)
def answer_missing(error: Missing) -> Response:
    """Say that the link or the thing is not there."""
    return problem(404, str(error))


@api.errorhandler(Invalid)
def answer_damaged(error: Invalid) -> Response:
    """Say that the snapshot is no longer what was frozen: nobody who asks can help it."""
    return problem(500, str(error))


@api.errorhandler(HTTPException)
def answer_http(error: HTTPException) -> Response:
    """Say what else went wrong."""
    status = error.code or 500
    return problem(status, NOTHING if status == 404 else error.description or error.name)


@api.errorhandler(Exception)
def answer_bug(error: Exception) -> Response:
    """Say that it is our fault, with the number to quote."""
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    current_app.logger.exception("%s %s failed", request.method, request.endpoint)
    return problem(500, "Something went wrong on our side.", request_id=g.get("request_id", ""))
