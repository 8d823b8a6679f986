"""Making a card fit one A4 page: smaller steps of type first, then fewer capabilities, said so.

The estimate here decides where rendering begins, and where the two columns part; the rendered
page has the last word. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from reports.cards.facts import Area, CardFacts, Member

# Type in points; ``static/css/_onepage.scss`` names the same steps.
STEPS = (9.8, 9.2, 8.6, 8.0, 7.4, 6.8, 6.3)
DENSE = 4  # from this step on lines stand closer
LAST = len(STEPS) - 1
MM_OF_POINT = 0.3528
PAGE_MM = 268.0
# Browsers print the foot on the page itself, and nobody looks whether it all fitted.
BROWSER_MM = 244.0
HEAD_MM = 40.0
COLUMN_MM = 82.0
NARROW_MM = 86.0
CHARACTER_EM = 0.44
LINE_EM = 1.3
DENSE_SHARE = 0.96
GAP_EM = 0.32
AREA_EM = 2.0
TITLE_EM = 3.4
LEAST_LEFT_OUT = 2
LONGEST_REASON = 140  # where reasons are shortened, at most so many characters of each are left
SHORTENED = "Reasons that end in … stand in full on the profile's page in Pythia."


@dataclass(frozen=True)
class Sheet:
    """A card as it is printed: at which step of type, and which capabilities found no room.

    ``is_shortened`` says that long reasons were shortened to make room for capabilities.
    """

    facts: CardFacts
    step: int
    areas: tuple[Area, ...]
    left_out: tuple[str, ...] = ()
    is_shortened: bool = False

    @property
    def columns(self) -> tuple[tuple[Area, ...], ...]:
        """Return the areas in two columns of about the same height."""
        return _halves(self.areas, STEPS[self.step] * MM_OF_POINT)

    @property
    def anchor(self) -> str:
        """Return the name that the page of this card is found by."""
        return f"card-{self.facts.code.lower()}"

    @property
    def left_out_words(self) -> str:
        """Say what is not printed, and where it stands; or nothing."""
        shortened = SHORTENED if self.is_shortened else ""
        if not self.left_out:
            return shortened
        one = len(self.left_out) == 1
        left_out = (
            f"{len(self.left_out)} more {'capability has' if one else 'capabilities have'} no room "
            f"here: {', '.join(self.left_out)}. {'It stands' if one else 'They stand'} on the "
            "profile's page in Pythia."
        )
        return f"{left_out} {shortened}".rstrip()


def first_sheet(facts: CardFacts, room_mm: float = PAGE_MM) -> Sheet:
    """Return the card at the largest type that it is estimated to fit in, nothing left out.

    Where it fits in none, long reasons are shortened first: a page of them takes minutes to lay
    out, and capabilities matter more.
    """
    for given in (facts, shortened(facts)):
        for step, _ in enumerate(STEPS):
            if estimated_mm(given, step) <= room_mm:
                return Sheet(given, step, given.areas, is_shortened=given != facts)
    return Sheet(given, LAST, given.areas, is_shortened=given != facts)


def shortened(facts: CardFacts) -> CardFacts:
    """Return the card with every reason and objection of at most ``LONGEST_REASON`` characters."""
    return replace(
        facts,
        areas=tuple(replace(one, members=_shorter(one.members)) for one in facts.areas),
        removed=_shorter(facts.removed),
        objections=tuple(_short(one) for one in facts.objections),
    )


def _shorter(members: Sequence[Member]) -> tuple[Member, ...]:
    return tuple(
        replace(one, reason=_short(one.reason), dissent=_short(one.dissent)) for one in members
    )


def _short(text: str) -> str:
    if len(text) <= LONGEST_REASON:
        return text
    cut = text[: LONGEST_REASON - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def tighter(sheet: Sheet) -> Sheet:
    """Return the next to try: a smaller step, and below the last one fewer capabilities."""
    if sheet.step < LAST:
        return replace(sheet, step=sheet.step + 1)
    kept = sum(len(area.members) for area in sheet.areas)
    keep = max(min(kept - LEAST_LEFT_OUT, int(0.92 * kept)), 0)
    areas, left_out = _cut(sheet.facts.areas, keep)
    return replace(sheet, areas=areas, left_out=left_out)


def _cut(areas: Sequence[Area], keep: int) -> tuple[tuple[Area, ...], tuple[str, ...]]:
    """Return the areas with their first ``keep`` capabilities, and the codes of the others."""
    kept: list[Area] = []
    left_out: list[str] = []
    for area in areas:
        room = keep - sum(len(each.members) for each in kept)
        if area.members[:room] and room > 0:
            kept.append(replace(area, members=area.members[:room]))
        left_out += [member.code for member in area.members[max(room, 0) :]]
    return tuple(kept), tuple(left_out)


def estimated_mm(facts: CardFacts, step: int) -> float:
    """Return how tall the card is estimated to be at a step of type."""
    em = STEPS[step] * MM_OF_POINT
    per_line = COLUMN_MM / (CHARACTER_EM * em)
    members = [member for area in facts.areas for member in area.members]
    body = sum(_member_em(member, per_line) for member in members) + AREA_EM * len(facts.areas)
    notes = [*(f"{one.code} {one.text} {one.reason}" for one in facts.removed), *facts.objections]
    wide = sum(_lines(text, 2 * per_line) * LINE_EM + GAP_EM for text in notes)
    share = DENSE_SHARE if step >= DENSE else 1.0
    return HEAD_MM + em * share * (TITLE_EM * 2 + body / 2 + wide + _foot_em(facts, em))


def _halves(areas: Sequence[Area], em: float) -> tuple[tuple[Area, ...], ...]:
    """Return the areas cut where both halves are most alike; an area is cut where that is worth it.

    A cut within an area prints its heading twice, so it has to gain more than that.
    """
    per_line = COLUMN_MM / (CHARACTER_EM * em)
    heights = [(area, [_member_em(member, per_line) for member in area.members]) for area in areas]
    total = sum(AREA_EM + sum(each) for _, each in heights)
    best, at = (total, 0, 0), 0.0
    for number, (_, each) in enumerate(heights):
        for place in range(len(each)):
            repeated = AREA_EM if place else 0.0
            tallest = max(at + sum(each[:place]) + repeated, total - at - sum(each[:place]))
            best = min(best, (tallest + repeated, number, place))
        at += AREA_EM + sum(each)
    return _cut_at(areas, best[1], best[2])


def _cut_at(areas: Sequence[Area], number: int, place: int) -> tuple[tuple[Area, ...], ...]:
    """Return the areas before and after the member ``place`` of the area ``number``."""
    if not areas:
        return ((), ())
    cut = areas[number]
    if not place:
        return tuple(areas[:number]), tuple(areas[number:])
    first = replace(cut, members=cut.members[:place])
    rest = replace(cut, name=f"{cut.name}, continued", members=cut.members[place:])
    return (*areas[:number], first), (rest, *areas[number + 1 :])


def _member_em(member: Member, per_line: float) -> float:
    said = f"{member.difference}: {member.reason}" if member.difference else member.reason
    lines = _lines(f"{member.code} {member.text}", per_line)
    lines += sum(_lines(text, per_line) for text in (said, member.dissent) if text)
    return lines * LINE_EM + GAP_EM


def _foot_em(facts: CardFacts, em: float) -> float:
    """Return the height of standards and KSBs, which stand side by side."""
    per_line = NARROW_MM / (CHARACTER_EM * em)
    standards = sum(
        _lines(f"{one.title} {one.about}", per_line) + 1 for one in facts.standards
    ) + _lines(facts.standards_note, per_line)
    ksbs = sum(_lines(f"K {one.text}", per_line) for one in facts.ksbs) + 1
    return max(standards, ksbs) * LINE_EM + len(facts.ksbs) * GAP_EM


def _lines(text: str, per_line: float) -> int:
    return max(1, ceil(len(text) / per_line))
