"""Errors of the API as ``application/problem+json`` (RFC 9457)."""

import json
from http import HTTPStatus
from typing import Any

from flask import Response

KIND = "application/problem+json"


class Misasked(Exception):
    """A query that the API does not understand; its sentence says what it does understand."""


def problem(status: int, detail: str, **more: Any) -> Response:
    """Return an error as a body that programs and people can read."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    return Response(json.dumps(content, ensure_ascii=False), status=status, content_type=KIND)
