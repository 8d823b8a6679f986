"""Which partners a reader has chosen, and the capabilities that any, all or only they need. Pure.

A partner is chosen by its place in the cycle's order (``p1``, ``p2``), ``how`` says how several
are joined.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.document.wording import counted, sentence_list
from reports.explorer.look import Look
from reports.explorer.pages.capability_rows import CapabilityRow, capability_rows

NAME = "supply-chain"
ANY, ALL, ONLY = "any", "all", "only"
WAYS = {
    ANY: "Any of them (union)",
    ALL: "All of them (intersection)",
    ONLY: "No other partner",
}


@dataclass(frozen=True)
class PartnerBox:
    """A partner as a box to tick; ``count`` are the capabilities it needs."""

    name: str
    label: str
    count: int
    is_ticked: bool


@dataclass(frozen=True)
class Joined:
    """How many capabilities one way of joining the chosen partners gives, and their list."""

    way: str
    words: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class PartnerChoice:
    """The chooser. ``hidden`` is what its form carries along.

    ``sentence`` says what the chosen partners need; ``chosen`` and it are empty for no choice.
    """

    boxes: tuple[PartnerBox, ...]
    ways: tuple[Joined, ...]
    hidden: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    sentence: str
    reset_href: str


def chosen_partners(look: Look) -> tuple[str, ...]:
    """Return the partners that the address chooses, in the cycle's order."""
    return tuple(
        partner.name
        for place, partner in enumerate(look.results.document.capabilities.partners, 1)
        if look.args.get(f"p{place}")
    )


def chosen_way(look: Look) -> str:
    """Return how the chosen partners are joined; any of them where nothing else is asked."""
    asked = look.args.get("how", "")
    return asked if asked in WAYS else ANY


def joined_rows(
    rows: Sequence[CapabilityRow], chosen: Sequence[str], way: str
) -> tuple[CapabilityRow, ...]:
    """Return the capabilities that the chosen partners need, joined one way; all for no choice."""
    wanted = set(chosen)
    if not wanted:
        return tuple(rows)
    return tuple(row for row in rows if _is_in(set(row.line.partners), wanted, way))


def _is_in(held: set[str], wanted: set[str], way: str) -> bool:
    if way == ALL:
        return wanted <= held
    if way == ONLY:
        return bool(held) and held <= wanted
    return bool(held & wanted)


def chosen_rows(look: Look) -> tuple[CapabilityRow, ...]:
    """Return the capabilities that the address asks for."""
    return joined_rows(capability_rows(look), chosen_partners(look), chosen_way(look))


def href_of(look: Look, partners: Sequence[str], way: str) -> str:
    """Return the address of the capabilities that these partners need, joined one way."""
    names = [each.name for each in look.results.document.capabilities.partners]
    places = {f"p{names.index(each) + 1}": "on" for each in partners}
    return look.href(NAME, _anchor=NAME, how=None if way == ANY else way, **places)


def partner_choice(look: Look, rows: Sequence[CapabilityRow]) -> PartnerChoice:
    """Return the chooser as the address fills it."""
    chosen, way = chosen_partners(look), chosen_way(look)
    partners = look.results.document.capabilities.partners
    return PartnerChoice(
        boxes=tuple(
            PartnerBox(
                name=f"p{place}",
                label=partner.name,
                count=len(joined_rows(rows, (partner.name,), ANY)),
                is_ticked=partner.name in chosen,
            )
            for place, partner in enumerate(partners, 1)
        ),
        ways=tuple(_joined(look, rows, chosen, each) for each in WAYS),
        hidden=tuple((name, str(value)) for name, value in look.selection().items()),
        chosen=chosen,
        sentence=_sentence(chosen, way, len(joined_rows(rows, chosen, way))),
        reset_href=look.href(NAME),
    )


def _sentence(chosen: Sequence[str], way: str, count: int) -> str:
    if not chosen:
        return ""
    who = {
        ANY: " or ".join(chosen),
        ALL: sentence_list(chosen),
        ONLY: f"{' or '.join(chosen)}, and by no other partner",
    }[way]
    verb = "is" if count == 1 else "are"
    return f"{counted(count, 'capability', 'capabilities')} {verb} needed by {who}."


def _joined(look: Look, rows: Sequence[CapabilityRow], chosen: Sequence[str], way: str) -> Joined:
    return Joined(
        way=way,
        words=WAYS[way],
        count=len(joined_rows(rows, chosen, way)),
        href=href_of(look, chosen, way),
        is_chosen=way == chosen_way(look),
    )
