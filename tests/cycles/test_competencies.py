"""The Future Competency Set of each role level: what is in it, once, and what may still change."""

import csv
import io
from dataclasses import dataclass

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from consensus.scale import AWARENESS, EXPERT, PRACTITIONER
from cycles.core.extensions import db
from cycles.ksbs.competencies import CompetencySet, competency_sets
from cycles.ksbs.competency_filters import CompetencyFilters, let_through, read_competency_filters
from cycles.ksbs.models import CapabilityKsb, KsbAnswer, KsbReview, KsbStatus
from cycles.profiles.models import Profile, ProfileCapability, ProfileStatus
from cycles.setup.models import RoleLevel
from cycles.standards.models import KsbKind
from cycles.statements.models import CapabilityStatement, StatementStatus
from tests.client import ParsingClient
from tests.factories import NOW, Cast, add, make_area, make_role_level, make_statement

K, S, B = KsbKind


@dataclass(frozen=True)
class Bakehouse:
    """Two role levels. Bakers hold mixing and baking, in two profiles; managers hold selling.

    Cleaning is in a withdrawn profile alone, baking has no accepted KSB, "Weighs flour" is at
    mixing and at selling in two spellings.
    """

    cast: Cast
    bakers: RoleLevel
    managers: RoleLevel
    mixing: CapabilityStatement
    baking: CapabilityStatement
    selling: CapabilityStatement
    operator: Profile

    def sets(self) -> tuple[CompetencySet, ...]:
        db.session.expire_all()
        return competency_sets(self.cast.cycle.id)


def make_ksb(
    statement: CapabilityStatement,
    kind: KsbKind,
    text: str,
    status: KsbStatus = KsbStatus.ACCEPTED,
    **facts: object,
) -> CapabilityKsb:
    return add(
        CapabilityKsb(
            cycle_id=statement.cycle_id,
            statement_id=statement.id,
            kind=kind,
            text=text,
            status=status,
            created_at=NOW,
            **facts,
        )
    )


def make_profile(
    level: RoleLevel,
    code: str,
    members: dict[CapabilityStatement, int],
    status: ProfileStatus = ProfileStatus.PROPOSED,
) -> Profile:
    ids = {"cycle_id": level.cycle_id}
    profile = add(Profile(role_level_id=level.id, code=code, name=f"Role {code}", **ids))
    for statement, needed in members.items():
        ids |= {"profile_id": profile.id, "statement_id": statement.id}
        add(ProfileCapability(level=needed, **ids))
    profile.status = status
    db.session.flush()
    return profile


@pytest.fixture
def bakehouse(cast: Cast) -> Bakehouse:
    cycle = cast.cycle
    bakers, managers = (make_role_level(cycle, name, at) for at, name in enumerate("BM", 1))
    area = make_area()
    mixing, baking, selling, cleaning = (
        make_statement(cycle, text, number, area_id=area.id)
        for number, text in enumerate(("Mix dough", "Bake bread", "Sell bread", "Clean up"), 1)
    )
    operator = make_profile(
        bakers, "P-0001", {mixing: AWARENESS, baking: EXPERT}, ProfileStatus.RATIFIED
    )
    make_profile(bakers, "P-0002", {mixing: PRACTITIONER})
    make_profile(managers, "P-0003", {selling: EXPERT, mixing: AWARENESS})
    make_profile(bakers, "P-0004", {cleaning: EXPERT}, ProfileStatus.WITHDRAWN)
    make_ksb(mixing, S, "Weighs flour.")
    make_ksb(selling, S, "weighs  Flour")
    make_ksb(mixing, K, "How dough proves")
    make_ksb(mixing, K, "Rumours of yeast", KsbStatus.REJECTED)
    make_ksb(baking, B, "Stays calm near heat", KsbStatus.SUGGESTED)
    make_ksb(cleaning, B, "Leaves no crumb")
    db.session.commit()
    return Bakehouse(cast, bakers, managers, mixing, baking, selling, operator)


def texts(one: CompetencySet) -> list[str]:
    return [each.text for each in one.competencies]


def test_a_set_holds_each_accepted_wording_once_at_the_highest_level(bakehouse: Bakehouse) -> None:
    bakers, managers = bakehouse.sets()
    assert texts(bakers) == ["How dough proves", "Weighs flour."]
    proving, weighing = bakers.competencies
    assert (proving.level, weighing.level) == (PRACTITIONER, PRACTITIONER)
    assert [one.code for one in weighing.profiles] == ["P-0001", "P-0002"]
    assert texts(managers) == ["How dough proves", "Weighs flour."]
    folded = managers.competencies[1]
    assert [one.text for one in folded.capabilities] == ["Mix dough", "Sell bread"]
    assert folded.level == EXPERT
    assert (bakers.count(K), bakers.count(S), bakers.count(B)) == (1, 1, 0)


def test_every_page_of_a_profile_counts_wordings_as_the_set_does(
    bakehouse: Bakehouse, client: ParsingClient
) -> None:
    here = f"/cycles/{bakehouse.cast.cycle.id}/profiles"
    manager = db.session.query(Profile).filter_by(code="P-0003").one()
    browser = client.sign_in(bakehouse.cast.tom)
    pair = f"compare?profile={bakehouse.operator.id}&profile={manager.id}"
    for path in (manager.id, f"{manager.id}/card", pair):
        assert "1 knowledge, 1 skill, 0 behaviours" in browser.get(f"{here}/{path}").text
    assert "2 of 2 shared" in browser.get(f"{here}/{pair}").text
    sheet = browser.get(f"/cycles/{bakehouse.cast.cycle.id}/ksbs/profiles/{manager.id}").text
    assert "each wording once: 1 knowledge, 1 skill and 0 behaviours." in " ".join(sheet.split())


def test_what_is_missing_and_what_may_change_is_told(bakehouse: Bakehouse) -> None:
    bakers, managers = bakehouse.sets()
    assert [one.text for one in bakers.without] == ["Bake bread"]
    assert [one.waiting for one in bakers.without] == [1]
    assert (bakers.ratified, len(bakers.profiles), managers.ratified) == (1, 2, 0)


@pytest.mark.parametrize(
    "settled", [{"status": ProfileStatus.RATIFIED}, {"voted_level": PRACTITIONER}]
)
def test_what_the_panel_ratified_or_set_is_not_provisional(
    bakehouse: Bakehouse, settled: dict[str, object]
) -> None:
    of_selling = {"statement_id": bakehouse.selling.id}
    facts = {"is_provisional": True, "voted_level": settled.get("voted_level", EXPERT)}
    db.session.query(ProfileCapability).filter_by(**of_selling).update(facts)
    if "status" in settled:
        db.session.query(Profile).filter_by(code="P-0003").update(settled)
    db.session.commit()
    _, managers = bakehouse.sets()
    assert [one.is_provisional for one in managers.competencies] == [False, False]


def test_a_provisional_level_is_marked_unless_a_profile_needs_it_for_certain(
    bakehouse: Bakehouse,
) -> None:
    of_selling = {"statement_id": bakehouse.selling.id}
    db.session.query(ProfileCapability).filter_by(**of_selling).update({"is_provisional": True})
    db.session.commit()
    _bakers, managers = bakehouse.sets()
    assert [one.is_provisional for one in managers.competencies] == [False, True]


def test_a_capability_that_is_no_longer_kept_calls_for_nothing(bakehouse: Bakehouse) -> None:
    bakehouse.mixing.status = StatementStatus.REJECTED
    db.session.commit()
    bakers, managers = bakehouse.sets()
    assert texts(bakers) == []
    assert texts(managers) == ["weighs  Flour"]


def test_filters_narrow_and_sort_and_forget_what_they_do_not_know(bakehouse: Bakehouse) -> None:
    sets = bakehouse.sets()
    asked = {"kind": "skill", "role": str(bakehouse.managers.id), "q": "sell FLOUR"}
    (left,) = let_through(sets, read_competency_filters(asked))
    assert texts(left) == ["Weighs flour."]
    assert let_through(sets, CompetencyFilters(q="drone")) == ()
    by_profile = let_through(sets, CompetencyFilters(profile=str(bakehouse.operator.id)))
    assert [one.role_level for one in by_profile] == ["B"]
    backwards = let_through(sets, CompetencyFilters(sort="-text"))
    assert texts(backwards[0]) == ["Weighs flour.", "How dough proves"]
    odd = {"kind": "hobby", "role": "x", "profile": "'", "sort": "-age", "page": "-3"}
    assert read_competency_filters(odd) == CompetencyFilters()


def test_the_page_shows_the_sets_to_everybody_in_the_cycle(
    bakehouse: Bakehouse, client: ParsingClient
) -> None:
    address = f"/cycles/{bakehouse.cast.cycle.id}/ksbs/competencies"
    text = " ".join(client.sign_in(bakehouse.cast.sol).get(address).get_data(as_text=True).split())
    assert "ratified 1 of 3 profiles; 2 are still prototypes" in text
    assert "1 capability of profiles without an accepted KSB" in text
    assert "1 KSB waits for a decision, at 1 capability" in text
    assert "1 to 4 of 4." in text
    assert "Rumours" not in text
    assert "Leaves no crumb" not in text
    printed = client.get(f"{address}/print?kind=knowledge").get_data(as_text=True)
    assert "Weighs" not in printed
    assert client.sign_in(bakehouse.cast.eve).get(address).status_code == 404


def test_a_page_far_down_shows_its_lines(bakehouse: Bakehouse, client: ParsingClient) -> None:
    for number in range(60):
        make_ksb(bakehouse.selling, K, f"Price {number:02d}")
    db.session.commit()
    address = f"/cycles/{bakehouse.cast.cycle.id}/ksbs/competencies?role={bakehouse.managers.id}"
    client.sign_in(bakehouse.cast.sol)
    assert "1 to 50 of 62." in client.get(address).get_data(as_text=True)
    for beyond in ("2", "99"):
        text = client.get(f"{address}&page={beyond}").get_data(as_text=True)
        assert "51 to 62 of 62." in text
        assert "Price 59" in text
        assert "Price 48" not in text


def test_the_sets_download_with_a_sheet_for_each_role_level(
    bakehouse: Bakehouse, client: ParsingClient
) -> None:
    address = f"/cycles/{bakehouse.cast.cycle.id}/ksbs/competencies"
    client.sign_in(bakehouse.cast.sol)
    text = client.get(f"{address}.csv").get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Role level"], row["KSB"]) for row in rows] == [
        ("B", "How dough proves"),
        ("B", "Weighs flour."),
        ("M", "How dough proves"),
        ("M", "Weighs flour."),
    ]
    assert rows[3]["Highest level needed"] == "Expert"
    book = load_workbook(io.BytesIO(client.get(f"{address}.xlsx").get_data()))
    assert book.sheetnames == ["B", "M", "All", "Method"]
    assert book["All"].max_row == 5
    assert any(row[1].value == "none: everything is here" for row in book["Method"].rows)


def test_the_sheet_of_a_profile_holds_its_ksbs_by_capability(
    bakehouse: Bakehouse, client: ParsingClient
) -> None:
    address = f"/cycles/{bakehouse.cast.cycle.id}/ksbs/profiles/{bakehouse.operator.id}"
    text = " ".join(client.sign_in(bakehouse.cast.sol).get(address).get_data(as_text=True).split())
    assert "1 knowledge, 1 skill and 0 behaviours." in text
    assert "<li>How dough proves</li>" in text
    assert "No KSB is accepted yet for C-002." in text
    assert "Stays calm" not in text
    assert client.sign_in(bakehouse.cast.eve).get(address).status_code == 404


def test_the_download_of_ksbs_tells_reviews_without_names_and_what_uses_each(
    bakehouse: Bakehouse, client: ParsingClient
) -> None:
    waiting = db.session.query(CapabilityKsb).filter_by(text="Stays calm near heat").one()
    cast = bakehouse.cast
    for person, answer in ((cast.educator, KsbAnswer.ACCEPT), (cast.employer, KsbAnswer.REJECT)):
        ids = {"cycle_id": cast.cycle.id, "ksb_id": waiting.id, "participant_id": person.id}
        add(KsbReview(answer=answer, reviewed_at=NOW, **ids))
    waiting.folded = [{"text": "Stays calm by ovens", "source": "Baker (T0001) B2", "score": 0.6}]
    db.session.commit()
    client.sign_in(cast.sol)
    text = client.get(f"/cycles/{cast.cycle.id}/ksbs/download.csv").get_data().decode("utf-8-sig")
    assert "Eddy" not in text
    found = {row["KSB"]: row for row in csv.DictReader(io.StringIO(text))}
    row = found["Stays calm near heat"]
    assert (row["Status"], row["Accept"], row["Reject"]) == ("Educators differ", "1", "1")
    assert row["Near duplicates folded into it"] == "Stays calm by ovens (Baker (T0001) B2)"
    assert row["Profiles that use it"] == ""
    assert found["Weighs flour."]["Profiles that use it"] == "P-0001, P-0002, P-0003"


def test_the_sets_ask_no_more_of_many_ksbs(bakehouse: Bakehouse) -> None:
    def asked() -> int:
        db.session.expire_all()
        statements: list[str] = []
        engine = db.session.connection().engine

        def note(*found: object) -> None:
            statements.append(str(found[2]))

        event.listen(engine, "before_cursor_execute", note)
        competency_sets(bakehouse.cast.cycle.id)
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    few = asked()
    for number in range(30):
        make_ksb(bakehouse.selling, K, f"Price {number}")
        more = make_statement(bakehouse.cast.cycle, f"Wrap loaf {number}", 100 + number)
        make_ksb(more, S, f"Wraps loaf {number}")
    db.session.commit()
    assert asked() <= few
