"""How gunicorn runs the web processes; ports, processes and threads are told on its command line.

The application makes some hundred thousand objects that live as long as the process. The collector
of garbage is kept from walking over them: gathering a large cycle's results takes half as long.
"""

import gc
from typing import Any

# Keep query strings out of any log: what people search for stands in them.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(b)s %(L)s'


def post_worker_init(_worker: Any) -> None:
    """Leave what is there now to itself, and look for garbage less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
