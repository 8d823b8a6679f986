"""Markup in every text that people can write: shown as text on every page, run on none."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, Text, delete, select, update

from consensus.ratifying import PanelRule
from cycles.core.audit import Actor, AuditEvent
from cycles.core.base import Base
from cycles.core.extensions import db
from cycles.ksbs.models import CapabilityKsb
from cycles.people.models import Participant
from cycles.profiles.models import Profile
from cycles.profiles.versions import freeze_version
from cycles.setup.models import Cycle
from reports.document.commands import take_snapshot
from reports.document.models import Report
from reports.narrative.models import Narrative
from reports.narrative.sections import SECTIONS
from tests.architecture.browsing import LET_IN, Browser, Worlds, requests_of
from tests.architecture.permissions import DOORS
from tests.architecture.world import World, undone
from tests.factories import NOW, add
from workshop.ratification.models import Objection

MARK = "zq<script>alert(1)</script>"
PAYLOAD = f"""{MARK}"'><img src=x onerror=alert(1)><svg onload=alert(1)>[a](javascript:alert(1))"""
# What a program writes: codes, keys, hashes, addresses, words of a fixed list.
NOT_PROSE = {
    "action",
    "called_to",
    "closing",
    "code",
    "digest",
    "email",
    "engine",
    "filename",
    "hash",
    "join_code",
    "key",
    "kind",
    "link",
    "model_digest",
    "model_name",
    "next_path",
    "outcome",
    "pdf_sha256",
    "previous_hash",
    "reference",
    "rule_digest",
    "scope",
    "section",
    "source",
    "token_hash",
    "version",
    "voted_outcome",
}
UNTOUCHED = ("rate_count", "job", "area", "text_vector")
UNIQUE = {
    "capability_statement",
    "framework",
    "library_source",
    "organisation",
    "partner",
    "role_level",
}
SHOWN_ON = {
    "cycle.challenge": "challenge",
    "cycle.solutions": "solution",
    "cycle.partners": "partner",
    "cycle.role_levels": "role level",
    "cycle.scenario": "scenario",
    "cycle.timeline": "milestone",
    "statements.index": "statement",
    "statements.show": "statement",
    "ballot.area": "reason of an earlier round",
    "cards.show": "profile",
    "current_state.sheet": "note",
    "profiles.show": "profile",
    "profiles.version": "objection",
    "ratification.board": "profile",
    "ratification.show": "objection",
    "ksbs.show": "KSB",
    "actions.index": "recommendation",
    "people.list_people": "name",
    "mapping.overview": "capability",
    "standards.standard": "standard",
    "narrative.edit": "prose",
    "report.read": "report",
}


class Elements(HTMLParser):
    """Finds whatever would run: scripts without the nonce, handlers, addresses that are code."""

    def __init__(self, nonce: str) -> None:
        super().__init__()
        self.nonce = nonce
        self.running: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and given.get("nonce") != self.nonce:
            self.running.append("script")
        if tag in ("img", "svg") and ("x" in (given.get("src"), given.get("onload"))):
            self.running.append(tag)
        self.running += [name for name in given if name.startswith("on")]
        self.running += [
            f"{name}={value}"
            for name, value in given.items()
            if value.strip().lower().startswith(("javascript:", "vbscript:"))
        ]


def spoil(table: Any) -> None:
    """Write the payload into every column of prose, made one of a kind where it has to be."""
    columns = [
        column
        for column in table.columns
        if type(column.type) in (String, Text)
        and column.name not in NOT_PROSE
        and not column.foreign_keys
    ]
    if not columns or table.name in (AuditEvent.__tablename__, *UNTOUCHED):
        return
    for row in db.session.execute(table.select()).mappings():
        where = [key == row[key.name] for key in table.primary_key]
        values = {}
        for column in columns:
            suffix = f" {next(iter(row.values()))}" if table.name in UNIQUE else ""
            longest = getattr(column.type, "length", None) or 400
            values[column.name] = (PAYLOAD[: longest - len(suffix)] + suffix)[:longest]
        db.session.execute(update(table).where(*where).values(values))


@pytest.fixture(scope="module")
def spoilt(worlds: Worlds) -> Iterator[World]:
    ours = worlds[0]
    cycle_id = ours.values["cycle_id"]
    with undone():
        profile = db.session.get_one(Profile, ours.values["profile_id"])
        pia = db.session.scalars(select(Participant).filter_by(cycle_id=cycle_id, is_on_panel=True))
        said = {"participant_id": pia.one().id, "reason": "words", "objected_at": NOW}
        add(Objection(cycle_id=cycle_id, profile_id=profile.id, **said))
        db.session.execute(delete(Narrative))
        for section in SECTIONS:
            prose = {"markdown": "words", "edited_at": NOW}
            add(Narrative(cycle_id=cycle_id, section=section.key, **prose))
        for table in Base.metadata.sorted_tables:
            spoil(table)
        db.session.expire_all()
        # A version is not updated, so one is frozen from what was spoilt.
        freeze_version(
            profile=profile,
            approvals=2,
            objections=(PAYLOAD,),
            quorum=1,
            rule=PanelRule.MAJORITY,
            moment=NOW,
        )
        ksb = db.session.get_one(CapabilityKsb, ours.values["ksb_id"])
        ksb.folded = [{**one, "text": PAYLOAD, "source": PAYLOAD} for one in ksb.folded]
        cycle = db.session.get_one(Cycle, cycle_id)
        snapshot = take_snapshot(cycle=cycle, actor=Actor(None, PAYLOAD), moment=NOW)
        report = db.session.get_one(Report, ours.values["report_id"])
        report.snapshot_id = snapshot.id
        db.session.commit()
        yield ours


@pytest.mark.parametrize("endpoint", sorted(DOORS))
def test_what_people_wrote_is_text_on_every_page(app: Flask, spoilt: World, endpoint: str) -> None:
    for person in LET_IN[DOORS[endpoint]][:2]:
        for method, rule in requests_of(app, endpoint):
            if method != "GET":
                continue
            answer = Browser(app, spoilt, person).ask(method, rule)
            if answer.mimetype != "text/html":
                continue
            policy = answer.headers["Content-Security-Policy"]
            elements = Elements(policy.split("'nonce-")[1].split("'")[0])
            elements.feed(answer.text)
            assert elements.running == []
            assert MARK not in answer.text
            if endpoint in SHOWN_ON:
                assert "zq&lt;script&gt;" in answer.text, SHOWN_ON[endpoint]
