"""Searching everything that some results hold, by words and by meaning. Nothing typed is kept."""
