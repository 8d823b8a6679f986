"""The encoder and its cache."""

from flask.cli import AppGroup

commands = AppGroup("semantics", help="The encoder and its cache.")
