"""The library of statements."""

from flask.cli import AppGroup

commands = AppGroup("library", help="The library of statements.")
