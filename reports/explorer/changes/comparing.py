"""What to compare with, and the comparison itself, worked out once for each two results."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from cycles.core.errors import Invalid
from cycles.core.extensions import db
from reports.document.models import Snapshot
from reports.explorer.changes.capability_changes import CapabilityChange, capability_changes
from reports.explorer.changes.counts import CountLine, Unsupported, count_lines, unsupported
from reports.explorer.changes.pairing import by_code, by_words
from reports.explorer.changes.profile_changes import ProfileChange, profile_changes
from reports.explorer.changes.sides import Sides, other_look
from reports.explorer.look import Look
from reports.publishing.comparable import Comparable, comparable_snapshots
from reports.results.keeping import Kept
from reports.results.queries import snapshot_results
from reports.results.results import Results

SINCE = "since"
MOST_KEPT = 8


@dataclass(frozen=True)
class Changes:
    """Everything that differs; capabilities and profiles that do not are there with no kind.

    ``by_meaning`` says whether vectors helped to pair the capabilities of two cycles.
    """

    capabilities: tuple[CapabilityChange, ...]
    profiles: tuple[ProfileChange, ...]
    counts: tuple[CountLine, ...]
    unsupported: Unsupported | None
    by_meaning: bool


@dataclass(frozen=True, eq=False)
class Compared:
    """A comparison: the two sides, what was chosen to compare with, and what differs."""

    sides: Sides
    other: Comparable
    changes: Changes


@dataclass(frozen=True, eq=False)
class Choice:
    """What the reader may compare with, and what they do; None where there is nothing.

    ``damage`` says why what was chosen cannot be read. It holds no look, so that it goes when the
    look goes that it is kept for.
    """

    offered: tuple[Comparable, ...]
    chosen: Comparable | None
    results: Results | None
    damage: str = ""


_worked: Kept[tuple[str, str, int], Changes] = Kept(MOST_KEPT)
_chosen: WeakKeyDictionary[Look, Choice] = WeakKeyDictionary()


def choice_of(look: Look) -> Choice:
    """Return what a look is compared with. Whoever came by a link may read nothing else."""
    if look not in _chosen:
        _chosen[look] = _choose(look)
    return _chosen[look]


def compared(look: Look) -> Compared | None:
    """Return the comparison that the address asks for, or None where there is none."""
    choice = choice_of(look)
    if choice.chosen is None or choice.results is None:
        return None
    sides = Sides(now=look, then=other_look(look, choice.results))
    return Compared(sides, choice.chosen, _changes(sides))


def _choose(look: Look) -> Choice:
    every = [] if look.is_open else comparable_snapshots()
    own = [each for each in every if each.cycle_id == look.results.cycle_id]
    others = [each for each in every if each.cycle_id != look.results.cycle_id]
    offered = tuple(
        each for each in (*own, *others) if each.snapshot_id != look.results.snapshot_id
    )
    asked = look.args.get(SINCE, "")
    chosen = next((each for each in offered if str(each.snapshot_id) == asked), None)
    chosen = chosen or _usual(look, offered)
    try:
        return Choice(offered, chosen, _results(chosen) if chosen else None)
    except Invalid as damaged:
        # What is looked at is whole: its own page stands, and another can be chosen on it.
        return Choice(offered, chosen, None, str(damaged))


def _usual(look: Look, offered: tuple[Comparable, ...]) -> Comparable | None:
    """Return the newest snapshot of this cycle that is older than what is looked at."""
    for each in offered:
        is_own = each.cycle_id == look.results.cycle_id
        if is_own and (look.results.is_working or each.number < look.results.number):
            return each
    return None


def _results(chosen: Comparable) -> Results:
    return snapshot_results(db.session.get_one(Snapshot, chosen.snapshot_id))


def _changes(sides: Sides) -> Changes:
    key = (sides.now.results.key, sides.then.results.key, sides.now.threshold)
    return _worked.get(key, lambda: _work_out(sides))


def _work_out(sides: Sides) -> Changes:
    now = sides.now.results.document.capabilities.lines
    then = sides.then.results.document.capabilities.lines
    paired = by_code(now, then) if sides.is_same_cycle else by_words(now, then)
    capabilities = capability_changes(sides, paired.pairs)
    return Changes(
        capabilities=capabilities,
        profiles=profile_changes(sides, paired.pairs),
        counts=count_lines(sides),
        unsupported=unsupported(sides, capabilities),
        by_meaning=paired.by_meaning,
    )
