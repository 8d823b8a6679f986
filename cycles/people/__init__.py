"""People's places in a cycle: organisations, participants, invitations."""
