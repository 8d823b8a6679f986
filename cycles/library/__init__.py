"""The library of statements across cycles, imported and kept with source and licence."""
