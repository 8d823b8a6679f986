"""The convener's prose, with defaults drafted from the data."""
