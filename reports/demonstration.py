"""The demonstration cycle."""

from flask.cli import AppGroup

commands = AppGroup("demonstration", help="The demonstration cycle.")
