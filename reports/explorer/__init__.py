"""The findings explorer: every table and picture of some results, as pages and as downloads.

Everything is read from ``reports.results``; nothing is counted twice and nothing is changed here.
"""
