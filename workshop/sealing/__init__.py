"""Sealing a cycle: its answers become anonymous for good, and nothing in it changes any more."""
