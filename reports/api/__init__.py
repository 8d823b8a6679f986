"""The JSON API of published snapshots: read only, for whoever holds a link. Version 1.

It tells what the explorer's pages and the data package tell, and is described from the same
listings and tables, so that it cannot say anything else.
"""
