"""What the gate to communicating asks of map and gap. Registered when the pages are loaded."""

import uuid

from cycles.core.extensions import db
from cycles.setup.models import Cycle
from cycles.stages.gates import provides
from reports.mapping.inputs import capabilities_changed
from reports.mapping.queries import latest_run


@provides("mapping_reviewed")
def mapping_reviewed(cycle_id: uuid.UUID) -> int:
    """Return 1 when the newest run was reviewed and still speaks of the cycle's capabilities."""
    run = latest_run(cycle_id)
    if run is None or run.reviewed_at is None:
        return 0
    cycle = db.session.get_one(Cycle, cycle_id)
    return int(cycle.framework_id == run.framework_id and not capabilities_changed(run))
