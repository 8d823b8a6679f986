"""The page that starts a cycle."""

from flask import flash, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from cycles.core.access import Door, opens_to
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.pages import page, see_other
from cycles.people.commands import add_participant
from cycles.people.models import Group
from cycles.setup import commands
from cycles.setup.forms import NewCycleForm
from cycles.setup.models import Cycle
from cycles.setup.pages.editing import EditPage
from cycles.setup.queries import cycles_convened_by, get_cycle
from cycles.setup.views import cycle
from cycles.setup.views.editing import by


@cycle.route("/new", methods=["GET", "POST"])
@opens_to(Door.CONVENES)
def new() -> Response:
    """Start a cycle, with nothing or with the set-up of one that this person convenes."""
    form = NewCycleForm()
    sources = cycles_convened_by(current_user.account.id)
    form.copy_from.offer(("", "Nothing"), *((each.id, each.title) for each in sources))
    if form.validate_on_submit():
        try:
            started = _start(form)
            db.session.commit()
        except Invalid as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash("The cycle is started. State its challenge next.", "success")
            return see_other(url_for("cycle.home", cycle_id=started.id))
    return page("cycle/new.html", 422 if form.errors else 200, page=_context(form))


def _start(form: NewCycleForm) -> Cycle:
    source = get_cycle(form.copy_from.data) if form.copy_from.data else None
    started = commands.start_cycle(title=form.title.data, copy_from=source, **by())
    add_participant(cycle=started, account=current_user.account, group=Group.CONVENER, **by())
    return started


def _context(form: NewCycleForm) -> EditPage:
    return EditPage(
        title="Start a cycle",
        caption="",
        crumbs=(("My cycles", url_for("home.start")), ("Start a cycle", None)),
        form=form,
        back_href=url_for("home.start"),
        closed_because="",
    )
