"""The results of a cycle at one moment: the report's document and the rows behind its counts.

Frozen with a snapshot, or as the cycle stands now. Who reads them, and as which pages, is not
known here.
"""
