"""The ballot: panellists, ratings and the pages on which employers rate."""
