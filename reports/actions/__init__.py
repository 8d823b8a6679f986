"""Recommendations and the actions that follow from them."""
