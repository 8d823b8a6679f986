"""The job that draws cards: from the tables, as they stand when it runs, to a PDF in its file."""

import hashlib
import uuid
from io import BytesIO
from typing import Any

from cycles.core import clock
from cycles.core.errors import Missing
from cycles.core.extensions import db
from cycles.core.jobs.commands import JobRun, handles
from cycles.core.jobs.files import keep_own
from cycles.profiles.models import Profile
from cycles.setup.queries import get_cycle
from reports.cards.assembling import card_of, cards_of, day_words
from reports.cards.facts import CardFacts
from reports.cards.queries import JOB_KIND, key_of
from reports.cards.rendering import render_cards

GONE = "The profile is gone: newer prototypes have taken its place."
NONE = "There is no profile to draw a card of."


@handles(JOB_KIND)
def draw(run: JobRun) -> dict[str, Any]:
    """Draw the job's cards and keep the PDF for whoever asks for what they say."""
    cards, title = _cards(run)
    db.session.rollback()
    moment = clock.now()
    pdf = render_cards(cards, title=title, drawn_on=day_words(moment), run=run)
    name = f"{cards[0].code}.pdf" if len(cards) == 1 else "profile-cards.pdf"
    keep_own(job_id=run.job_id, stream=BytesIO(pdf.content), filename=name, moment=moment)
    return {
        "key": key_of(cards),
        "pages": pdf.pages,
        "sha256": hashlib.sha256(pdf.content).hexdigest(),
        "left_out": sum(len(sheet.left_out) for sheet in pdf.sheets),
    }


def _cards(run: JobRun) -> tuple[tuple[CardFacts, ...], str]:
    if run.cycle_id is None:
        raise Missing(NONE)
    if not run.facts["profile_id"]:
        cards, title = cards_of(run.cycle_id), get_cycle(run.cycle_id).title
        if not cards:
            raise Missing(NONE)
        return cards, f"Profile cards: {title}"
    profile = db.session.get(Profile, uuid.UUID(run.facts["profile_id"]))
    if profile is None or profile.cycle_id != run.cycle_id:
        raise Missing(GONE)
    card = card_of(profile)
    return (card,), f"{card.code} {card.name}"
