"""The pages that belong to no cycle: start, help, health."""
