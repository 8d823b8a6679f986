"""The demonstration cycle: its people, statements and standards, illustrative and ours."""
