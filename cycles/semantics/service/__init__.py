"""The search service: the one process that holds the model and the library's vectors.

A page asks it over a socket, within a budget of milliseconds, and does without it where no answer
comes. Nothing that somebody types is kept: not in the database, not in a file, not in a log.
"""
