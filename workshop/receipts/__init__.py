"""Receipts: a rater can check that their answers are among those counted, and nobody else can."""
