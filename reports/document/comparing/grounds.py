"""What two versions rest on: their snapshots, the rule, the run of map and gap, sources. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.document.comparing.versions import Version
from reports.document.facts import Document, Provision, RuleFacts, Source
from reports.document.wording import day_words
from reports.mapping.words import moment_words

NONE = "–"
DIGEST = 16


@dataclass(frozen=True)
class Ground:
    """One thing that both rest on, as each has it. ``is_same`` says whether they agree."""

    label: str
    before: str
    after: str

    @property
    def is_same(self) -> bool:
        """Say whether both sides have the same."""
        return self.before == self.after


RULE: tuple[tuple[str, Callable[[RuleFacts], str]], ...] = (
    ("Rule card, SHA-256", lambda rule: rule.digest[:DIGEST]),
    ("Threshold of agreement", lambda rule: f"{rule.threshold_percent} %"),
    ("Fewest raters for a verdict", lambda rule: f"{rule.minimum_n:,}"),
    ("Most rounds", lambda rule: f"{rule.round_cap:,}"),
)
RUN: tuple[tuple[str, Callable[[Provision], str]], ...] = (
    ("Run of map and gap", lambda run: f"Run {run.run_number}, {day_words(run.run_on)}"),
    ("Map and gap, SHA-256", lambda run: run.digest[:DIGEST]),
    ("Match threshold", lambda run: f"{run.threshold_percent} %"),
    ("Model of meaning", lambda run: run.model),
    ("Model of meaning, SHA-256", lambda run: run.model_digest[:DIGEST]),
    ("Frameworks", lambda run: f"{run.framework} {run.framework_version}".strip()),
    ("Matches accepted", lambda run: f"{run.accepted_matches:,}"),
    ("Matches rejected", lambda run: f"{run.rejected_matches:,}"),
)


def grounds(before: Version, after: Version) -> tuple[Ground, ...]:
    """Return what both rest on; sources only where one side has one that the other has not."""
    old, new = before.document, after.document
    return (
        Ground("Taken", moment_words(old.taken_at), moment_words(new.taken_at)),
        Ground("Snapshot, SHA-256", before.digest[:DIGEST], after.digest[:DIGEST]),
        *(
            Ground(label, read(old.agreement.rule) or NONE, read(new.agreement.rule) or NONE)
            for label, read in RULE
        ),
        *(Ground(label, _of(read, old), _of(read, new)) for label, read in RUN),
        *_sources(old, new),
    )


def _of(read: Callable[[Provision], str], document: Document) -> str:
    return (read(document.provision) if document.provision else "") or NONE


def _sources(old: Document, new: Document) -> Iterator[Ground]:
    was, now = _by_name(old), _by_name(new)
    for name in dict.fromkeys([*now, *was]):
        found = Ground(f"Source: {name}", was.get(name, NONE), now.get(name, NONE))
        if not found.is_same:
            yield found


def _by_name(document: Document) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for each in document.sources:
        found.setdefault(each.name, []).append(_source_words(each))
    return {name: "; ".join(lines) for name, lines in found.items()}


def _source_words(source: Source) -> str:
    day = f"as of {day_words(source.snapshot_on)}" if source.snapshot_on else ""
    return ", ".join(each for each in (source.version, source.licence, day) if each) or "used"
