"""Future Occupational Profiles: generated from verdicts, refined by the panel, kept by version."""
