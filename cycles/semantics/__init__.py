"""Meaning: the encoder behind its seam, the vector cache, nearest-statement search."""
