"""The classification, to read and to replace."""

from flask import Blueprint

classification = Blueprint("classification", __name__, url_prefix="/classification")
