"""Accounts and sign-in links."""

from flask.cli import AppGroup

commands = AppGroup("accounts", help="Accounts and sign-in links.")
