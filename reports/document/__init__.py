"""Snapshot, document and renderings: the report itself."""
