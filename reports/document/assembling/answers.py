"""What a document itself answers to the questions of a reporting guideline.

An answer is a sentence or nothing, and nothing is printed as "not recorded". Nothing is claimed
here that the data do not say, or that the software does not make true by itself.
"""

from collections.abc import Callable
from textwrap import shorten

from reports.document.assembling.asking import round_name
from reports.document.facts import Document
from reports.document.wording import counted, day_words, percent_words, sentence_list

Answer = Callable[[Document], str]
LONGEST_ANSWER = 320


def nothing(_document: Document) -> str:
    """Answer what no cycle records."""
    return ""


def says(words: str) -> Answer:
    """Answer with what the software itself makes true, once at least one round was held."""
    return lambda document: words if document.agreement.rounds else ""


def both(*answers: Answer) -> Answer:
    """Answer with all of these that say something."""
    return lambda document: " ".join(filter(None, (each(document) for each in answers)))


def title(document: Document) -> str:
    """Say what the report is called and what its cover calls it."""
    return f"{document.subject.title}. The cover says: findings of a workforce-foresighting cycle."


def aim(document: Document) -> str:
    """Say the challenge."""
    return shorten(document.subject.challenge, LONGEST_ANSWER, placeholder=" …")


def audience(document: Document) -> str:
    """Say for whom it was written."""
    sponsor = document.subject.sponsor
    if not sponsor:
        return ""
    return f"Commissioned by {sponsor}; written for employers, educators and sponsors."


def case(document: Document) -> str:
    """Say why foresighting was chosen, in the convener's words."""
    return shorten(document.subject.case_for_foresighting, LONGEST_ANSWER, placeholder=" …")


def evidence(document: Document) -> str:
    """Say what the panels were given to read: the working scenario and the solutions."""
    scenario = shorten(document.subject.scenario, LONGEST_ANSWER, placeholder=" …")
    named = tuple(each.name for each in document.subject.solutions)
    if not named:
        return scenario
    return f"Candidate solutions: {sentence_list(named)}. {scenario}".strip()


def steering(document: Document) -> str:
    """Say who led the cycle."""
    convener, sponsor = document.subject.convener, document.subject.sponsor
    led = f"Led by the convener, {convener}." if convener else ""
    return f"{led} Sponsored by {sponsor}.".strip() if sponsor else led


def panel(document: Document) -> str:
    """Say how many people of each group took part."""
    people = document.people
    if not people.people:
        return ""
    groups = "; ".join(f"{each.group}: {each.people}" for each in people.groups)
    return (
        f"{counted(people.people, 'person', 'people')} in all ({groups}), from "
        f"{counted(people.organisation_count, 'organisation')}; section 4.2."
    )


def recruitment(document: Document) -> str:
    """Say how people came to take part, and how many were invited."""
    people = document.people
    if not people.people:
        return ""
    if not people.invitations:
        return "By the convener; the number of invitations is not recorded."
    return (
        f"By personal invitation of the convener: {counted(people.invitations, 'invitation')} "
        "made in the cycle."
    )


def dates(document: Document) -> str:
    """Say from when to when each round ran."""
    return "; ".join(
        f"{round_name(each)}: {day_words(each.opened_on)} to "
        f"{day_words(each.closed_on) if each.closed_on else 'still open'}"
        for each in document.agreement.rounds
    )


def response(document: Document) -> str:
    """Say how many were invited to each round and answered."""
    return "; ".join(
        f"{round_name(each)}: {each.answered} of {each.invited} answered"
        + (f" ({percent_words(each.response_percent)})" if each.response_percent else "")
        for each in document.agreement.rounds
    )


def results(document: Document) -> str:
    """Say what the rounds came to."""
    agreement = document.agreement
    if not agreement.judged:
        return ""
    return (
        f"{agreement.judged:,} items judged, {agreement.agreed:,} agreed, "
        f"{agreement.without_agreement:,} without agreement; sections 4.9 and 4.10."
    )


def results_by_round(document: Document) -> str:
    """Say what each round came to."""
    return "; ".join(
        f"{round_name(each)}: {each.agreed:,} agreed, {each.still_open:,} left open"
        for each in document.agreement.rounds
        if each.agreed is not None and each.still_open is not None
    )


def modified(document: Document) -> str:
    """Say how many statements were merged or rejected."""
    found = document.capabilities
    if not found.submitted:
        return ""
    return (
        f"{found.submitted:,} statements submitted: {found.kept:,} kept, {found.merged:,} merged, "
        f"{found.rejected:,} rejected, {found.waiting:,} waiting."
    )


def deviations(document: Document) -> str:
    """Say what went otherwise than planned."""
    found = document.agreement.deviations
    if found is None:
        return ""
    happened = tuple(each for each in found if each.count)
    if not happened:
        return "None of those looked for (section 4.9)."
    return f"{'; '.join(f'{each.what}: {each.count:,}' for each in happened)}. See section 4.9."


def luck(document: Document) -> str:
    """Say how much agreement chance alone would have given."""
    expected = document.agreement.expected_by_luck
    return "" if expected is None else f"{expected:g} items would be agreed by chance alone."


def funding(document: Document) -> str:
    """Say who paid."""
    sponsor = document.subject.sponsor
    return f"Sponsor: {sponsor}. Its part in the study is not recorded." if sponsor else ""


def reminders(document: Document) -> str:
    """Say what is known of reminders. Incentives are nowhere recorded."""
    if not document.agreement.rounds:
        return ""
    return "Reminders by letter, where the convener asked for them. Incentives: not recorded."


def limits(document: Document) -> str:
    """Say what the data themselves tell of how far the result may be trusted."""
    found = document.agreement
    if not found.judged:
        return ""
    return (
        f"{counted(found.fragile, 'verdict')} that one rater could turn; two camps on "
        f"{counted(found.two_camps, 'item')}; {counted(found.provisional, 'item')} settled "
        "provisionally. Who was missing from the panel is not recorded; lessons learnt are in "
        "section 3.5."
    )


def findings(document: Document) -> str:
    """Say where the central findings stand."""
    return "Part 1 in brief, section 3.5 in full." if document.agreement.judged else ""


def software(document: Document) -> str:
    """Say what calculated the verdicts."""
    rule = document.agreement.rule
    if not document.agreement.rounds:
        return ""
    return (
        f"Version {rule.engine} of the arithmetic; every verdict can be calculated again from "
        "plain files (section 4.16)."
    )
