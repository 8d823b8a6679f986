"""Importing library records: files into raw rows, rows into records, records into tables."""
