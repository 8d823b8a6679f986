"""Occupational standards frameworks: standards, duties, and knowledge, skills and behaviours."""
