"""What the gate to communicating asks of map and gap. Registered when the pages are loaded."""

import uuid

from cycles.stages.gates import provides
from reports.mapping.changing import capabilities_changed, frameworks_changed
from reports.mapping.queries import latest_run


@provides("mapping_reviewed")
def mapping_reviewed(cycle_id: uuid.UUID) -> int:
    """Return 1 when the newest run was reviewed and still speaks of the cycle's capabilities."""
    run = latest_run(cycle_id)
    if run is None or run.reviewed_at is None:
        return 0
    return int(not frameworks_changed(run) and not capabilities_changed(run))
