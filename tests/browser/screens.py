"""One filled cycle on a small site of its own, and what a page is held to in the browser.

The site serves from a thread, so nothing here may use the worker: ``fill`` runs its jobs itself.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from cycles.accounts.commands import make_sign_in_link
from cycles.accounts.models import Account
from cycles.core import clock, settings
from cycles.core.extensions import db
from cycles.core.jobs import worker
from cycles.semantics import encoder
from tests.architecture.world import fill
from tests.browser.site import ROOT
from tests.conftest import database_url
from tests.encoders import WordEncoder
from tests.factories import make_cast
from wsgi import create_app

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
WIDTHS = (1280, 320)
FILES = re.compile(
    r"/(download|template)\b|\.(csv|xlsx|json|pdf|ics|txt|zip|svg|png)$|/snapshot|/problems|/files/\w+$"
)
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
BY_AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
  .map(found => found.id + ': ' + found.nodes.slice(0, 3).map(node => node.html).join(' '))"""
SIDEWAYS = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
  ? ['it scrolls sideways, to ' + document.documentElement.scrollWidth + ' px'] : []"""
# Excepted: a link in a sentence (WCAG 2.5.8), a control whose label is the target, and the link
# that skips to the content, which has its size only while it has the focus.
TOO_SMALL = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(each => {
  const box = each.getBoundingClientRect();
  if (!each.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
  if (each.matches('.govuk-skip-link, [aria-hidden=true]')) return false;
  if (!box.width || !box.height || box.right <= 0 || box.bottom <= 0) return false;
  const label = each.labels && each.labels[0] && each.labels[0].getBoundingClientRect();
  if (label && label.width >= 24 && label.height >= 24) return false;
  const line = each.closest('p, li, dd, td, th, label, legend');
  const isProse = getComputedStyle(each).display === 'inline' && line
    && line.textContent.trim() !== each.textContent.trim();
  return !(each.matches('a') && isProse) && (box.width < 23.9 || box.height < 23.9);
}).map(each => 'too small: ' + each.outerHTML.slice(0, 160))"""


@dataclass
class SmallSite:
    """A served cycle: its people's accounts by name, and what the cycle's home is called.

    ``link`` is where a published snapshot of it begins, where one is published.
    """

    app: Flask
    url: str
    home: str
    people: dict[str, Account] = field(default_factory=dict)
    link: str = ""

    def link_for(self, name: str) -> str:
        """Return a sign-in link for one of the people."""
        with self.app.app_context():
            token = make_sign_in_link(account=self.people[name], moment=clock.now())
            db.session.commit()
            db.session.remove()
            return f"{self.url}/sign-in/{token}"


@contextmanager
def small_site(
    folder: Path, filled: Callable[[SmallSite], None] | None = None, name: str = "screens"
) -> Iterator[SmallSite]:
    """Serve one filled cycle until the block ends; ``filled`` fills it in another way."""
    given = settings.read(
        {"PYTHIA_INSTANCE": str(folder), "DATABASE_URL": database_url(folder, name)}
    )
    app = create_app(replace(given, base_url="http://127.0.0.1"))
    app.extensions.pop(worker.EXTENSION)
    app.extensions[encoder.EXTENSION] = WordEncoder()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    site = SmallSite(app, f"http://127.0.0.1:{server.server_port}", "")
    (filled or _fill)(site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


def _fill(site: SmallSite) -> None:
    with site.app.app_context():
        db.create_all()
        cast = make_cast()
        fill(cast, "Ours")
        site.home = f"/cycles/{cast.cycle.id}/"
        names = ("ada", "tom", "ema", "pia", "eddy", "sol", "alan")
        site.people = {name: getattr(cast, name) for name in names}
        let_go(site)


def let_go(site: SmallSite) -> None:
    """End the filling's session and keep the people's accounts, whole, for their links."""
    for person in site.people.values():
        db.session.refresh(person)
    db.session.expunge_all()
    db.session.remove()


def open_home(browser: Browser, site: SmallSite, name: str, *, has_scripts: bool = True) -> Page:
    """Open what the site calls its home, signed in as one of its people."""
    context = browser.new_context(
        viewport={"width": WIDTHS[0], "height": 900}, java_script_enabled=has_scripts
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(site.link_for(name))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    page.goto(site.url + site.home)
    return page


def pattern(address: str) -> str:
    """Return the address without what only names a row."""
    return re.sub(r"\d+$", "*", IDENTIFIER.sub("*", urlsplit(address).path))


def pages_linked_from(page: Page, site: SmallSite) -> list[str]:
    """Return the addresses of the site's own pages that this one links to."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    own = [each.split("#")[0] for each in found if each.startswith(site.url)]
    return [each for each in own if not FILES.search(urlsplit(each).path)]


def faults_of(page: Page) -> list[str]:
    """Return everything that is wrong with the page that is open, at each width."""
    faults = []
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for script in (BY_AXE, SIDEWAYS, TOO_SMALL):
            faults += [f"{width} px: {fault}" for fault in page.evaluate(script)]
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    return faults
