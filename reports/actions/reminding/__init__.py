"""Reminding owners of what is due: who is written to, how it reads, and the record of it."""
