"""Drafts of what was found about functions, profiles and proficiency, and how it was made."""

from reports.document.facts import Document, FunctionLine, LevelProfiles, LevelSpread, RuleFacts
from reports.document.wording import counted, percent_words, sentence_list, tops
from reports.narrative.drafting_comparing import closest
from reports.narrative.drafting_words import bullets, count_of, joined, name_of, sentences
from reports.narrative.prose import literal


def organisational_change(document: Document) -> str:
    """Say where the capabilities lie, and how that compares with today."""
    found = document.capabilities
    if not found.classified:
        return "No kept capability has a place in the classification yet."
    ranked = sorted(found.functions, key=lambda line: (-line.future_count, line.name))
    lines = [_function(line) for line in ranked if line.future_count or line.current_count]
    opening = (
        f"The {counted(found.classified, 'classified capability', 'classified capabilities')} "
        f"spread over the functions like this ({name_of('figure:functions')}):"
    )
    return joined(opening, bullets(lines), _partners(document), found.current.sentence)


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


def _partners(document: Document) -> str:
    """Say which partner needs the most, where there is more than one to tell apart."""
    lines = document.capabilities.partners
    most = max(lines, key=lambda line: line.total, default=None)
    if most is None or len(lines) == 1 or not most.total:
        return ""
    names = tops([(line.total, literal(line.name)) for line in lines])
    needs, each = ("needs", "") if len(names) == 1 else ("need", " each")
    return (
        f"Of the supply-chain partners, {sentence_list(names)} {needs} the most: "
        f"{counted(most.total, 'capability', 'capabilities')}{each} ({name_of('figure:partners')})."
    )


def profile_highlights(document: Document) -> str:
    """Say how many profiles there are, by role level, and how far the panel has come."""
    found = document.occupations
    if not found.profile_count:
        return "No profile has been generated yet."
    return joined(
        f"There {'is' if found.profile_count == 1 else 'are'} {profile_count(document)} "
        f"{name_of('table:profiles')} lists them. By role level:",
        bullets(map(_level, found.by_role_level)),
        closest(document),
        _what_the_panel_did(document),
    )


def profile_count(document: Document) -> str:
    """Say how many profiles there are and how many are ratified, as the rest of a sentence."""
    found = document.occupations
    profiles = count_of("profiles.count", found.profile_count, "profile")
    if not found.ratified_count:
        state = "still a prototype" if found.profile_count == 1 else "all still prototypes"
        return f"{profiles}, {state}. No profile has been ratified."
    rest = f", {found.prototype_count:,} are still prototypes" if found.prototype_count else ""
    ratified = name_of("profiles.ratified")
    return f"{profiles}, of which the employer panel has ratified {ratified}{rest}."


def _level(line: LevelProfiles) -> str:
    words = f"**{literal(line.role_level)}:** {counted(line.count, 'profile')}"
    if line.smallest is None or line.largest is None:
        return words
    if line.smallest == line.largest:
        return f"{words} of {counted(line.largest, 'capability', 'capabilities')}"
    return f"{words} of {line.smallest:,} to {line.largest:,} capabilities"


def _what_the_panel_did(document: Document) -> str:
    """Say what became of the vote where the panel saw it otherwise."""
    found = document.occupations
    if not found.ratified_count:
        return ""
    departs = any(each.changes or each.removed for each in found.profiles)
    said = (
        "Where the panel departed from the vote, section 4.11 keeps both with the reason."
        if departs
        else "The panel left the levels as they were voted."
    )
    against = (
        "Some were ratified against objections, which section 4.10 prints."
        if found.with_objections
        else ""
    )
    return sentences(said, against)


def methodology(document: Document) -> str:
    """Say how findings are made by the method, and how far this cycle has come with it."""
    return joined(
        "The method asks three groups in turn. Technologists describe the capabilities and give "
        "each its place in the classification. Employers then rate, on their own and without "
        "names, how proficient each role level has to be; from the second round on they see the "
        "group's answers and may change their own.",
        _asked(document),
        "Similar capabilities are grouped into profiles by a fixed procedure, which the employer "
        "panel refines and ratifies. A language model compares texts by their meaning; what a "
        "person decides outranks it, and both are kept.",
        _ratifying(document.agreement.rule),
        _reviewing(document),
    )


def _asked(document: Document) -> str:
    found = document.agreement
    if not found.rounds:
        return "No round has been held yet."
    shown = f" ({name_of('figure:consensus')})" if found.judged else ""
    rounds = count_of("rounds.count", len(found.rounds), "round")
    return (
        f"So far employers have rated {found.judged:,} of {found.total:,} items{shown}; an item is "
        f"a capability at a role level. The workshops have held {rounds} in all, under the rule "
        "card in section 4.9."
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
        "Of the capabilities that each role level needs, these are the proficiencies that hold "
        f"({name_of('figure:proficiency')}):",
        bullets(_spread(each) for each in spread),
        _most_expert(spread),
    )


def _spread(line: LevelSpread) -> str:
    shares = (
        ("Awareness", line.awareness_percent),
        ("Practitioner", line.practitioner_percent),
        ("Expert", line.expert_percent),
    )
    parts = [f"{word} {percent_words(value)}" for word, value in shares if value is not None]
    return f"**{literal(line.role_level)}** ({line.needed:,} needed): {sentence_list(parts)}"


def _most_expert(spread: list[LevelSpread]) -> str:
    """Say which role level is asked for most expertise, where there is another beside it."""
    most = max(spread, key=lambda line: line.expert_percent or 0.0)
    if len(spread) == 1 or not most.expert:
        return ""
    names = tops([(line.expert_percent or 0.0, literal(line.role_level)) for line in spread])
    if len(names) > 1:
        share = percent_words(most.expert_percent or 0.0)
        return f"The largest share at Expert, {share}, is asked of {sentence_list(names)} alike."
    return (
        f"The largest share at Expert is asked of {names[0]}: "
        f"{most.expert:,} of the {most.needed:,} needed."
    )
