"""Asking people in: one by one, or by a table with a preview."""

import uuid
from contextlib import closing

from flask import flash, url_for
from werkzeug.wrappers import Response

from cycles.core import clock
from cycles.core.access import Door, load, opens_to
from cycles.core.downloads import csv_answer, xlsx_answer
from cycles.core.errors import Invalid
from cycles.core.extensions import db
from cycles.core.forms import Form
from cycles.core.pages import page, see_other
from cycles.people import commands, importing
from cycles.people.forms import InvitationForm, PreviewForm, UploadForm
from cycles.people.models import Invitation
from cycles.people.pages import InvitePage, PreviewPage, UploadPage
from cycles.people.placing import chosen_partner, in_cycle
from cycles.people.views import PATH, people
from cycles.setup.queries import partners_of

EXAMPLES = (
    ("Tess Field", "tess.field@example.org", "technologist", "Field Robotics Ltd", ""),
    ("Emil Stone", "emil.stone@example.org", "employer", "Stone Foods plc", ""),
    ("Nora Vale", "nora.vale@example.org", "panel", "Vale Bakeries", ""),
)


@people.route(f"{PATH}/invite", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def invite(cycle_id: uuid.UUID) -> Response:
    """Invite one person."""
    form = InvitationForm()
    form.offer_partners(partners_of(cycle_id))
    if form.validate_on_submit():
        try:
            partner = chosen_partner(form, cycle_id)
            commands.invite(partner=partner, **form.facts(), **in_cycle(cycle_id))
            db.session.commit()
            flash(f"An invitation to {form.email.data} is on its way.", "success")
            return see_other(url_for("people.list_people", cycle_id=cycle_id))
        except Invalid as refusal:
            form.refuse(refusal)
    shown = InvitePage(cycle_id, form)
    return page("people/invite.html", 422 if form.errors else 200, page=shown)


@people.post(f"{PATH}/invitations/<uuid:invitation_id>/resend")
@opens_to(Door.CONVENER)
def resend(cycle_id: uuid.UUID, invitation_id: uuid.UUID) -> Response:
    """Send a new letter; the earlier link stops working."""
    invitation = load(Invitation, cycle_id, invitation_id)
    commands.resend(invitation=invitation, **in_cycle(cycle_id))
    db.session.commit()
    flash(f"A new invitation to {invitation.email} is on its way.", "success")
    return see_other(url_for("people.list_people", cycle_id=cycle_id))


@people.post(f"{PATH}/invitations/<uuid:invitation_id>/revoke")
@opens_to(Door.CONVENER)
def revoke(cycle_id: uuid.UUID, invitation_id: uuid.UUID) -> Response:
    """End an invitation."""
    invitation = load(Invitation, cycle_id, invitation_id)
    commands.revoke(invitation=invitation, **in_cycle(cycle_id))
    db.session.commit()
    flash(f"The invitation to {invitation.email} no longer works.", "success")
    return see_other(url_for("people.list_people", cycle_id=cycle_id))


@people.get(f"{PATH}/upload/template.<any(csv, xlsx):kind>")
@opens_to(Door.CONVENER)
def template(cycle_id: uuid.UUID, kind: str) -> Response:  # noqa: ARG001 - named by every URL of a cycle
    """Download a table to fill in."""
    answer = csv_answer if kind == "csv" else xlsx_answer
    return answer(f"invitations.{kind}", importing.HEADINGS, EXAMPLES)


@people.route(f"{PATH}/upload", methods=["GET", "POST"])
@opens_to(Door.CONVENER)
def upload(cycle_id: uuid.UUID) -> Response:
    """Take a table of people and show what it would do; nobody is invited yet."""
    form = UploadForm()
    if form.validate_on_submit():
        try:
            return page("people/preview.html", page=_preview(form, cycle_id))
        except Invalid as refusal:
            form.refuse(Invalid(str(refusal), file=str(refusal)))
    names = tuple(partner.name for partner in partners_of(cycle_id))
    shown = UploadPage(cycle_id, form, names)
    return page("people/upload.html", 422 if form.errors else 200, page=shown)


def _preview(form: UploadForm, cycle_id: uuid.UUID) -> PreviewPage:
    with closing(form.file.data) as file:
        rows = importing.read_invitees(
            file.stream, file.filename or "", cycle_id=cycle_id, moment=clock.now()
        )
    return PreviewPage(
        cycle_id=cycle_id,
        form=Form(formdata=None),
        sealed=importing.sealed_rows(cycle_id, rows),
        bad=tuple(row for row in rows if row.invitee is None),
        good=tuple(row for row in rows if row.invitee is not None),
    )


@people.post(f"{PATH}/upload/confirm")
@opens_to(Door.CONVENER)
def confirm(cycle_id: uuid.UUID) -> Response:
    """Invite the good rows of the preview that can still be invited."""
    given = importing.opened_rows(cycle_id, PreviewForm().rows.data or "")
    good = importing.still_good(cycle_id, given, clock.now())
    commands.invite_many(invitees=good, **in_cycle(cycle_id))
    db.session.commit()
    left_out = len(given) - len(good)
    also = f" {left_out} had been invited meanwhile." if left_out else ""
    flash(f"{len(good)} invitations are on their way.{also}", "success")
    return see_other(url_for("people.list_people", cycle_id=cycle_id))
