"""Charts drawn once for screen and print."""
