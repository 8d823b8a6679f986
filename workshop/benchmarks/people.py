"""Plays the people of a scripted room over HTTP, in a process of its own: run as a script.

Only the standard library, and nothing of Pythia. People join by the room's code from one address,
answer in bursts, change their minds, reload and use two tabs; a facilitator's board asks again and
again, and the facilitator closes the round in the middle. Prints what each answer said.
"""

import json
import random
import re
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

VALUES = "NAPE"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PERSON = re.compile(r'p-person__name">([^<]+?)\s*<.*?p-person__state">(\d*)', re.DOTALL)


@dataclass
class Saved:
    """One answer that was sent, and what the server said of it."""

    person: str
    item: str
    value: str
    seq: int
    sent_at: float
    told_at: float
    status: int
    is_kept: bool


@dataclass
class Story:
    """What happened, told afterwards. Times are seconds since the start."""

    joined: list[float] = field(default_factory=list)
    saved: list[Saved] = field(default_factory=list)
    polls: int = 0
    close_asked_at: float = 0.0
    closed_at: float = 0.0
    board: dict[str, int] = field(default_factory=dict)
    verdicts: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Browser:
    """One browser: keeps its connection and its cookies."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.line = HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies = dict([cookie.split("=", 1)]) if cookie else {}

    def ask(
        self, path: str, sent: dict[str, str] | None = None, token: str = ""
    ) -> tuple[int, str, str]:
        """Ask for a page, or post what is sent; return status, text and where it leads."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = token
        body = None if sent is None else urlencode(sent)
        method = "GET" if sent is None else "POST"
        try:
            self.line.request(method, path, body, headers)
            answer = self.line.getresponse()
        except (ConnectionError, HTTPException):
            # The server hung up on a connection that nothing was asked on for a while.
            self.line.close()
            self.line.request(method, path, body, headers)
            answer = self.line.getresponse()
        text = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, kept = value.split(";", 1)[0].partition("=")
                self.cookies[key] = kept
        return answer.status, text, answer.getheader("Location") or ""

    def token(self, path: str) -> str:
        """Return the form's token from a page."""
        status, text, _ = self.ask(path)
        found = TOKEN.search(text)
        if found is None:
            raise RuntimeError(f"{path} answered {status} and has no form")
        return found.group(1)


class Play:
    """The whole room: everybody's script, and what they tell."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan, self.story = plan, Story()
        self.start = time.perf_counter()
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.ballot = f"/cycles/{plan['cycle_id']}/ballot/rounds/{plan['round_id']}"
        self.cells = len(plan["items"]) * plan["participants"]

    def now(self) -> float:
        """Return the seconds since the start."""
        return time.perf_counter() - self.start

    def run(self) -> Story:
        """Let everybody in, then let them rate until the round is closed on them."""
        people: list[tuple[str, Browser]] = []
        self._all(lambda number: people.append(self._join(number)), self.plan["clients"])
        shares = [people[number :: self.plan["clients"]] for number in range(self.plan["clients"])]
        watching = [threading.Thread(target=self._watch), threading.Thread(target=self._close)]
        for one in watching:
            one.start()
        self._each(self._rate, shares)
        self.over.set()
        for one in watching:
            one.join()
        self._look_at_the_end()
        return self.story

    def _all(self, act: Any, clients: int) -> None:
        numbers = list(range(1, self.plan["participants"] + 1))
        self._each(
            lambda share: [act(number) for number in share],
            [numbers[n::clients] for n in range(clients)],
        )

    def _each(self, act: Any, shares: list[Any]) -> None:
        def guarded(share: Any) -> None:
            try:
                act(share)
            except Exception as fault:
                self.story.faults.append(repr(fault))

        threads = [threading.Thread(target=guarded, args=(share,)) for share in shares]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    def _join(self, number: int) -> tuple[str, Browser]:
        """Come with the code that is on the wall, as everybody in the room does."""
        path, browser = f"/join/{self.plan['code']}", Browser(self.plan["port"])
        name = f"Rater {number}"
        sent = {"name": name, "email": f"rater{number}@room.example", "organisation": "Crumb Ltd"}
        token = browser.token(path)
        status, _, leads_to = browser.ask(path, {**sent, "csrf_token": token}, token)
        if status != 303:
            raise RuntimeError(f"{name} was not let in: {status}")
        browser.ask(leads_to)
        with self.lock:
            self.story.joined.append(self.now())
        return name, browser

    def _rate(self, share: list[tuple[str, Browser]]) -> None:
        """Be some of the people, by turns: each answers a burst, then another takes over."""
        draw = random.Random(len(share) + self.plan["seed"])  # noqa: S311 - a script, no secret
        raters = [Rater(self, name, browser, draw) for name, browser in share]
        while not self.over.is_set() and (busy := [one for one in raters if not one.is_over]):
            draw.choice(busy).burst()

    def _watch(self) -> None:
        """Ask again and again as the facilitator's open board does."""
        browser = Browser(self.plan["port"], self.plan["facilitator"]["cookie"])
        board = f"/cycles/{self.plan['cycle_id']}/workshops/{self.plan['workshop_id']}/board/live"
        seen = ""
        while not self.over.wait(1.0):
            status, text, _ = browser.ask(f"{board}?seen={seen}")
            if status >= 500:
                self.story.faults.append(f"the board answered {status}")
            found = re.search(r'data-pulse-seen="([^"]+)"', text)
            seen = found.group(1) if found else seen
            self.story.polls += 1

    def _close(self) -> None:
        """Close the round once the share of cells in the plan has been answered."""
        while not self.over.wait(0.05):
            if len(self.story.saved) >= self.plan["close_at"] * self.cells:
                break
        browser = Browser(self.plan["port"], self.plan["facilitator"]["cookie"])
        path = f"/cycles/{self.plan['cycle_id']}/workshops/rounds/{self.plan['round_id']}/close"
        token = browser.token(path)
        self.story.close_asked_at = self.now()
        status, _, _ = browser.ask(path, {"csrf_token": token}, token)
        self.story.closed_at = self.now()
        if status != 303:
            self.story.faults.append(f"the round did not close: {status}")

    def _look_at_the_end(self) -> None:
        """Read the board and the verdicts as the facilitator sees them when all is over."""
        browser = Browser(self.plan["port"], self.plan["facilitator"]["cookie"])
        room = f"/cycles/{self.plan['cycle_id']}/workshops/{self.plan['workshop_id']}"
        _, text, _ = browser.ask(f"{room}/board/live")
        self.story.board = {name: int(count or 0) for name, count in PERSON.findall(text)}
        _, text, _ = browser.ask(f"{room}/verdicts.json")
        self.story.verdicts = json.loads(text)


class Rater:
    """One person at the ballot, with the habits of people."""

    def __init__(self, play: Play, name: str, browser: Browser, draw: random.Random) -> None:
        self.play, self.name, self.browser, self.draw = play, name, browser, draw
        self.token = browser.token(f"{play.ballot}/areas/1")
        self.left: list[str] = draw.sample(play.plan["items"], len(play.plan["items"]))
        self.seqs: dict[str, int] = {}
        self.is_over = False

    def burst(self) -> None:
        """Answer a handful of questions in a row; now and then look back, reload, or both tabs."""
        for _ in range(self.draw.randint(3, 12)):
            if self.is_over or not self.left:
                self.is_over = True
                return
            item = self.left.pop()
            self.save(item)
            habit = self.draw.random()
            if habit < 0.1:
                self.save(self.draw.choice(list(self.seqs)))  # a change of mind
            elif habit < 0.13:
                self.seqs[item] -= 1  # the other tab has not counted what this one did
                self.save(item)
            elif habit < 0.15:
                self.browser.ask(f"{self.play.ballot}/areas/1")

    def save(self, item: str) -> None:
        """Send one answer and note what came of it."""
        seq = self.seqs[item] = self.seqs.get(item, 0) + 1
        value, sent_at = self.draw.choice(VALUES), self.play.now()
        sent = {"item": item, "value": value, "seq": str(seq)}
        status, text, _ = self.browser.ask(f"{self.play.ballot}/answers", sent, self.token)
        told = json.loads(text) if status in (200, 409) else {}
        # Sent again after a hang-up, the same answer is no news, but it stands.
        is_kept = told.get("is_kept", False) or (told.get("value"), told.get("seq")) == (value, seq)
        told_at = self.play.now()
        saved = Saved(self.name, item, value, seq, sent_at, told_at, status, is_kept)
        with self.play.lock:
            self.play.story.saved.append(saved)
            if status not in (200, 409):
                self.play.story.faults.append(f"a save answered {status}: {text[:200]}")
        self.is_over = self.is_over or status == 409


if __name__ == "__main__":
    json.dump(asdict(Play(json.load(sys.stdin)).run()), sys.stdout)
