"""Workshops and their rounds: opening, closing, items, verdicts. Never how one person answered."""
