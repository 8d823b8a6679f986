"""Drafts of the sections that a busy reader reads: the cycle in brief, next steps, the summary."""

from itertools import groupby

from reports.document.facts import ActionLine, Document
from reports.document.wording import capital, counted, percent_words, sentence_list
from reports.narrative.drafting_comparing import best_fit, headline
from reports.narrative.drafting_findings import profile_count
from reports.narrative.drafting_words import bullets, count_of, joined, name_of, named, sentences
from reports.narrative.prose import literal

MOST_STEPS = 6


def executive_summary(document: Document) -> str:
    """Say what was asked, who answered, what was found, and where to read on."""
    return joined(
        _asked(document),
        _answered(document),
        f"**The finding to remember.** {headline(document)} {best_fit(document)}".strip(),
        _where_to_read_on(document),
    )


def _asked(document: Document) -> str:
    subject = document.subject
    chosen = [literal(each.name) for each in subject.prioritised]
    question = (
        "It asked which capabilities organisations will need, which occupations and training "
        f"follow, and where today's provision falls short, once {_adopted(chosen)} adopted."
        if chosen
        else ""
    )
    opening = f"This report gives the findings of “{literal(subject.title)}”."
    return sentences(opening, question, _behind_it(subject.convener, subject.sponsor))


def _behind_it(convener: str, sponsor: str) -> str:
    if convener and sponsor:
        return f"{capital(named(convener))} convened it, and {named(sponsor)} sponsored it."
    if convener or sponsor:
        verb = "convened" if convener else "sponsored"
        return f"{capital(named(convener or sponsor))} {verb} it."
    return ""


def _adopted(chosen: list[str]) -> str:
    """Return solutions with their verb: ``robots and twins are``. They are typed as titles."""
    lowered = [each[:1].lower() + each[1:] if each[1:2].islower() else each for each in chosen]
    return f"{sentence_list(lowered)} {'is' if len(lowered) == 1 else 'are'}"


def _answered(document: Document) -> str:
    people, found, subject = document.people, document.capabilities, document.subject
    took_part = (
        f"{count_of('people.count', people.people, 'person', 'people')} from "
        f"{count_of('organisations.count', people.organisation_count, 'organisation')} took part."
        if people.people
        else "Nobody takes part yet."
    )
    levels = count_of("role_levels.count", len(subject.role_levels), "role level")
    rated = f", rated by employers at {levels}" if document.agreement.judged else ""
    capabilities = count_of("capabilities.count", found.kept, "capability", "capabilities")
    made = (
        f"Technologists described what will be needed: {capabilities}{rated}."
        if found.kept
        else "No capability has been kept yet."
    )
    return sentences(took_part, made, _agreement(document), _profiles(document))


def _agreement(document: Document) -> str:
    found = document.agreement
    if not found.judged:
        return ""
    return (
        f"Employers agreed on {found.agreed:,} of {counted(found.judged, 'item')}, an item being a "
        "capability at a role level; where they did not, this report says so."
    )


def _profiles(document: Document) -> str:
    if not document.occupations.profile_count:
        return ""
    follow = "follows" if document.occupations.profile_count == 1 else "follow"
    return f"From these {follow} {profile_count(document)}"


def _where_to_read_on(document: Document) -> str:
    if document.provision is None or not document.provision.priorities:
        return ""
    actions = (
        f" Section 3.6 gives {count_of('actions.count', len(document.actions), 'recommendation')}, "
        "each with who should act and when."
        if document.actions
        else ""
    )
    return f"{name_of('table:first-priorities')} names the profiles to look at first.{actions}"


def next_steps(document: Document) -> str:
    """Say who acts next: the first recommendations of each group, with their dates."""
    if not document.actions:
        return "No recommendation has been recorded yet."
    count = count_of("actions.count", len(document.actions), "recommendation")
    groups = groupby(document.actions[:MOST_STEPS], key=lambda each: each.horizon)
    return joined(
        f"Section 3.6 makes {count} with who should act, when and with what result. The first are:",
        *(
            joined(f"**{capital(horizon)}**", bullets(_step(each) for each in steps))
            for horizon, steps in groups
        ),
    )


def _step(each: ActionLine) -> str:
    parts = [
        f"**{named(each.topic)}.**",
        *(f"{named(part)}." for part in (each.who, each.when) if part),
    ]
    return " ".join(parts)


def explorer(_document: Document) -> str:
    """Say where the findings can be looked at."""
    return (
        "Every table in this report can be looked at in detail in Pythia, by everybody with a "
        "place in the cycle: each capability with its verdict, each profile with its trail, each "
        "match with its duty. Charts can be filtered, the match threshold can be moved, and every "
        "table can be downloaded for further analysis."
    )


def summary(document: Document) -> str:
    """Say the findings that every other section rests on, the weightiest first."""
    return bullets(
        each
        for each in (
            headline(document),
            best_fit(document),
            _judged(document),
            _made(document),
            _today(document),
        )
        if each
    )


def _judged(document: Document) -> str:
    found = document.agreement
    if not found.judged:
        return "No item has a verdict yet."
    return (
        f"Employers agreed on {found.agreed:,} of {counted(found.judged, 'item')}; "
        f"{counted(found.without_agreement, 'item')} ended without agreement."
    )


def _made(document: Document) -> str:
    if not document.occupations.profile_count:
        return "No profile has been ratified."
    there = "is" if document.occupations.profile_count == 1 else "are"
    return f"There {there} {profile_count(document)}"


def _today(document: Document) -> str:
    found = document.capabilities.current.capabilities
    if not document.capabilities.current.is_captured or found is None or not found.captured:
        return ""
    held = f"{found.held:,} ({percent_words(found.held_percent or 0.0)})"
    return (
        f"Of the {found.captured:,} whose present state was captured, {held} are there today to "
        "some or strong extent."
    )
