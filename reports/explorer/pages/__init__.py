"""The pages, one module each: what is worked out for it, its tables, and its place."""
