"""Section 4.9: the rule card, the rounds, the verdicts and what they depend on."""

from collections.abc import Iterator

from reports.document.body.blocks import Block, Cell, Heading, Missing, Note, Paragraph, Table
from reports.document.body.cells import (
    NONE,
    NOT_RECORDED,
    columns,
    count,
    lines,
    percent,
    table,
    text,
)
from reports.document.facts import Agreement, Document, RoundLine, RuleFacts, Tally
from reports.document.wording import capital, counted, day_words, percent_words


def agreement(document: Document) -> Iterator[Block]:
    """Yield section 4.9."""
    found = document.agreement
    yield _rule_card(found.rule)
    yield from _rounds(found)
    if found.judged:
        yield from _verdicts(found)
    yield Heading("Deviations from the plan")
    yield from _deviations(found)


def _rule_card(rule: RuleFacts) -> Table:
    return table(
        "rule-card",
        "The rule card",
        columns(("Rule", 40), ("Value", 60)),
        (
            (text("Share that makes agreement"), _whole_percent(rule.threshold_percent)),
            (text("Fewest raters for a verdict"), count(rule.minimum_n)),
            (text("Most change that is still stable"), _whole_percent(rule.stability_percent)),
            (text("Most rounds"), count(rule.round_cap)),
            *_panel_rules(rule),
            (text("Why these rules"), text(rule.rationale, NOT_RECORDED)),
            (text("Fixed"), text(_fixed(rule))),
            (text("SHA-256 of the rule"), text(rule.digest, NOT_RECORDED)),
        ),
    )


def _panel_rules(rule: RuleFacts) -> Iterator[tuple[Cell, ...]]:
    if not rule.panel_rule:
        yield text("Approvals that ratify a profile"), count(rule.panel_quorum)
        return
    yield text("Fewest of the panel who answer, to ratify a profile"), count(rule.panel_quorum)
    yield text("Who has to approve, to ratify it"), text(capital(rule.panel_rule))


def _whole_percent(value: int) -> Cell:
    return Cell(f"{value}\u00a0%", value)


def _fixed(rule: RuleFacts) -> str:
    if rule.fixed_on is None:
        return "not yet: no round has opened"
    return f"{day_words(rule.fixed_on)}, before round 1 opened"


def _rounds(found: Agreement) -> Iterator[Block]:
    if not found.rounds:
        yield Missing("No round has been held, so there are no verdicts.")
        return
    yield table(
        "rounds",
        "Rounds",
        columns(
            ("Workshop and round", 38),
            ("Items asked", 11, "n"),
            ("Invited", 10, "n"),
            ("Answered", 17, "n"),
            ("Agreed", 11, "n"),
            ("Left open", 13, "n"),
        ),
        map(_round, found.rounds),
    )
    yield Note(
        "Invited are those of the groups that the workshop asks who had a place in the cycle "
        "while the round ran. Agreed are the items that the round closed as agreed; left open, "
        "those that it did not close, the agreed whose answers still moved among them. The rest of "
        "what it asked ended without agreement."
    )
    yield from _movement(found)


def _movement(found: Agreement) -> Iterator[Block]:
    closed = tuple(each for each in found.rounds if each.compared is not None)
    if not closed:
        return
    yield _stability(closed)
    yield Note(
        "Compared are the items that an earlier round had asked in the same words; stable, those "
        f"whose shares changed by at most {found.rule.stability_percent}\u00a0%. Alpha is "
        "Krippendorff's: 1 is perfect agreement, 0 what chance gives. W is Kendall's, of those "
        "who answered everything. A dash: none, or withheld because too few rated."
    )


def _round(line: RoundLine) -> tuple[Cell, ...]:
    return (
        lines(f"{line.workshop}, round {line.number}", day_words(line.opened_on)),
        count(line.asked),
        count(line.invited),
        _answered(line),
        count(line.agreed),
        count(line.still_open),
    )


def _answered(line: RoundLine) -> Cell:
    of_invited = NONE if line.response_percent is None else percent_words(line.response_percent)
    return Cell(f"{line.answered:,} ({of_invited})", line.answered)


def _stability(found: tuple[RoundLine, ...]) -> Table:
    return table(
        "stability",
        "Stability and reliability of the closed rounds",
        columns(
            ("Workshop and round", 40),
            ("Compared", 12, "n"),
            ("Stable", 11, "n"),
            ("Middle change", 15, "n"),
            ("Alpha", 11, "n"),
            ("W", 11, "n"),
        ),
        (
            (
                text(f"{each.workshop}, round {each.number}"),
                count(each.compared or None),
                count(each.stable if each.compared else None),
                percent(each.median_change_percent),
                _coefficient(each.alpha),
                _coefficient(each.w),
            )
            for each in found
        ),
    )


def _coefficient(value: float | None) -> Cell:
    return Cell(NONE if value is None else f"{value:.2f}", value)


def _deviations(found: Agreement) -> Iterator[Block]:
    if found.deviations is None:
        yield Missing("Deviations from the plan: not recorded.")
        return
    yield table(
        "deviations",
        "What went otherwise than planned",
        columns(("What was looked for", 84), ("Times", 16, "n")),
        ((text(each.what), count(each.count)) for each in found.deviations),
    )
    yield Note("Counted from the audit log of the cycle and from what it speaks of.")


def _verdicts(found: Agreement) -> Iterator[Block]:
    yield _tallies("verdicts", "Verdicts", "Verdict", found.outcomes)
    yield _tallies("closings", "How asking ended", "End", found.closings)
    yield Paragraph(_in_words(found))
    yield _sensitivity(found)
    yield Note("A sensitivity is explored beside the result. It never replaces the rule card.")


def _tallies(key: str, caption: str, head: str, found: tuple[Tally, ...]) -> Table:
    return table(
        key,
        caption,
        columns((head, 50), ("Items", 25, "n"), ("Share of judged items", 25, "n")),
        ((text(each.name), count(each.count), percent(each.percent)) for each in found),
    )


def _in_words(found: Agreement) -> str:
    words = (
        f"{found.judged:,} of {counted(found.total, 'item')} have a verdict and "
        f"{found.settled:,} are settled: {found.provisional:,} of those provisionally and "
        f"{found.decided:,} by a decision of the convener with a reason. "
        f"{counted(found.fragile, 'verdict')} {'is' if found.fragile == 1 else 'are'} fragile: "
        "leaving out any single rater would change them. On "
        f"{counted(found.two_camps, 'item')} the panel stands in two camps."
    )
    if found.agreed_at_cap:
        words += (
            f" Of the {found.agreed:,} agreed, {found.agreed_at_cap:,} had not come to rest when "
            "the last round closed."
        )
    if found.expected_by_luck is None:
        return words
    return (
        f"{words} A panel of the same size that answered at random would be expected to agree on "
        f"{found.expected_by_luck} items by chance."
    )


def _sensitivity(found: Agreement) -> Table:
    own = found.rule.threshold_percent
    return table(
        "agreement-sensitivity",
        "How the result depends on the threshold of agreement",
        columns(
            ("Threshold", 30), ("Items agreed", 35, "n"), ("Verdicts that would change", 35, "n")
        ),
        (
            (
                Cell(
                    f"{each.threshold_percent}\u00a0%"
                    f"{' (in force)' if each.threshold_percent == own else ''}",
                    each.threshold_percent,
                ),
                count(each.agreed),
                count(each.changed),
            )
            for each in found.sensitivity
        ),
    )
