"""A cycle with ballots of every kind under way, and what the tests of the ballot read from it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from cycles.core.extensions import db
from cycles.people.models import Group, Participant
from tests.browser.screens import SmallSite
from tests.factories import NOW, make_area, make_cast, make_statement
from tests.workshop.ballots import (
    argue,
    first_round,
    make_raters,
    make_solutions,
    open_workshop_of,
    shared_by_partner,
)
from tests.workshop.rating import Room, make_room
from workshop.ballot.commands import panellist_for
from workshop.ballot.models import Reason
from workshop.ballot.queries import own_answers
from workshop.rooms.models import Mode, RoomState, Round, Side, WorkshopKind
from workshop.rooms.plans import Asking

STATEMENTS = 4
LEVELS = 2
RATERS = 20


@dataclass
class Ballots:
    """The site, and the addresses of the ballots in it by what they ask."""

    site: SmallSite
    rounds: dict[str, object]

    def address(self, name: str, path: str = "/areas/1") -> str:
        """Return the address of a page of the named ballot."""
        return f"{self.site.url}{self.site.home}ballot/rounds/{self.rounds[name]}{path}"

    def sign_in(self, context: BrowserContext, person: str) -> Page:
        """Return a page of somebody who has signed in."""
        page = context.new_page()
        page.goto(self.site.link_for(person))
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_load_state()
        return page

    def rater(
        self, browser: Browser, number: int, *, width: int = 1280, has_scripts: bool = True
    ) -> Page:
        """Return a page of a rater of their own, whom no other test of that ballot takes."""
        context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=has_scripts
        )
        context.set_default_timeout(15_000)
        return self.sign_in(context, f"rater{number}")

    def inside(self, work: Callable[[], object]) -> object:
        """Do something in the site's own database; what it returns has to be plain."""
        with self.site.app.app_context():
            try:
                return work()
            finally:
                db.session.commit()
                db.session.remove()

    def answers(self, name: str, number: int) -> dict[str, str]:
        """Return what a rater's ballot holds: a letter by item."""

        def read() -> dict[str, str]:
            round_ = db.session.get_one(Round, self.rounds[name])
            seat = panellist_for(participant=_rater(round_, number, self.site), moment=NOW)
            found = own_answers(round_.id, seat.id, round_.scale)
            return {item.hex: one.letter for item, one in found.items()}

        return self.inside(read)  # type: ignore[return-value]  # as `read` says

    def words(self, name: str, number: int) -> list[tuple[str, bool, Side | None]]:
        """Return what a rater wrote: the text, whether on one answer, and the side."""

        def read() -> list[tuple[str, bool, Side | None]]:
            round_ = db.session.get_one(Round, self.rounds[name])
            seat = panellist_for(participant=_rater(round_, number, self.site), moment=NOW)
            rows = db.session.query(Reason).filter_by(round_id=round_.id, panellist_id=seat.id)
            return [(one.text, one.is_of_cell, one.side) for one in rows]

        return self.inside(read)  # type: ignore[return-value]  # as `read` says

    def set_state(self, name: str, state: RoomState) -> None:
        """Pause a round or let it go on."""

        def change() -> None:
            db.session.get_one(Round, self.rounds[name]).state = state

        self.inside(change)


def _rater(round_: Round, number: int, site: SmallSite) -> Participant:
    return (
        db.session.query(Participant)
        .filter_by(cycle_id=round_.cycle_id, account_id=site.people[f"rater{number}"].id)
        .one()
    )


def fill_ballots(site: SmallSite, rounds: dict[str, object]) -> None:
    """Open a first and a second round of proficiency, a priority, a relevance and a live one."""
    with site.app.app_context():
        db.create_all()
        cast = make_cast()
        site.home = f"/cycles/{cast.cycle.id}/"
        room = make_room(cast, employers=2, statements=3, levels=LEVELS)
        room.employers += make_raters(cast, Group.EMPLOYER, RATERS)
        shared_by_partner(room, (8, 7, 7), ("Bakers", "Millers", "Makers"))
        rounds["second"] = _second_round(room).id
        area = make_area("Packing")
        for number in range(STATEMENTS):
            text = f"Pack {number + 3} kinds of loaves in one line"
            make_statement(cast.cycle, text, 20 + number, area_id=area.id)
        make_solutions(cast)
        for name, kind, asking in (
            ("first", WorkshopKind.PROFICIENCY, Asking()),
            ("priority", WorkshopKind.PRIORITISATION, Asking()),
            ("relevance", WorkshopKind.VALIDATION, Asking()),
        ):
            opened = open_workshop_of(cast, kind, asking=asking, title=name)
            rounds[name] = first_round(cast, opened).id
        for number in range(2):
            make_statement(cast.cycle, f"Freeze dough {number}", 40 + number, area_id=area.id)
        live = open_workshop_of(cast, WorkshopKind.PROFICIENCY, asking=Asking(Mode.REAL_TIME))
        rounds["live"] = _live_round(room, first_round(cast, live)).id
        names = [(f"rater{number}", one) for number, one in enumerate(room.employers)]
        site.people = {name: one.account for name, one in names} | {"tom": cast.tom}
        db.session.commit()
        for person in site.people.values():
            db.session.refresh(person)
        db.session.expunge_all()
        db.session.remove()


def _second_round(room: Room) -> Round:
    """Disagree about all but the first cell, with reasons; everybody's last answer is Awareness."""
    first = room.open_round()
    agreed, *others = room.asked(first)
    room.answer(first, agreed, "P" * len(room.employers))
    for item in others:
        room.answer(first, item, "A" * 8 + "N" + "P" * 6 + "E" * 7)
        argue(room.employers[1], first, item, "Robots will do it.", Side.LOWER)
        argue(room.employers[2], first, item, "The law asks for it.", Side.HIGHER)
    room.close(first)
    room.statements[2].text = "Calibrate every oven sensor once a year"
    db.session.flush()
    return room.open_round()


def _live_round(room: Room, round_: Round) -> Round:
    for item in room.asked(round_):
        room.answer(round_, item, " " * 14 + "PPPPPEEE")
    return round_
