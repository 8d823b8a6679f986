"""Links to published snapshots: made from a publication's id and a signature, kept by no table.

A convener can always be shown the same link again; whoever reads the database without the
application's secret can make none.
"""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core import signing
from cycles.core.extensions import db
from reports.publishing.models import Audience, Publication

PATH = "/published/"
PURPOSE = "published.link"


def token_of(publication: Publication) -> str:
    """Return what stands in the address of a publication that anybody with its link may read."""
    return signing.token_of(publication.id, purpose=PURPOSE)


def address_of(publication: Publication) -> str:
    """Return the whole link of a publication, to be given to people."""
    return signing.full_address(f"{PATH}{token_of(publication)}/")


def publication_of(token: str) -> Publication | None:
    """Return what a link opens, with its snapshot.

    None for a link that was revoked, was not made here or is not whole: nobody is told which.
    """
    publication_id = signing.id_behind(token, purpose=PURPOSE)
    if publication_id is None:
        return None
    return db.session.scalar(
        select(Publication)
        .where(
            Publication.id == publication_id,
            Publication.audience == Audience.LINK,
            Publication.revoked_at.is_(None),
        )
        .options(joinedload(Publication.snapshot))
    )
