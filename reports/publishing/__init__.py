"""Publishing: which snapshots people other than conveners may read, and by which links."""
