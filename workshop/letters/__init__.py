"""Mail about workshops: openings, reminders, digests and calendar entries, each one on record."""
