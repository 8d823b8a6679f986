"""Section 3.4: the profiles against the standards of today. The rows of its tables live beside."""

from collections.abc import Iterator

from reports.document.body.blocks import (
    Block,
    FigureHere,
    Heading,
    Missing,
    Note,
    Paragraph,
    Prose,
)
from reports.document.body.findings_compared import (
    compared_with,
    every_profile,
    responses,
    surplus_duties,
    thresholds,
    worked_example,
)
from reports.document.facts import Document, ProfileProvision, Provision, Worked
from reports.document.wording import counted, day_words, percent_words
from reports.narrative.prose import literal

FIRST = 5


def provision(document: Document) -> Iterator[Block]:
    """Yield section 3.4."""
    yield Prose("provision")
    found = document.provision
    if found is None:
        yield Missing(
            "Map and gap has not been run, so profiles are not compared with any standard."
        )
        return
    yield from _compared(found)
    yield from _explained(found)
    yield from _every_profile(found)
    yield from _first_priorities(found)
    yield from _how_sure(found)


def _compared(found: Provision) -> Iterator[Block]:
    yield Heading("What was compared")
    yield Paragraph(
        "Each profile is compared with the standards at the same or an adjoining academic level"
        f"{_without_level(found)}. The comparison is of texts by their meaning: every capability "
        f"with every {'duty or skill' if found.standards_by_skills else 'duty'}, each pair with a "
        f"score. From a score of {found.threshold_percent}\u00a0% on, the duty counts as a match, "
        "unless somebody who reviewed the pair decided otherwise."
    )
    if found.frameworks:
        yield compared_with(found)
    if found.standards_by_skills:
        yield Note(
            "By skills: a standard without duties was compared by its skills, which were not "
            "written to be matched. Read its fit and surplus with care."
        )


def _without_level(found: Provision) -> str:
    if not found.standards_without_level:
        return ""
    return (
        f", and with the {found.standards_without_level:,} whose source states no level, which are "
        "compared with every profile of a known level"
    )


def _explained(found: Provision) -> Iterator[Block]:
    yield Heading("Fit and surplus explained")
    yield Paragraph(
        "**Fit** is the share of the profile's capabilities that some duty of the standard "
        "matches: how much of the future work somebody trained to the standard would be prepared "
        "for. **Surplus** is the share of the standard's duties that match none of the profile's "
        "capabilities: how much of the training lies outside the profile. They are two "
        "calculations, over capabilities and over duties, and need not add up to 100. A large "
        "surplus is no fault of a standard; it prepares for work that this cycle did not study."
    )
    if found.worked is None:
        return
    yield Paragraph(_worked(found.worked))
    yield FigureHere("worked-example")
    yield worked_example(found.worked)
    if found.worked.surplus_duties:
        yield surplus_duties(found.worked)


def _worked(worked: Worked) -> str:
    standing = worked.standing
    return (
        f"One pair shows both. {literal(worked.code)} {literal(worked.name)} holds "
        f"{counted(worked.member_count, 'capability', 'capabilities')}; "
        f"{standing.fit_count:,} of them find a match among the duties of "
        f"{literal(standing.title)} ({literal(standing.reference)}): a fit of "
        f"{percent_words(standing.fit_percent)}. Of the standard's "
        f"{counted(standing.duty_count, 'duty', 'duties')}, {standing.surplus_count:,} match "
        f"nothing in the profile: a surplus of {percent_words(standing.surplus_percent)}. "
        "{{ table:worked-example }} sets each capability beside the duty that comes nearest to it."
    )


def _every_profile(found: Provision) -> Iterator[Block]:
    yield Heading("Every profile against its best standard")
    yield FigureHere("fit-surplus")
    yield Paragraph(
        "From fit and surplus follows a first suggestion of what to do about each profile. It is "
        "where a conversation between employers, educators and the keepers of a standard starts, "
        "not where it ends. Section 4.11 lists, for each profile, the standards that come nearest."
    )
    yield responses(found)
    yield Note(literal(found.response_rule))
    yield every_profile(found)


def _first_priorities(found: Provision) -> Iterator[Block]:
    first = found.priorities[:FIRST]
    if not first:
        return
    yield Heading("The profiles that need attention first")
    yield Paragraph(
        "Priority goes to the profiles with most unsupported capabilities, then to those with the "
        "lowest best fit. For each of the first, a matrix shows its capabilities with the level "
        "that each calls for and marks those that no duty of any standard supports; the words "
        "below it say which standard comes nearest. "
        "{{ table:priorities }} ranks all profiles."
    )
    for each in first:
        yield FigureHere(f"matrix-{each.code}")
        yield Paragraph(_standing(each))


def _standing(line: ProfileProvision) -> str:
    """Say how far a profile is from the standards of today."""
    partner = f", primary partner {literal(line.partner)}" if line.partner else ""
    opening = (
        f"**{line.priority_rank}. {literal(line.name)}.** "
        f"{literal(line.role_level)}{partner}. {line.unsupported_count:,} of its "
        f"{counted(line.member_count, 'capability', 'capabilities')} "
        f"{'is' if line.unsupported_count == 1 else 'are'} unsupported."
    )
    best = line.best
    if best is None:
        return f"{opening} No standard could be compared with it."
    return (
        f"{opening} The standard that comes nearest is {literal(best.title)} "
        f"({literal(best.reference)}, {best.level_words}): fit "
        f"{percent_words(best.fit_percent)}, surplus {percent_words(best.surplus_percent)}. "
        f"Suggested response: {literal(best.response[:1].lower() + best.response[1:])}."
    )


def _how_sure(found: Provision) -> Iterator[Block]:
    yield Heading("How far the findings depend on the threshold")
    yield Paragraph(
        f"At the threshold in force, {found.threshold_percent}\u00a0%, {found.unsupported:,} of "
        f"{counted(found.capabilities, 'compared capability', 'compared capabilities')} "
        f"({percent_words(found.unsupported_percent)}) are unsupported. By the scores alone it "
        f"would be {found.unsupported_by_score:,}; people accepted "
        f"{counted(found.accepted_matches, 'match', 'matches')} and rejected "
        f"{found.rejected_matches:,}, and their decisions outrank the scores at every threshold."
    )
    if found.curve:
        yield FigureHere("threshold")
        yield thresholds(found)
        yield Note(
            "Counted one by one near the threshold in force, elsewhere at every fifth per cent; of "
            "those, what leaves the count as it stood is left out."
        )
    if found.matches is not None:
        yield Paragraph(f"{_matches(found)}{_generic(found)}")
    yield Note(_run(found))


def _matches(found: Provision) -> str:
    opening = (
        f"At {found.threshold_percent}\u00a0% there are {found.matches:,} matches between a "
        "capability and a duty."
    )
    if found.expected_false is None or found.open_matches is None:
        return (
            f"{opening} How many of them may be false is not known: no adapter was in use, so a "
            "score stands for no stated chance."
        )
    return (
        f"{opening} Of the {found.open_matches:,} that reviewers have not settled, "
        f"{found.expected_false:,} are to be expected false, by the chance that each score stands "
        "for."
    )


def _generic(found: Provision) -> str:
    if not found.are_generic_told:
        return ""
    listed = " and are listed in section 4.13" if found.only_generic_lines else ""
    return (
        f" {counted(found.generic_matches, 'match is', 'matches are')} with duties that are "
        "generic, that is near to the work of many routes; "
        f"{counted(found.only_generic, 'capability is', 'capabilities are')} supported by such "
        f"duties alone{listed}."
    )


def _run(found: Provision) -> str:
    reviewed = (
        f"reviewed on {day_words(found.reviewed_on)}" if found.reviewed_on else "not reviewed"
    )
    return (
        f"Run {found.run_number} of map and gap, of {day_words(found.run_on)}, {reviewed}. Model: "
        f"{literal(found.model)}. Section 4.15 gives the sources and the digest of the run."
    )
