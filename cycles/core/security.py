"""What every answer carries: security headers, the script nonce, the request's id, no caching."""

import secrets

from flask import Flask, Response, abort, g, request
from flask_login import current_user

from cycles.core.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # no-referrer would break every POST over HTTPS: the CSRF check reads the referrer.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def bind(app: Flask, settings: Settings) -> None:
    """Dress every request and response of ``app``."""
    # Before anything else: the check for forged requests may answer before the rest is asked.
    app.before_request_funcs.setdefault(None, []).insert(0, _mark)
    app.before_request(_refuse_nul)

    @app.after_request
    def dress(response: Response) -> Response:
        response.headers.update(ALWAYS)
        response.headers["Content-Security-Policy"] = POLICY.format(nonce=g.get("nonce", ""))
        response.headers["X-Request-Id"] = g.get("request_id", "")
        if settings.is_production:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint != "static":
            response.vary.add("HX-Request")
            if current_user.is_authenticated:
                response.headers["Cache-Control"] = "no-store"
        return response

    @app.context_processor
    def offer_nonce() -> dict[str, str]:
        return {"nonce": g.get("nonce", "")}


def _mark() -> None:
    # Where the application context outlives a request (a shell, tests), what one request
    # left behind must not make the next one somebody else.
    for name in ("_login_user", "place", "csrf_token", "csrf_valid"):
        g.pop(name, None)
    g.request_id = secrets.token_hex(6)
    g.nonce = secrets.token_urlsafe(16)


def _refuse_nul() -> None:
    """Refuse text that PostgreSQL cannot keep and that no browser sends."""
    given = (request.path, *request.form.values())
    if any("\x00" in text for text in given):
        abort(400)
