"""Frameworks of occupational standards."""

from flask.cli import AppGroup

commands = AppGroup("standards", help="Frameworks of occupational standards.")
