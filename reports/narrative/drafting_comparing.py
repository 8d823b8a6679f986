"""Drafts of what map and gap found. Each sentence repeats numbers of the document."""

from reports.document.facts import Document, ProfileProvision, Provision
from reports.document.wording import counted, percent_words, sentence_list
from reports.narrative.drafting_words import bullets, count_of, joined, name_of, named, sentences
from reports.narrative.prose import literal

MOST_NAMED = 5
MOST_CLOSE = 3
STEP = 5


def headline(document: Document) -> str:
    """Return the finding that a reader should remember, or that there is none yet."""
    found = document.provision
    if found is None:
        return "The capabilities have not been compared with any standards yet."
    compared = f"{counted(found.capabilities, 'capability', 'capabilities')} compared with "
    compared += named(found.framework)
    if not found.unsupported:
        return f"Each of the {compared} matches some duty of a standard."
    verb = "matches" if found.unsupported == 1 else "match"
    return (
        f"Of {compared}, {name_of('unsupported.count')} "
        f"({name_of('unsupported.share')}) {verb} no duty of any standard."
    )


def best_fit(document: Document) -> str:
    """Say how near any profile comes to a standard of today, or nothing where none compares."""
    best = _nearest(document.provision)
    if best is None or best.best is None:
        return ""
    if not best.best.fit_count:
        return "No profile has a capability that a standard near its level matches."
    return (
        f"The best fit of any profile with a standard is {percent_words(best.best.fit_percent)}: "
        f"{literal(best.name)} with {named(best.best.title)}."
    )


def closest(document: Document) -> str:
    """Say which profiles come closest to a standard of today, and what is suggested for them."""
    found = [each for each in _by_fit(document.provision) if each.best and each.best.fit_count]
    if not found:
        return ""
    return joined(
        "Closest to what people are trained to today are:",
        bullets(_close(each) for each in found[:MOST_CLOSE]),
    )


def _close(line: ProfileProvision) -> str:
    best = line.best
    if best is None:
        return ""
    return (
        f"**{literal(line.name)}** ({literal(line.code)}): fit {percent_words(best.fit_percent)} "
        f"with {literal(best.title)}; {literal(best.response[:1].lower() + best.response[1:])}"
    )


def _nearest(found: Provision | None) -> ProfileProvision | None:
    """Return the profile with the best fit, or None where no standard could be compared."""
    return next(iter(_by_fit(found)), None)


def _by_fit(found: Provision | None) -> list[ProfileProvision]:
    """Return the compared profiles, the best fit first, of equals the one with less surplus."""
    compared = [(each.best, each) for each in found.profiles if each.best] if found else []
    compared.sort(key=lambda both: (-both[0].fit_percent, both[0].surplus_percent, both[1].code))
    return [each for _, each in compared]


def areas_of_concern(document: Document) -> str:
    """Say what nothing supports, and which profiles need attention first."""
    found = document.provision
    if found is None:
        return "Without a run of map and gap, no area of concern can be named."
    urgent = [each for each in found.priorities if each.unsupported_count][:MOST_NAMED]
    first = "The profiles with most unsupported capabilities are:" if urgent else ""
    return joined(
        f"**Capabilities without support.** {headline(document)}{_listed(found)}",
        _horizons(found),
        _few_fit(found),
        first,
        bullets(_urgent(each) for each in urgent),
        _divided(document),
    )


def _listed(found: Provision) -> str:
    if not found.unsupported:
        return ""
    return " Section 4.13 lists each with the nearest standard."


def _horizons(found: Provision) -> str:
    """Say how many capabilities each horizon is proposed for; an older snapshot has none."""
    parts = [f"{each.horizon} for {each.count:,}" for each in found.horizons if each.count]
    if not parts:
        return ""
    return (
        "By how near the nearest duty comes, the horizon proposed for closing the gap is "
        f"{sentence_list(parts)}; the rule stands beside the list."
    )


def _few_fit(found: Provision) -> str:
    """Say for how many profiles the comparison suggests each response."""
    suggested = [each for each in found.responses if each.count]
    if not suggested:
        return ""
    parts = [f"“{literal(each.response)}” for {each.count:,}" for each in suggested]
    return (
        "**What the comparison suggests.** From fit and surplus, the response suggested is "
        f"{sentence_list(parts)} of "
        f"{counted(len(found.profiles), 'profile')} ({name_of('table:fit-surplus')})."
    )


def _urgent(line: ProfileProvision) -> str:
    fit = (
        "no standard to compare with"
        if line.best_fit_percent is None
        else f"best fit {percent_words(line.best_fit_percent)}"
    )
    return (
        f"**{literal(line.name)}** ({literal(line.code)}): {line.unsupported_count:,} of "
        f"{line.member_count:,} unsupported, {fit}"
    )


def _divided(document: Document) -> str:
    found = document.agreement
    if not found.without_agreement:
        return ""
    items = counted(found.without_agreement, "item")
    return (
        f"**Where employers are divided.** {items} ended without agreement on the proficiency "
        "needed. Section 4.10 prints each with what was said."
    )


def provision(document: Document) -> str:
    """Say what was compared with what, what responses that suggests, and how sure it is."""
    found = document.provision
    if found is None:
        return "The profiles have not been compared with any standards yet."
    suggested = [each for each in found.responses if each.count]
    lines = [f"{literal(each.response)}: {counted(each.count, 'profile')}" for each in suggested]
    return joined(
        sentences(_compared(found), best_fit(document), _seen(found)),
        "The responses suggested for the profiles are:" if lines else "",
        bullets(lines),
        _how_sure(found),
    )


def _compared(found: Provision) -> str:
    duties = ("duty or skill", "duties and skills") if found.standards_by_skills else ("duty",
        "duties")  # fmt: skip
    standards = count_of("standards.compared", found.standards_compared, "standard")
    return (
        f"{counted(found.capabilities, 'capability', 'capabilities')} and "
        f"{count_of('duties.count', found.duties, *duties)} of {standards} were compared at a "
        f"threshold of {found.threshold_percent} %."
    )


def _seen(found: Provision) -> str:
    if not any(each.best for each in found.profiles):
        return ""
    return f"{name_of('figure:fit-surplus')} shows every profile against its best standard."


def _how_sure(found: Provision) -> str:
    """Say what another threshold would make of it, and how many matches may be false."""
    near = {each.threshold_percent: each.unsupported_count for each in found.curve}
    parts = [
        f"{near[at]:,} at {at} %"
        for at in (found.threshold_percent - STEP, found.threshold_percent + STEP)
        if at in near
    ]
    elsewhere = (
        f"At other thresholds the unsupported capabilities would be {sentence_list(parts)} "
        f"({name_of('figure:threshold')})."
        if parts
        else ""
    )
    people = (
        f"People accepted {found.accepted_matches:,} and rejected {found.rejected_matches:,} of "
        "the matches; what they decided outranks the scores."
        if found.accepted_matches or found.rejected_matches
        else "No match has been reviewed by a person yet."
    )
    return sentences(elsewhere, people)
