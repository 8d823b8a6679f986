"""The prose a section has until a person writes it: plain sentences read from the document.

Every sentence states a fact of the document or says that there is none. Nothing is inferred,
praised or recommended here; that is for people.
"""

from collections.abc import Callable

from reports.document.facts import Document
from reports.document.wording import counted
from reports.narrative import drafting_findings as findings
from reports.narrative.drafting_words import bullets, joined, named
from reports.narrative.prose import literal, paragraphs

Draft = Callable[[Document], str]


def draft(key: str, document: Document) -> str:
    """Return the draft of a section, in Markdown."""
    return _DRAFTS[key](document)


def _executive_summary(document: Document) -> str:
    subject, found = document.subject, document.capabilities
    convener = f" It was convened by {named(subject.convener)}." if subject.convener else ""
    sponsor = f" {named(subject.sponsor)} sponsored it." if subject.sponsor else ""
    opening = f"This report gives the findings of “{literal(subject.title)}”.{convener}{sponsor}"
    took_part = (
        f"{counted(document.people.people, 'person', 'people')} from "
        f"{counted(document.people.organisation_count, 'organisation')} took part."
        if document.people.people
        else "Nobody takes part yet."
    )
    made = (
        f"They described {counted(found.kept, 'capability', 'capabilities')} that organisations "
        f"will need, rated at {counted(len(subject.role_levels), 'role level')}."
        if found.kept
        else "No capability has been kept yet."
    )
    return joined(opening, f"{took_part} {made}", findings.headline(document))


def _next_steps(document: Document) -> str:
    if not document.actions:
        return "No recommendation has been recorded yet."
    owners = f"Section 3.6 lists {counted(len(document.actions), 'recommendation')}, each with who "
    topics = [literal(each.topic) for each in document.actions[:5]]
    return joined(
        f"{owners}should act, when, and with what result. The first are:", bullets(topics)
    )


def _explorer(_document: Document) -> str:
    return (
        "Every table in this report can be looked at in detail in Pythia, by everybody with a "
        "place in the cycle: each capability with its verdict, each profile with its trail, each "
        "match with its duty. Tables can be downloaded there for further analysis."
    )


def _challenge(document: Document) -> str:
    subject = document.subject
    if not subject.challenge:
        return "The challenge has not been recorded."
    when = f"Time frame: {literal(subject.challenge_when)}." if subject.challenge_when else ""
    domain = f"Impact domain: {literal(subject.impact_domain)}." if subject.impact_domain else ""
    return joined(paragraphs(subject.challenge), f"{when} {domain}".strip())


def _solutions(document: Document) -> str:
    solutions = document.subject.solutions
    if not solutions:
        return "No candidate solution has been recorded."
    return joined(
        f"{counted(len(solutions), 'candidate solution')} "
        f"{'was' if len(solutions) == 1 else 'were'} considered:",
        bullets(
            f"**{literal(each.name)}.** {literal(each.description)}".strip() for each in solutions
        ),
    )


def _prioritised(document: Document) -> str:
    chosen = document.subject.prioritised
    if not chosen:
        return "No solution has been prioritised."
    lines = (f"**{literal(each.name)}.** {literal(each.reason)}".strip() for each in chosen)
    case = paragraphs(document.subject.case_for_foresighting)
    return joined(f"Prioritised: {counted(len(chosen), 'solution')}.", bullets(lines), case)


def _scale(document: Document) -> str:
    scenario = document.subject.scenario
    if not scenario:
        return "Neither a working scenario nor the present scale of adoption has been recorded."
    return joined("The participants worked from this scenario:", paragraphs(scenario))


def _stakeholders(document: Document) -> str:
    subject = document.subject
    sponsor = named(subject.sponsor) if subject.sponsor else "not recorded"
    convener = named(subject.convener) if subject.convener else "not recorded"
    return joined(
        bullets((f"**Sponsor:** {sponsor}", f"**Convener:** {convener}")),
        f"{counted(document.people.organisation_count, 'organisation')} took part; section 4.2 "
        "lists each of them once.",
    )


def _foresighting(_document: Document) -> str:
    return joined(
        "Workforce foresighting asks a question ahead of time: if this technology is adopted in "
        "response to this challenge, which capabilities will organisations need, which "
        "occupations and training follow, and where does today's provision fall short?",
        "Three groups answer it. Technologists describe the capabilities, employers say how "
        "proficient each role level has to be and ratify the profiles, educators settle the "
        "knowledge, skills and behaviours. The profiles are then compared with the standards that "
        "people are trained to today.",
    )


def _lessons(_document: Document) -> str:
    return "No lessons have been recorded yet."


_DRAFTS: dict[str, Draft] = {
    "executive_summary": _executive_summary,
    "organisational_change": findings.organisational_change,
    "fop_highlights": findings.profile_highlights,
    "areas_of_concern": findings.areas_of_concern,
    "next_steps": _next_steps,
    "explorer": _explorer,
    "challenge": _challenge,
    "solutions": _solutions,
    "prioritised": _prioritised,
    "scale": _scale,
    "stakeholders": _stakeholders,
    "methodology": findings.methodology,
    "occupational_change": findings.occupational_change,
    "provision": findings.provision,
    "summary": findings.summary,
    "lessons_learnt": _lessons,
    "foresighting": _foresighting,
}
