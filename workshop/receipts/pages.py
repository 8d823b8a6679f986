"""What the pages of receipts are given: a rater's own, and the list that names nobody."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import url_for

from cycles.core.clock import LONDON
from workshop.ballot.links import find_key
from workshop.ballot.queries import find_seat
from workshop.receipts.queries import answers_of, count_raters, digests_of, receipt_of, text_of
from workshop.receipts.texts import digest_of, filename_of
from workshop.rooms.models import RoomState, Round
from workshop.rooms.next_actions import href_of


@dataclass(frozen=True)
class OwnPage:
    """One person's receipt of a round, as far as it has come."""

    number: int
    workshop: str
    ballot_href: str
    is_closed: bool
    is_sealed: bool
    is_made: bool
    answers: int
    digest: str
    is_counted: bool
    counted: int
    filename: str
    own_href: str
    file_href: str
    list_href: str


@dataclass(frozen=True)
class ListPage:
    """The receipts of a closed round. ``said`` answers somebody who looked for a digest."""

    number: int
    workshop: str
    workshop_href: str
    closed: str
    digests: tuple[str, ...]
    counted: int
    csv_href: str
    said: str
    is_found: bool


def own_page(round_: Round, participant_id: uuid.UUID) -> OwnPage:
    """Return a person's receipt. Once the cycle is sealed nobody can tell which is theirs."""
    seat = find_seat(round_.cycle_id, participant_id)
    receipt = receipt_of(round_.id, seat) if seat else None
    here: dict[str, Any] = {"cycle_id": round_.cycle_id, "round_id": round_.id}
    published = digests_of(round_.id)
    digest = (receipt.digest or "") if receipt else ""
    return OwnPage(
        number=round_.number,
        workshop=round_.workshop.title,
        ballot_href=url_for("ballot.start", cycle_id=round_.cycle_id),
        is_closed=round_.state == RoomState.CLOSED,
        is_sealed=find_key(round_.cycle_id) is None,
        is_made=receipt is not None,
        answers=len(answers_of(round_, seat)) if seat else 0,
        digest=digest,
        is_counted=digest in published,
        counted=len(published),
        filename=filename_of(round_.number),
        own_href=url_for("receipts.own", **here),
        file_href=url_for("receipts.own_file", **here),
        list_href=url_for("receipts.published", **here),
    )


def own_text(round_: Round, participant_id: uuid.UUID) -> str | None:
    """Return the text of a person's receipt, or None where there is none to give.

    It is given only when it still has the digest that was taken at the close.
    """
    seat = find_seat(round_.cycle_id, participant_id)
    receipt = receipt_of(round_.id, seat) if seat else None
    if receipt is None or receipt.digest is None:
        return None
    text = text_of(round_, receipt)
    return text if digest_of(text) == receipt.digest else None


def list_page(round_: Round, looked_for: str = "") -> ListPage:
    """Return the published receipts of a closed round."""
    digests = digests_of(round_.id)
    is_found = looked_for.lower() in digests
    closed_at = round_.closed_at
    return ListPage(
        number=round_.number,
        workshop=round_.workshop.title,
        workshop_href=href_of(round_.workshop),
        closed=f"{closed_at.astimezone(LONDON):%-d %B %Y, %H:%M}" if closed_at else "",
        digests=digests,
        counted=count_raters(round_.id),
        csv_href=url_for("receipts.published_file", cycle_id=round_.cycle_id, round_id=round_.id),
        said=_answer(looked_for, is_found=is_found),
        is_found=is_found,
    )


def _answer(looked_for: str, *, is_found: bool) -> str:
    if not looked_for:
        return ""
    if is_found:
        return "Yes: it is in the list. Answers with this digest were counted as the file says."
    return (
        "No: it is not in the list. Check that the file is exactly as you downloaded it, and that "
        "it belongs to this round."
    )
