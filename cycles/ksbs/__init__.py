"""Knowledge, skills and behaviours of a cycle's capabilities."""
