"""What we conclude: map and gap, findings, actions, narrative, and the report.

Nothing below knows it exists; ``wsgi`` hands its evidence to the stage gates.
"""
