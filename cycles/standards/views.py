"""Frameworks of occupational standards."""

from flask import Blueprint

standards = Blueprint("standards", __name__, url_prefix="/standards")
