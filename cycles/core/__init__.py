"""The shared plumbing: base, extensions, settings, access, forms, clock, errors, mail, audit, jobs.

Nothing of the domain lives here, and nothing here imports the rest of the house.
"""
