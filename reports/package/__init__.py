"""The data package: all the rows of some results as one ZIP of CSV files that describe themselves.

It follows the Data Package standard, so that any tool that knows it reads the tables with their
types and keys. Everything is read from ``reports.results``; nothing is counted here.
"""
