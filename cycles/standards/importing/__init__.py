"""Importing standards: files into records (no database), records into tables (no files)."""
