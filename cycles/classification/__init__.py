"""The functional classification: five functions, their domains and areas. Replaceable by import."""
