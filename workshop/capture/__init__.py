"""Technologists submit capability statements; the facilitator keeps, rewords, merges, rejects."""
