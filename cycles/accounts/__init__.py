"""Accounts: who may sign in, their links and sessions. Never what they may do in a cycle."""
