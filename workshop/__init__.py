"""What people said about the things: workshops, rounds, items, ratings, verdicts, ratification.

It knows the cycle and its people, and no conclusion that ``reports`` draws.
"""
