"""The prose a section has until a person writes it: plain sentences read from the document.

Every sentence states a fact of the document or says that there is none. Nothing is inferred,
praised or recommended here; that is for people. Numbers are named where they have a name, so that
a draft that somebody has made their own stays true.
"""

from collections.abc import Callable

from reports.document.facts import Document
from reports.document.wording import counted
from reports.narrative import drafting_comparing as comparing
from reports.narrative import drafting_findings as findings
from reports.narrative import drafting_summary as summary
from reports.narrative.drafting_words import bullets, count_of, joined, named, sentences
from reports.narrative.prose import literal, paragraphs

Draft = Callable[[Document], str]


def draft(key: str, document: Document) -> str:
    """Return the draft of a section, in Markdown."""
    return _DRAFTS[key](document)


def _challenge(document: Document) -> str:
    subject = document.subject
    if not subject.challenge:
        return "The challenge has not been recorded."
    when = f"Time frame: {named(subject.challenge_when)}." if subject.challenge_when else ""
    domain = f"Impact domain: {named(subject.impact_domain)}." if subject.impact_domain else ""
    return joined(paragraphs(subject.challenge), sentences(when, domain))


def _solutions(document: Document) -> str:
    solutions = document.subject.solutions
    if not solutions:
        return "No candidate solution has been recorded."
    return joined(
        f"The cycle considered {counted(len(solutions), 'candidate solution')}. "
        "{{ table:solutions }} says which were prioritised, and why.",
        bullets(
            f"**{named(each.name)}.** {literal(each.description)}".strip() for each in solutions
        ),
    )


def _prioritised(document: Document) -> str:
    chosen = document.subject.prioritised
    if not chosen:
        return "No solution has been prioritised."
    lines = (f"**{named(each.name)}.** {literal(each.reason)}".strip() for each in chosen)
    case = paragraphs(document.subject.case_for_foresighting)
    return joined(
        f"The cycle was run for {counted(len(chosen), 'prioritised solution')}:",
        bullets(lines),
        case,
    )


def _scale(document: Document) -> str:
    scenario = document.subject.scenario
    if not scenario:
        return "Neither a working scenario nor the present scale of adoption has been recorded."
    return joined("The participants worked from this scenario:", paragraphs(scenario))


def _stakeholders(document: Document) -> str:
    subject, people = document.subject, document.people
    sponsor = named(subject.sponsor) if subject.sponsor else "not recorded"
    convener = named(subject.convener) if subject.convener else "not recorded"
    organisations = count_of("organisations.count", people.organisation_count, "organisation")
    return joined(
        bullets((f"**Sponsor:** {sponsor}", f"**Convener:** {convener}")),
        f"{organisations} took part; section 4.2 lists each of them once, with the number of its "
        "people in each group.",
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
        "It is no forecast of how many people will be needed. It describes the work that such a "
        "forecast would have to count.",
    )


def _lessons(_document: Document) -> str:
    return "No lessons have been recorded yet."


_DRAFTS: dict[str, Draft] = {
    "executive_summary": summary.executive_summary,
    "organisational_change": findings.organisational_change,
    "fop_highlights": findings.profile_highlights,
    "areas_of_concern": comparing.areas_of_concern,
    "next_steps": summary.next_steps,
    "explorer": summary.explorer,
    "challenge": _challenge,
    "solutions": _solutions,
    "prioritised": _prioritised,
    "scale": _scale,
    "stakeholders": _stakeholders,
    "methodology": findings.methodology,
    "occupational_change": findings.occupational_change,
    "provision": comparing.provision,
    "summary": summary.summary,
    "lessons_learnt": _lessons,
    "foresighting": _foresighting,
}
