"""The nearest of many vectors: exact in numpy, and beyond that with a kept index. No database."""
