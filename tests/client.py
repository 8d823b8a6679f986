"""The test client: parses every HTML answer, refuses duplicate ids and a session left dirty."""

from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient

from cycles.accounts.commands import open_session
from cycles.accounts.models import Account
from cycles.core import clock
from cycles.core.extensions import db

VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class PageCheck(HTMLParser):
    """Collects what is wrong with a page: ids used twice, elements never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.open: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        identifier = dict(attrs).get("id")
        if identifier in self.ids:
            self.problems.append(f"the id {identifier!r} is used twice")
        if identifier:
            self.ids.add(identifier)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.open[-1:] or 'nothing'}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass


class ParsingClient(FlaskClient):
    """A client that holds every answer to the house's manners."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.expire_all()
        answer = super().open(*args, **kwargs)
        left = [*db.session.new, *db.session.dirty, *db.session.deleted]
        assert not left, f"the request left changes that were never committed: {left}"
        if answer.mimetype == "text/html" and answer.status_code != 204:
            check = PageCheck()
            check.feed(answer.get_data(as_text=True))
            assert not check.problems, check.problems
            assert not check.open, f"never closed: {check.open}"
        return answer

    def sign_in(self, account: Account) -> "ParsingClient":
        """Sign in as ``account`` through the real session table, without the mailed link."""
        token = open_session(account=account, moment=clock.now())
        db.session.commit()
        with self.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return self

    def token(self, path: str) -> str:
        """Return a CSRF token from the form on ``path``."""
        text = self.get(path).get_data(as_text=True)
        marker = 'name="csrf_token" value="'
        start = text.index(marker) + len(marker)
        return text[start : text.index('"', start)]

    def submit(self, path: str, page: str | None = None, **fields: Any) -> Any:
        """POST a form with a fresh token taken from ``page`` (default: the path itself)."""
        headers = fields.pop("headers", None)
        fields["csrf_token"] = self.token(page or path)
        return self.post(path, data=fields, headers=headers)
