"""The review of matches: what to ask people first, what they say of it, and how far they agree.

Verdicts become findings in ``reports.mapping``; a score is never changed here.
"""
