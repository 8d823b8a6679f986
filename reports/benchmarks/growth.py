"""What map and gap costs as the pairs grow: seconds, and memory beyond what was handed in.

Each size runs in a process of its own, because a process never gives its peak back.
"""

import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from consensus.matching import top_standards
from consensus.matching.national import Survey, survey
from reports.benchmarks.provision import (
    Provision,
    Sizes,
    draw_provision,
    load_provision,
    save_provision,
)

THRESHOLD_PERCENT = 55.8
MEGABYTE = 1 << 20
OWN_STATUS = Path("/proc/self/status")
UNIT_OF_PEAK = 1 if sys.platform == "darwin" else 1024
WARMING = Sizes(200, 200, 20, 5)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size cost. `extra` and `kept` are bytes: the peak beyond the inputs, the answer."""

    sizes: Sizes
    seconds: float
    extra: int
    kept: int


def map_and_gap(provision: Provision) -> Survey:
    """Do everything up to fit, surplus, unsupported and the top ten of every profile."""
    found = survey(
        provision.capabilities,
        provision.duties,
        provision.standard_of_duty,
        provision.window.shape[1],
        provision.members,
    )
    matches = found.at(THRESHOLD_PERCENT)
    matches.unsupported()
    top_standards(matches.fit_surplus(provision.members, provision.window), found.two_way)
    return found


def cost_of(sizes: Sizes) -> Cost:
    """Measure one size in a process of its own."""
    with TemporaryDirectory() as folder:
        save_provision(draw_provision(sizes), Path(folder))
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            seconds, extra, kept = pool.submit(measure, folder).result()
    return Cost(sizes, seconds, extra, kept)


def measure(folder: str) -> tuple[float, int, int]:
    """Map what lies in a folder; return seconds, extra bytes at the peak, bytes of the answer."""
    map_and_gap(draw_provision(WARMING))
    provision = load_provision(Path(folder))
    before = _peak()
    start = perf_counter()
    found = map_and_gap(provision)
    return perf_counter() - start, _peak() - before, _size_of(found)


def _peak() -> int:
    """Return the peak of this program. What getrusage says on Linux begins with the parent's."""
    if OWN_STATUS.is_file():
        lines = dict(line.split(":", 1) for line in OWN_STATUS.read_text().splitlines())
        return 1024 * int(lines["VmHWM"].split()[0])
    return UNIT_OF_PEAK * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _size_of(found: Survey) -> int:
    held = [*vars(found.pairs).values(), *vars(found).values()]
    arrays = [each for each in held if hasattr(each, "nbytes")]
    return sum(array.nbytes for array in arrays)
