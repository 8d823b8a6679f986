"""Plays the demonstration's workshops: simulated people act through the commands of real ones."""
