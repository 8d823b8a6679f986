"""What organisations can do today, as far as people captured it: the cycle's current state."""
