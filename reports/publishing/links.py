"""Links to published snapshots: made from a publication's id and a signature, kept by no table.

A convener can always be shown the same link again; whoever reads the database without the
application's secret can make none.
"""

import base64
import uuid

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cycles.core.extensions import db
from reports.publishing.models import Audience, Publication

PATH = "/published/"


def token_of(publication: Publication) -> str:
    """Return what stands in the address of a publication that anybody with its link may read."""
    short = base64.urlsafe_b64encode(publication.id.bytes).decode().rstrip("=")
    return str(_signer().dumps(short))


def address_of(publication: Publication) -> str:
    """Return the whole link of a publication, to be given to people."""
    return f"{current_app.extensions['pythia_settings'].base_url}{PATH}{token_of(publication)}/"


def publication_of(token: str) -> Publication | None:
    """Return what a link opens, with its snapshot.

    None for a link that was revoked, was not made here or is not whole: nobody is told which.
    """
    try:
        short = _signer().loads(token)
        publication_id = uuid.UUID(bytes=base64.urlsafe_b64decode(f"{short}=="))
    except (BadSignature, ValueError):
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


def _signer() -> URLSafeSerializer:
    config = current_app.config
    # Oldest first, as the library wants them: it signs with the last and accepts any.
    secrets = [*config["SECRET_KEY_FALLBACKS"], config["SECRET_KEY"]]
    return URLSafeSerializer(secrets, salt="published.link")
