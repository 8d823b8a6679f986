"""Invitations from a table: every row checked, nothing made here.

Between the preview and the confirmation the good rows travel in the form, signed: nothing of the
file is kept on the server.
"""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import BinaryIO

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from cycles.accounts.queries import tidy_email
from cycles.core.errors import Invalid
from cycles.core.tables import Row, read_table
from cycles.people.invitations import Invitee, taken_addresses
from cycles.people.models import Group
from cycles.people.queries import key_of
from cycles.setup.queries import partners_of

HEADINGS = ("name", "email", "group", "organisation", "partner")
REQUIRED = ("name", "email", "group")
MOST_ROWS = 500
PREVIEW_LASTS = 24 * 3600

# Each way of naming a group that a convener may write, with whether it means the panel.
_GROUP_WORDS: dict[str, tuple[Group, bool]] = {
    **{group.value: (group, False) for group in Group},
    **{f"{group.value}s": (group, False) for group in Group},
    "domain specialist": (Group.TECHNOLOGIST, False),
    "panel": (Group.EMPLOYER, True),
    "employer panel": (Group.EMPLOYER, True),
    "panel member": (Group.EMPLOYER, True),
}


@dataclass(frozen=True)
class CheckedRow:
    """One row of the file: who it invites, or every reason why it cannot."""

    number: int
    values: dict[str, str]
    problems: tuple[str, ...]
    invitee: Invitee | None


def read_invitees(
    stream: BinaryIO, filename: str, *, cycle_id: uuid.UUID, moment: datetime
) -> tuple[CheckedRow, ...]:
    """Return each row of the file, checked; raise ``Invalid`` when the file itself is no good."""
    table = read_table(stream, filename, headings=HEADINGS, required=REQUIRED, most_rows=MOST_ROWS)
    partners = {key_of(partner.name): partner.id for partner in partners_of(cycle_id)}
    taken = taken_addresses(cycle_id, moment)
    return tuple(_checked(row, partners, taken) for row in table.rows)


def _checked(row: Row, partners: dict[str, uuid.UUID], taken: dict[str, str]) -> CheckedRow:
    """Check one row, and note its address in ``taken`` so that a second one is found."""
    values = row.values
    group, is_on_panel = _GROUP_WORDS.get(values["group"].lower(), (None, False))
    partner_id = partners.get(key_of(values["partner"]))
    problems = [
        *_name_problems(values),
        *_email_problems(values["email"], row.number, taken),
        *_place_problems(values, group, partner_id),
    ]
    if problems or group is None:
        return CheckedRow(row.number, values, tuple(problems), None)
    invitee = Invitee(
        name=values["name"],
        email=tidy_email(values["email"]),
        group=group,
        organisation=values["organisation"],
        is_on_panel=is_on_panel,
        partner_id=partner_id,
    )
    return CheckedRow(row.number, values, (), invitee)


def _name_problems(values: dict[str, str]) -> list[str]:
    if not values["name"]:
        return ["The name is missing."]
    problems = []
    if len(values["name"]) > 120:
        problems.append("The name is longer than 120 characters.")
    if len(values["organisation"]) > 200:
        problems.append("The organisation is longer than 200 characters.")
    return problems


def _email_problems(email: str, number: int, taken: dict[str, str]) -> list[str]:
    address = tidy_email(email)
    if not address:
        return ["The e-mail address is missing."]
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return [f"“{address[:80]}” is not an e-mail address."]
    if address in taken:
        return [taken[address]]
    taken[address] = f"Row {number} has the same address."
    return []


def _place_problems(
    values: dict[str, str], group: Group | None, partner_id: uuid.UUID | None
) -> list[str]:
    problems = []
    if group is None:
        words = ", ".join([*Group, "panel"])
        given = values["group"][:40]
        problems.append(
            f"“{given}” is not a group. Use one of: {words}."
            if given
            else f"The group is missing. Use one of: {words}."
        )
    if values["partner"] and partner_id is None:
        problems.append(f"The cycle has no partner called “{values['partner'][:60]}”.")
    return problems


def sealed_rows(cycle_id: uuid.UUID, rows: tuple[CheckedRow, ...]) -> str:
    """Return the good rows as signed text that holds for this cycle only."""
    good = [_packed(row.invitee) for row in rows if row.invitee is not None]
    return str(_signer(cycle_id).dumps(good))


def opened_rows(cycle_id: uuid.UUID, text: str) -> list[Invitee]:
    """Return the invitees of signed text; raise ``Invalid`` if it was changed or is a day old."""
    try:
        packed = _signer(cycle_id).loads(text, max_age=PREVIEW_LASTS)
    except BadSignature as problem:
        raise Invalid("The preview is too old. Upload the file again.") from problem
    return [_unpacked(each) for each in packed]


def _signer(cycle_id: uuid.UUID) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"invitees of {cycle_id}")


def _packed(invitee: Invitee) -> dict[str, object]:
    partner = invitee.partner_id
    return {**asdict(invitee), "partner_id": None if partner is None else str(partner)}


def _unpacked(packed: dict[str, str]) -> Invitee:
    partner = packed["partner_id"]
    return Invitee(
        name=packed["name"],
        email=packed["email"],
        group=Group(packed["group"]),
        organisation=packed["organisation"],
        is_on_panel=bool(packed["is_on_panel"]),
        partner_id=uuid.UUID(partner) if partner else None,
    )


def still_good(cycle_id: uuid.UUID, invitees: list[Invitee], moment: datetime) -> list[Invitee]:
    """Return those who can still be invited: somebody may have been since the preview."""
    partners = {None, *(partner.id for partner in partners_of(cycle_id))}
    taken = taken_addresses(cycle_id, moment)
    return [each for each in invitees if each.email not in taken and each.partner_id in partners]
