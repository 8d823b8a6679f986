"""Taking a closed round away: its tables, and the bundle from which it can be calculated again."""
