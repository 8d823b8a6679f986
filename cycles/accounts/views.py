"""Signing in and out, and the administrator's list of accounts."""

from flask import Blueprint

accounts = Blueprint("accounts", __name__)
