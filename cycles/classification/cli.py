"""The functional classification."""

from flask.cli import AppGroup

commands = AppGroup("classification", help="The functional classification.")
