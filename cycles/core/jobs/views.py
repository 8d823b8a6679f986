"""The progress of long work."""

from flask import Blueprint

jobs = Blueprint("jobs", __name__, url_prefix="/jobs")
