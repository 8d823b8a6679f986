"""The forms of a page as a browser would send them: their fields, and what stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

FILLERS = {"number": "5", "date": "2026-03-02", "time": "", "email": "nia@pythia.example"}
UNSENT = {"submit", "button", "reset", "image", "file"}


@dataclass
class SentForm:
    """A form with the values that it would be sent with if it were filled in plainly."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def names(self) -> set[str]:
        """Return the names of everything that a person can fill in, tick or press."""
        return {*self.fields, *self.boxes, *(name for name, _ in self.buttons)} - {"csrf_token"}

    def ways(self) -> Iterator[dict[str, str]]:
        """Yield what each button sends, and Enter, with nothing ticked and with everything."""
        for pressed in ({}, *({name: value} for name, value in self.buttons)):
            yield {**self.fields, **pressed}
            if self.boxes:
                yield {**self.fields, **self.boxes, **pressed}


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[SentForm] = []
        self.named: dict[str, SentForm] = {}
        self.open: SentForm | None = None
        self.area: tuple[SentForm, str] | None = None
        self.select: tuple[SentForm, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._begin(given)
        elif tag == "option" and self.select is not None:
            self._choose(given)
        form = self.named.get(given.get("form", ""), self.open)
        if form is None or not given.get("name"):
            return
        if tag == "input":
            self._fill(form, given)
        elif tag == "textarea":
            form.fields[given["name"]] = ""
            self.area = (form, given["name"])
        elif tag == "select":
            form.fields.setdefault(given["name"], "")
            self.select = (form, given["name"])
        elif tag == "button":
            form.buttons.append((given["name"], given.get("value", "")))

    def _begin(self, given: dict[str, str]) -> None:
        self.open = SentForm(
            given.get("action") or given.get("hx-post") or self.address,
            "POST" if "hx-post" in given else given.get("method", "get").upper(),
        )
        self.forms.append(self.open)
        if "id" in given:
            self.named[given["id"]] = self.open

    def _fill(self, form: SentForm, given: dict[str, str]) -> None:
        kind, name = given.get("type", "text"), given["name"]
        if kind == "checkbox" and "checked" not in given:
            form.boxes.setdefault(name, given.get("value", "on"))
        elif kind in ("radio", "checkbox"):
            if name not in form.fields or "checked" in given:
                form.fields[name] = given.get("value", "on")
        elif kind not in UNSENT:
            form.fields[name] = given.get("value") or FILLERS.get(kind, "Plain words")

    def _choose(self, given: dict[str, str]) -> None:
        form, name = self.select or (SentForm("", ""), "")
        if "selected" in given or not form.fields[name]:
            form.fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area is not None:
            form, name = self.area
            form.fields[name] = form.fields[name].strip() or "Plain words"
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            form, name = self.area
            form.fields[name] += data


def forms_of(address: str, text: str) -> list[SentForm]:
    """Return the forms of the page ``text`` that stands at ``address``."""
    reader = _Reader(address)
    reader.feed(text)
    return reader.forms
