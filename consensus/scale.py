"""The proficiency scale and its codes.

The words and the order of the scale live here. What a panel said on it never will.
"""

NO_CODE = -1
"""Marks a cell without a code: can't judge, not my field, not asked or missing."""

NOT_NEEDED, AWARENESS, PRACTITIONER, EXPERT = range(4)

PROFICIENCY_LETTERS = "NAPE"
PROFICIENCY_WORDS = ("Not needed", "Awareness", "Practitioner", "Expert")
