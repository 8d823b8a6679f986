"""The choice of one profile in a page's address: who is chosen, and what may be. Pure."""

from dataclasses import dataclass

from reports.explorer.look import Look
from reports.mapping.findings import ProfileFinding

PROFILE = "profile"


@dataclass(frozen=True)
class Choice:
    """One choice of a select."""

    value: str
    label: str
    is_chosen: bool


def chosen_profile(look: Look) -> ProfileFinding | None:
    """Return the profile that the address asks for, or None where it asks for none there is."""
    found = look.findings.profiles if look.findings else ()
    return next((each for each in found if each.code == look.args.get(PROFILE)), None)


def profile_choices(look: Look, none: str = "") -> tuple[Choice, ...]:
    """Return the profiles as choices; ``none`` is what stands first for choosing none."""
    chosen = chosen_profile(look)
    found = look.findings.profiles if look.findings else ()
    first = (Choice("", none, chosen is None),) if none else ()
    return (
        *first,
        *(Choice(each.code, f"{each.code} {each.name}", each is chosen) for each in found),
    )
