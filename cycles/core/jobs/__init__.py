"""Long work: the database row is the truth, the queue only a hint.

A job is asked for inside the asker's transaction (``commands.ask_for``), run by the worker
through the handler registered for its kind, and shown by its progress. A worker that dies leaves
a lease that runs out; the sweep gives the job to another, up to three times.
"""
