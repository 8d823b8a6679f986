"""Map and gap: runs, scores, human reviews of matches, fit and surplus."""
