"""The reporting checklist, filled from the document itself: ACCORD and DELPHISTAR, merged.

An empty answer is printed as "not recorded". Nothing is claimed here that the data do not say.
"""

from collections.abc import Callable
from textwrap import shorten

from reports.document.facts import CheckItem, Document
from reports.document.wording import counted, day_words, sentence_list

Answer = Callable[[Document], str]
LONGEST_ANSWER = 320


def checklist_of(document: Document) -> tuple[CheckItem, ...]:
    """Return every line of the checklist with its answer."""
    return tuple(CheckItem(theme, item, answer(document)) for theme, item, answer in _LINES)


def _nothing(_document: Document) -> str:
    return ""


def _says(words: str) -> Answer:
    """Answer with what the software itself makes true, once at least one round was held."""
    return lambda document: words if document.agreement.rounds else ""


def _aim(document: Document) -> str:
    return document.subject.challenge


def _audience(document: Document) -> str:
    sponsor = document.subject.sponsor
    if not sponsor:
        return ""
    return f"Commissioned by {sponsor}; written for employers, educators and sponsors."


def _solutions(document: Document) -> str:
    named = document.subject.prioritised
    return sentence_list(tuple(each.name for each in named)) if named else ""


def _steering(document: Document) -> str:
    return document.subject.convener


def _panel(document: Document) -> str:
    people = document.people
    if not people.people:
        return ""
    groups = "; ".join(f"{each.group}: {each.people}" for each in people.groups)
    return f"{counted(people.people, 'person', 'people')} take part ({groups})."


def _recruitment(document: Document) -> str:
    if not document.people.people:
        return ""
    return (
        "By invitation of the convener, from "
        f"{counted(document.people.organisation_count, 'organisation')}."
    )


def _evidence(document: Document) -> str:
    return shorten(document.subject.scenario, LONGEST_ANSWER, placeholder=" …")


def _rounds(document: Document) -> str:
    lines = document.agreement.rounds
    if not lines:
        return ""
    return "; ".join(
        f"{each.workshop}, round {each.number}: {each.asked:,} items" for each in lines
    )


def _items(document: Document) -> str:
    if not document.capabilities.kept:
        return ""
    return "Every capability in section 4.8, at every role level, worded as asked."


def _consensus(document: Document) -> str:
    rule = document.agreement.rule
    return (
        f"At least {rule.threshold_percent} % of those who rated, with no fewer than "
        f"{rule.minimum_n} raters."
    )


def _rationale(document: Document) -> str:
    return document.agreement.rule.rationale


def _fixed(document: Document) -> str:
    rule = document.agreement.rule
    if rule.fixed_on is None:
        return ""
    return f"On {day_words(rule.fixed_on)}, before round 1 opened; digest {rule.digest[:16]}."


def _stopping(document: Document) -> str:
    rule = document.agreement.rule
    return (
        f"An item closes when it is stable (a change of at most {rule.stability_percent} %), or "
        f"after {counted(rule.round_cap, 'round')}."
    )


def _dates(document: Document) -> str:
    return "; ".join(
        f"round {each.number}: {day_words(each.opened_on)} to "
        f"{day_words(each.closed_on) if each.closed_on else 'still open'}"
        for each in document.agreement.rounds
    )


def _response(document: Document) -> str:
    return "; ".join(
        f"round {each.number}: {each.answered} of {each.invited} answered"
        for each in document.agreement.rounds
    )


def _results(document: Document) -> str:
    agreement = document.agreement
    if not agreement.judged:
        return ""
    return f"{agreement.judged:,} items judged, {agreement.agreed:,} agreed; section 4.9."


def _modified(document: Document) -> str:
    found = document.capabilities
    if not found.submitted:
        return ""
    return (
        f"{found.submitted:,} statements submitted: {found.kept:,} kept, {found.merged:,} merged, "
        f"{found.rejected:,} rejected, {found.waiting:,} waiting."
    )


def _dissent(document: Document) -> str:
    if not document.agreement.judged:
        return ""
    return (
        f"{counted(document.agreement.without_agreement, 'item')} without agreement; section 4.10."
    )


def _decided(document: Document) -> str:
    if not document.agreement.judged:
        return ""
    return f"{counted(document.agreement.decided, 'item')} decided by the convener with a reason."


def _luck(document: Document) -> str:
    expected = document.agreement.expected_by_luck
    return "" if expected is None else f"{expected:g} items would be agreed by chance alone."


def _funding(document: Document) -> str:
    return document.subject.sponsor


_METHOD = "Modified Delphi: capture, rating in rounds with feedback, ratification by a panel."
_AGAIN = "Agreed items are not asked again; later rounds ask what is still open."
_FEEDBACK = "Counts of the whole panel on each item still open, with comments, unnamed."
_ANONYMITY = "To each other and to the convener: answers are kept apart from names."
_VOTE = "No. Only employers rate proficiency."
_ANALYSIS = "Shares, medians, agreement and consensus of each item, by the fixed rule."
_LINES: tuple[tuple[str, str, Answer], ...] = (
    ("Aim", "Method and why it was chosen", _says(_METHOD)),
    ("Aim", "Aim of the study", _aim),
    ("Aim", "Audience", _audience),
    ("Aim", "Geographical scope", _nothing),
    ("Aim", "Solutions considered", _solutions),
    ("Aim", "Registration or protocol", _nothing),
    ("People", "Who steered the study and chose the panel", _steering),
    ("People", "Criteria of inclusion and what made an expert", _nothing),
    ("People", "Size and make-up of the panel", _panel),
    ("People", "Route of recruitment", _recruitment),
    ("People", "Incentives", _nothing),
    ("People", "Reminders and languages", _nothing),
    ("Preparation", "Evidence given to the panel beforehand", _evidence),
    ("Preparation", "Pilot", _nothing),
    ("Preparation", "Modifications of the method", _nothing),
    ("Rounds", "Number and content of the rounds", _rounds),
    ("Rounds", "Exact items asked", _items),
    ("Rounds", "Dates of each round", _dates),
    ("Rounds", "Invited and answered in each round", _response),
    ("Rounds", "How answers were gathered", _says("Individually, on a web page.")),
    ("Rounds", "Whether agreed items were shown again", _says(_AGAIN)),
    ("Rounds", "Feedback between rounds", _says(_FEEDBACK)),
    ("Rounds", "Anonymity: to whom and by what means", _says(_ANONYMITY)),
    ("Rounds", "Whether the facilitator voted", _says(_VOTE)),
    ("Agreement", "Definition of consensus", _consensus),
    ("Agreement", "Why this definition", _rationale),
    ("Agreement", "When it was fixed", _fixed),
    ("Agreement", "Rule for stopping", _stopping),
    ("Agreement", "Weighting of groups", _says("None: every rating counts once.")),
    ("Analysis", "Analysis of numbers", _says(_ANALYSIS)),
    ("Analysis", "Analysis of free text", _nothing),
    ("Results", "Result of each item", _results),
    ("Results", "Items modified or removed", _modified),
    ("Results", "Dissent", _dissent),
    ("Results", "Decisions taken outside the rounds", _decided),
    ("Results", "Agreement expected by chance", _luck),
    ("Results", "Deviations and unexpected events", _nothing),
    ("Discussion", "Limits and bias of the panel", _nothing),
    ("Other", "Role of the funder", _funding),
    ("Other", "Conflicts of interest", _nothing),
)
