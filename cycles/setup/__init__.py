"""The cycle and what is prepared for it: challenge, solutions, partners, role levels, rule card."""
