"""What the cycle is about, what its results rest on, and what came of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from consensus.matching.national import FLOOR_PERCENT
from reports.document.facts import ActionLine, Document
from reports.mapping.run_facts import adapter_facts
from reports.package.contents import Contents
from reports.package.fields import Table, day, flag, text, whole

GROUP = "The cycle"


@dataclass(frozen=True)
class Fact:
    """One value that stands in no other table."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True)
class ActionRow:
    """An action, with how far it has come."""

    position: int
    line: ActionLine
    status: str
    owner: str
    due_on: date | None


def facts(contents: Contents) -> Iterator[Fact]:
    """Yield what the results rest on, and the counts that no row of the package shows."""
    results, document = contents.results, contents.results.document
    subject = document.subject
    yield Fact("cycle_title", subject.title, "The cycle.")
    yield Fact("challenge", subject.challenge, "The challenge it answers.")
    yield Fact("snapshot", str(results.number), "The snapshot's number; 0: working results.")
    yield Fact("taken_at", document.taken_at.isoformat(), "When the cycle stood like this.")
    yield Fact("snapshot_sha256", results.digest, "The digest of the frozen document.")
    yield Fact("is_demonstration", _said(subject.is_demonstration), "Simulated, not answered.")
    yield Fact("current_state", document.capabilities.current.basis, "How today was come by.")
    yield from _counts(document)
    yield from _run(contents)


def _said(value: bool) -> str:
    return "true" if value else "false"


def _counts(document: Document) -> Iterator[Fact]:
    for name, count, meaning in (
        ("capabilities_submitted", document.capabilities.submitted, "Statements submitted."),
        ("capabilities_waiting", document.capabilities.waiting, "Neither kept nor left out yet."),
        ("capabilities_merged", document.capabilities.merged, "Merged into others."),
        ("capabilities_rejected", document.capabilities.rejected, "Left out."),
        ("cells_total", document.agreement.total, "Capabilities times role levels."),
        ("profiles_withdrawn", document.occupations.withdrawn_count, "Profiles withdrawn."),
        ("ksbs_waiting", document.ksbs.waiting, "KSBs not settled."),
        ("ksbs_rejected", document.ksbs.rejected, "KSBs rejected."),
        ("current_duties", document.capabilities.current.duty_count, "Duties of today's proxy."),
        ("people", document.people.people, "People who take part."),
        ("organisations", document.people.organisation_count, "Organisations, each once."),
    ):
        yield Fact(name, str(count), meaning)


def _run(contents: Contents) -> Iterator[Fact]:
    provision = contents.results.document.provision
    if provision is None or contents.ground is None:
        return
    adapter = adapter_facts(provision.adapter_digest)
    for name, value, meaning in (
        ("run", str(provision.run_number), "The run of map and gap."),
        ("run_on", provision.run_on.isoformat(), "The day of the run."),
        ("run_sha256", provision.digest, "The digest of what the run compared and found."),
        ("model", provision.model, "The model that scores meaning."),
        ("model_sha256", provision.model_digest, "The digest of the model."),
        ("adapter", adapter.attribution if adapter else "", "What the model was adjusted by."),
        ("match_threshold_percent", str(contents.threshold), "A score from here up is a match."),
        (
            "match_floor_percent",
            str(FLOOR_PERCENT),
            "Scores below were kept only if among the ten best of their capability.",
        ),
    ):
        yield Fact(name, value, meaning)


def actions(contents: Contents) -> Iterator[ActionRow]:
    """Yield the actions, with how far each has come where that was kept."""
    lines, tracked = contents.results.document.actions, contents.results.detail.actions
    known = len(tracked) == len(lines)
    for at, line in enumerate(lines):
        far = tracked[at] if known else None
        yield ActionRow(
            position=at + 1,
            line=line,
            status=far.status if far else "",
            owner=far.owner if far else "",
            due_on=far.due_on if far else None,
        )


def rule_lines(contents: Contents) -> Iterator[tuple[str, str]]:
    """Yield the rule card as names and values."""
    rule = contents.results.document.agreement.rule
    for name in (
        "threshold_percent",
        "minimum_n",
        "stability_percent",
        "round_cap",
        "panel_quorum",
        "panel_rule",
        "feedback",
        "engine",
        "rationale",
        "set_on",
        "fixed_on",
        "digest",
    ):
        value = getattr(rule, name)
        yield name, "" if value is None else str(value)
    yield "smallest_shown", str(contents.results.document.agreement.smallest_shown)


TABLES: tuple[Table[Any], ...] = (
    Table(
        name="facts",
        title="Facts",
        about="What the results rest on, and counts that no row of another table shows.",
        group=GROUP,
        fields=(
            text("name", "What it is."),
            text("value", "Its value, as text."),
            text("meaning", "What it says."),
        ),
        rows=facts,
        key=("name",),
    ),
    Table(
        name="rule-card",
        title="Rule card",
        about="The rules of agreement, as they were fixed before round 1 opened.",
        group=GROUP,
        fields=(
            text("name", "The rule.", lambda row: row[0]),
            text("value", "Its value, as text.", lambda row: row[1]),
        ),
        rows=rule_lines,
        key=("name",),
    ),
    Table(
        name="solutions",
        title="Candidate solutions",
        about="The solutions that were considered.",
        group=GROUP,
        fields=(
            whole("position", "Its place in the list.", lambda row: row[0]),
            text("name", "The solution.", lambda row: row[1].name),
            text("description", "What it is.", lambda row: row[1].description),
            flag("is_prioritised", "It was prioritised.", lambda row: row[1].is_prioritised),
            text("reason", "Why.", lambda row: row[1].reason),
        ),
        rows=lambda it: enumerate(it.results.document.subject.solutions, 1),
        key=("position",),
    ),
    Table(
        name="actions",
        title="Actions",
        about="The recommendations: what is to be done, by whom, by when, and how far it has come.",
        group=GROUP,
        fields=(
            whole("position", "Its place in the list.", lambda row: row.position),
            text("horizon", "Short, medium, general or additional.", lambda row: row.line.horizon),
            text("topic", "What it is about.", lambda row: row.line.topic),
            text("actions", "What is to be done.", lambda row: row.line.actions),
            text("who", "Who does it.", lambda row: row.line.who),
            text("when", "By when.", lambda row: row.line.when),
            text("result", "What will be there then.", lambda row: row.line.result),
            text("status", "How far it has come; empty where it was not kept."),
            text("owner", "Who answers for it."),
            day("due_on", "The day its owner is held to."),
        ),
        rows=actions,
        key=("position",),
    ),
    Table(
        name="groups",
        title="Groups",
        about="How many people and organisations each group has.",
        group=GROUP,
        fields=(
            text("group", "The group."),
            whole("people", "People in it."),
            whole("organisations", "Organisations that at least one of them comes from."),
        ),
        rows=lambda it: it.results.document.people.groups,
        key=("group",),
    ),
    Table(
        name="sources",
        title="Sources",
        about="Data and models that the cycle used, with the words their licences ask for.",
        group=GROUP,
        fields=(
            whole("position", "Its place in the list.", lambda row: row[0]),
            text("name", "The source.", lambda row: row[1].name),
            text("version", "Its version.", lambda row: row[1].version),
            text("licence", "Its licence.", lambda row: row[1].licence),
            text("attribution", "The words its licence asks for.", lambda row: row[1].attribution),
            text("used_for", "What it was used for.", lambda row: row[1].used_for),
            flag("is_illustrative", "Made for demonstration.", lambda row: row[1].is_illustrative),
            day("snapshot_on", "The day as of which it was used.", lambda row: row[1].snapshot_on),
        ),
        rows=lambda it: enumerate(it.results.document.sources, 1),
        key=("position",),
    ),
)
"""The tables of the cycle itself."""
