"""The six stages: the table of moves, the gates, and the evidence they ask for."""
