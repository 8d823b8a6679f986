"""Capability statements of a cycle, their revisions and their partners."""
