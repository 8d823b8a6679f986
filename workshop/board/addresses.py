"""The addresses of one workshop's pages, whichever package they are in. Only addresses."""

from flask import url_for

from workshop.rooms.models import Workshop


def address_in(workshop: Workshop, endpoint: str, **values: object) -> str:
    """Return the address of a page of this workshop; ``endpoint`` names its package too."""
    return url_for(
        endpoint,
        cycle_id=workshop.cycle_id,
        workshop_id=workshop.id,
        **values,  # type: ignore[arg-type]  # url_for's own options are not among them
    )
