"""The executive brief: a report's findings on one page, read from the same edition as the report.

Nothing is counted here; what finds no room is shortened, and the report says it in full.
"""
