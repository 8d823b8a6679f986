"""Pages outside any cycle: the start, the statements, the glossary, health."""

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, jsonify, url_for
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as BaseResponse

from cycles.core import clock
from cycles.core.access import Door, opens_to
from cycles.core.pages import page, see_other
from cycles.core.reading import begin_reading
from cycles.core.shell import offer
from cycles.home.glossary import TERMS, Term
from cycles.home.health import readiness
from cycles.people.queries import MyCycle, cycles_of

home = Blueprint("home", __name__)

offer(10, "My cycles", "home.start", Door.SIGNED_IN, in_cycle=False)


@dataclass(frozen=True)
class StartPage:
    """The cycles of the person who is signed in."""

    current: tuple[MyCycle, ...]
    archived: tuple[MyCycle, ...]
    may_start: bool


@dataclass(frozen=True)
class GlossaryPage:
    """Every term, in alphabetical order."""

    terms: tuple[Term, ...]


@home.get("/")
@opens_to(Door.PUBLIC)
def start() -> BaseResponse:
    """Say what Pythia is, or show the signed-in person their cycles."""
    if not current_user.is_authenticated:
        return page("home/landing.html", page=None)
    if current_user.cycle_id is not None:
        return see_other(url_for("cycle.home", cycle_id=current_user.cycle_id))
    mine = cycles_of(current_user.account.id)
    return page(
        "home/start.html",
        page=StartPage(
            current=tuple(each for each in mine if each.cycle.archived_at is None),
            archived=tuple(each for each in mine if each.cycle.archived_at is not None),
            may_start=current_user.may_start_cycles,
        ),
    )


@home.get("/accessibility")
@opens_to(Door.PUBLIC)
def accessibility() -> Response:
    """Show the accessibility statement."""
    return page("home/accessibility.html", page=None)


@home.get("/privacy")
@opens_to(Door.PUBLIC)
def privacy() -> Response:
    """Say what is stored about people, why, and for how long."""
    return page("home/privacy.html", page=None)


@home.get("/glossary")
@opens_to(Door.PUBLIC)
def glossary() -> Response:
    """Explain the method's terms."""
    return page("home/glossary.html", page=GlossaryPage(TERMS))


@home.get("/healthz")
@opens_to(Door.PUBLIC)
def healthz() -> Response:
    """Answer that the process is alive; asks nothing of the database."""
    return jsonify(alive=True)


@home.get("/readyz")
@opens_to(Door.PUBLIC)
def readyz() -> tuple[Response, int]:
    """Answer whether everything that a request needs is there."""
    try:
        begin_reading()
        checks = readiness(current_app.extensions["pythia_settings"], clock.now())
    except SQLAlchemyError:
        checks = {"database": "does not answer"}
    is_ready = all(state == "ok" for state in checks.values())
    return jsonify(ready=is_ready, checks=checks), 200 if is_ready else 503
