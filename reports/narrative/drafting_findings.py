"""Drafts of the sections that report findings. Each sentence repeats numbers of the document."""

from reports.document.facts import (
    Document,
    FunctionLine,
    LevelSpread,
    ProfileProvision,
    Provision,
    RuleFacts,
)
from reports.document.wording import counted, percent_words, sentence_list
from reports.narrative.drafting_words import bullets, joined
from reports.narrative.prose import literal

MOST_NAMED = 5


def headline(document: Document) -> str:
    """Return the finding that a reader should remember, or that there is none yet."""
    found = document.provision
    if found is None:
        return "The capabilities have not been compared with any standards yet."
    return (
        f"Of {counted(found.capabilities, 'capability', 'capabilities')} compared with the "
        f"standards of {literal(found.framework)}, {found.unsupported:,} "
        f"({percent_words(found.unsupported_percent)}) match no duty of any standard."
    )


def organisational_change(document: Document) -> str:
    """Say where the capabilities lie, and how that compares with today."""
    found = document.capabilities
    if not found.classified:
        return "No kept capability has a place in the classification yet."
    ranked = sorted(found.functions, key=lambda line: (-line.future_count, line.name))
    lines = [_function(line) for line in ranked if line.future_count or line.current_count]
    opening = (
        f"The {counted(found.classified, 'classified capability', 'classified capabilities')} "
        "spread over the functions like this:"
    )
    return joined(opening, bullets(lines), found.current.sentence)


def _function(line: FunctionLine) -> str:
    words = (
        f"**{literal(line.name)}:** {line.future_count:,} ({percent_words(line.future_percent)})"
    )
    if line.present is not None and line.present.captured:
        held = f"{line.present.held:,} of the {line.present.captured:,} captured"
        share = percent_words(line.present.held_percent or 0.0)
        return f"{words}; organisations have {held} today ({share})"
    if line.current_percent is None:
        return words
    return f"{words}, beside {percent_words(line.current_percent)} of today's duties"


def profile_highlights(document: Document) -> str:
    """Say how many profiles there are, by role level, and how far the panel has come."""
    found = document.occupations
    if not found.profile_count:
        return "No profile has been generated yet."
    by_level = [
        f"{literal(each.role_level)}: {counted(each.count, 'profile')}"
        for each in found.by_role_level
    ]
    return joined(f"{_profile_count(document)} By role level:", bullets(by_level))


def _profile_count(document: Document) -> str:
    found = document.occupations
    if not found.ratified_count:
        return f"{counted(found.profile_count, 'profile')} proposed. No profile has been ratified."
    rest = f", {found.prototype_count:,} are still prototypes" if found.prototype_count else ""
    return (
        f"{counted(found.profile_count, 'profile')}, of which the employer panel has ratified "
        f"{found.ratified_count:,}{rest}."
    )


def areas_of_concern(document: Document) -> str:
    """Say what nothing supports, and which profiles need attention first."""
    found = document.provision
    if found is None:
        return "Without a run of map and gap, no area of concern can be named."
    urgent = [each for each in found.priorities if each.unsupported_count][:MOST_NAMED]
    first = "The profiles with most unsupported capabilities are:" if urgent else ""
    return joined(headline(document), first, bullets(_urgent(each) for each in urgent))


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


def methodology(document: Document) -> str:
    """Say how findings are made by the method, and how far this cycle has come with it."""
    agreement = document.agreement
    asked = (
        f"So far employers have rated {agreement.judged:,} of {agreement.total:,} items (a "
        f"capability at a role level) in {counted(len(agreement.rounds), 'round')}, under the rule "
        "card in section 4.9."
        if agreement.rounds
        else "No round has been held yet."
    )
    return joined(
        "The method asks three groups in turn. Technologists describe the capabilities and give "
        "each its place in the classification. Employers then rate, on their own and without "
        "names, how proficient each role level has to be; from the second round on they see the "
        "group's answers and may change their own.",
        asked,
        "Similar capabilities are grouped into profiles by a fixed procedure, which the employer "
        "panel refines and ratifies. A language model compares texts by their meaning; what a "
        "person decides outranks it, and both are kept.",
        _ratifying(agreement.rule),
        _reviewing(document),
    )


def _ratifying(rule: RuleFacts) -> str:
    """Say by which rule profiles are ratified; an older snapshot does not hold one."""
    if not rule.panel_rule:
        return ""
    return (
        "Each member of the panel approves a profile as it stands, or objects with a reason. It is "
        f"ratified once {counted(rule.panel_quorum, 'member')} or more have answered and "
        f"{rule.panel_rule} approve. A ratified version is never changed; objections that stood "
        "then, and every level on which the panel departs from the vote, are printed with their "
        "reasons in section 4.11."
    )


def _reviewing(document: Document) -> str:
    found = document.ksbs
    if found.reviewers is None:
        return ""
    return (
        "Educators review the knowledge, skills and behaviours of each capability, each on their "
        "own. A statement is accepted or rejected when "
        f"{document.agreement.rule.threshold_percent} % of those who reviewed it say so, or by a "
        "decision of the convener with a reason; only accepted ones count here. Those that the "
        "profiles of a role level call for make its Future Competency Set (section 4.12)."
    )


def occupational_change(document: Document) -> str:
    """Say how proficiency spreads over each role level."""
    spread = [each for each in document.occupations.spread if each.needed]
    if not spread:
        return "No proficiency has been settled yet."
    return joined(
        "Of the capabilities that each role level needs, the panel set these proficiencies:",
        bullets(_spread(each) for each in spread),
    )


def _spread(line: LevelSpread) -> str:
    named = (
        ("Awareness", line.awareness_percent),
        ("Practitioner", line.practitioner_percent),
        ("Expert", line.expert_percent),
    )
    parts = [f"{word} {percent_words(value)}" for word, value in named if value is not None]
    return f"**{literal(line.role_level)}** ({line.needed:,} needed): {sentence_list(parts)}"


def provision(document: Document) -> str:
    """Say what was compared with what, and what responses that suggests."""
    found = document.provision
    if found is None:
        return "The profiles have not been compared with any standards yet."
    suggested = [each for each in found.responses if each.count]
    lines = [f"{literal(each.response)}: {counted(each.count, 'profile')}" for each in suggested]
    compared = (
        f"{counted(found.capabilities, 'capability', 'capabilities')} and "
        f"{_duties(found)} of "
        f"{counted(found.standards_compared, 'standard')} were compared at a threshold of "
        f"{found.threshold_percent} %."
    )
    responses = "The responses suggested for the profiles are:" if lines else ""
    return joined(compared, responses, bullets(lines))


def _duties(found: Provision) -> str:
    if found.standards_by_skills:
        return counted(found.duties, "duty or skill", "duties and skills")
    return counted(found.duties, "duty", "duties")


def summary(document: Document) -> str:
    """Say the counts that every other section rests on, in one place."""
    agreement = document.agreement
    judged = (
        f"The panel agreed on {agreement.agreed:,} of {agreement.judged:,} items; "
        f"{counted(agreement.without_agreement, 'item')} ended without agreement."
        if agreement.judged
        else "No item has a verdict yet."
    )
    profiles = (
        _profile_count(document)
        if document.occupations.profile_count
        else "No profile has been ratified."
    )
    return bullets((judged, profiles, headline(document)))
