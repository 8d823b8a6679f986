"""The page behind an invitation's link, and the button that accepts."""

from werkzeug.wrappers import Response

from cycles.accounts import visitor
from cycles.accounts.commands import revoke_session
from cycles.accounts.views import link_has_ended
from cycles.core import clock
from cycles.core.access import Door, opens_to
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.core.forms import Form
from cycles.core.pages import page, see_other
from cycles.people import commands
from cycles.people.landing import landing_of
from cycles.people.mailing import LINK_PATH
from cycles.people.models import Group
from cycles.people.pages import WelcomePage
from cycles.people.queries import conveners_of, open_invitation
from cycles.people.views import people

BALLOTS = (Group.TECHNOLOGIST, Group.EMPLOYER, Group.EDUCATOR)


@people.get(f"{LINK_PATH}<token>")
@opens_to(Door.PUBLIC)
def open_letter(token: str) -> Response:
    """Say who runs this, what is stored and who sees answers. Opening it accepts nothing."""
    found = open_invitation(token, clock.now())
    if found is None:
        return link_has_ended()
    invitation, cycle = found
    names = ", ".join(each.account.name for each in conveners_of(cycle.id))
    organisation = f" ({cycle.convener_organisation})" if cycle.convener_organisation else ""
    shown = WelcomePage(
        form=Form(),
        name=invitation.name,
        cycle_title=cycle.title,
        group=invitation.group.value,
        is_on_panel=invitation.is_on_panel,
        organisation=invitation.organisation,
        conveners=names + organisation,
        answers_ballots=invitation.group in BALLOTS,
    )
    return page("people/welcome.html", page=shown)


@people.post(f"{LINK_PATH}<token>")
@opens_to(Door.PUBLIC)
def accept(token: str) -> Response:
    """Take the place, sign in on this device, and go on to what waits there."""
    moment = clock.now()
    try:
        accepted = commands.accept(token=token, moment=moment)
    except Missing:
        return link_has_ended()
    old = visitor.current_token()
    if old is not None:
        revoke_session(token=old, moment=moment)
    db.session.commit()
    visitor.welcome(accepted.account, accepted.session_token)
    return see_other(landing_of(accepted.participant))
