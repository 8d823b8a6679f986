"""What changed between two results: of one cycle at two moments, or of two cycles.

Rows and counts only; the page that shows them lives in ``pages.change``.
"""
