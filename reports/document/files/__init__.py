"""The files beside a report's PDF: what they are, how they are drawn, kept and read.

Each is a rendering of the same edition; nothing is counted here, and none is changed once its
report is published.
"""
