"""A cycle whose panel of three works on its prototypes: two role levels, votes of every kind."""

from dataclasses import asdict, dataclass

from consensus.grouping import GroupingSettings, Why
from cycles.accounts.models import Account
from cycles.core.extensions import db
from cycles.library.models import LibrarySource, LibraryStatement
from cycles.people.models import Group
from cycles.profiles.generating import generate
from cycles.profiles.models import Profile, ProfileCapability
from cycles.profiles.proposals import Proposal, ProposedMember, SuggestedName
from cycles.profiles.queries import members_of, profiles_of
from cycles.profiles.votes import MinorityReason, Vote
from cycles.setup.models import RoleLevel
from cycles.setup.queries import rule_card_of
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement
from tests.cycles.profile_cases import PIA
from tests.factories import (
    NOW,
    Cast,
    add,
    make_account,
    make_area,
    make_participant,
    make_role_level,
    make_statement,
)

AGREED = Vote(level=2, outcome="level", counts=(1, 2, 16, 1))
EXPERT = Vote(level=3, outcome="level", counts=(0, 1, 3, 16))
BETWEEN = Vote(level=2, outcome="adjacent", counts=(0, 9, 10, 1), is_provisional=True)
DISSENT = Vote(
    level=3,
    outcome="level",
    counts=(4, 1, 0, 15),
    closing="stable dissent",
    minority="4 of 20 said Not needed",
    reasons=(MinorityReason("a lower level", "Suppliers do this for us."),),
)
DECIDED = Vote(level=1, outcome="split", counts=(8, 9, 2, 1), is_decided=True, decision="Law asks.")
TEXTS = (
    "Calibrate oven sensors against a traceable standard",
    "Read an oven’s log and tell a fault from wear",
    "Plan the maintenance of ovens around the baking day",
    "Validate recipes on an automated line before release",
    "Tune the control loop of a tunnel oven",
    "Keep allergens apart on shared conveyors",
    "Hand a shift over with what the line has learnt",
    "Decide when a batch is held back",
)
VOTES = (AGREED, BETWEEN, EXPERT, DISSENT, AGREED, DECIDED, AGREED, EXPERT)


@dataclass(frozen=True)
class Panel:
    """Pia, Pat and Per sit on the panel; P-0001 and P-0002 are of one role level, P-0003 above.

    ``spare`` is kept, voted on nowhere and in no profile.
    """

    cast: Cast
    pat: Account
    per: Account
    first: Profile
    second: Profile
    above: Profile
    spare: CapabilityStatement

    def member(self, number: int) -> ProfileCapability:
        """Return the first profile's capability with this number, counted from one."""
        return members_of(self.first.id)[number - 1]


def _proposal(
    level: RoleLevel, statements: list[CapabilityStatement], votes: list[Vote], title: str
) -> Proposal:
    why = Why(similarity=0.61, mates=len(statements) - 1, shares_area=2, shares_partner=1)
    return Proposal(
        role_level_id=level.id,
        role_level_name=level.name,
        partner_id=None,
        about="Ovens",
        suggested_names=(
            SuggestedName(title, 0.58, "Standard ST0001", 3),
            SuggestedName(f"{title}, automated", 0.51, "Standard ST0002", 3),
        ),
        members=tuple(
            ProposedMember(statement.id, vote, why, is_second=False)
            for statement, vote in zip(statements, votes, strict=True)
        ),
    )


def make_panel(cast: Cast, quorum: int = 3) -> Panel:
    """Return the cast's cycle at the carrying-out stage with a panel of three and its work."""
    cycle = cast.cycle
    cycle.stage = Stage.CARRYING_OUT
    rule_card_of(cycle.id).panel_quorum = quorum
    pat, per = make_account("Pat Quill"), make_account("Per Sand")
    for person in (pat, per):
        make_participant(cycle, person, Group.EMPLOYER, is_on_panel=True)
    areas = [make_area("Test Equipment"), make_area("Process Control"), make_area("Food Safety")]
    statements = [
        make_statement(cycle, text, number, area_id=areas[number % 3].id)
        for number, text in enumerate(TEXTS, 1)
    ]
    spare = make_statement(cycle, "Plan the cleaning of ovens", 9, area_id=areas[0].id)
    source = add(LibrarySource(name="O*NET", version="29.1", imported_at=NOW))
    add(LibraryStatement(source_id=source.id, reference="T1", text="Inspect ovens for wear"))
    technicians, leads = make_role_level(cycle), make_role_level(cycle, "Leads", 2, 6)
    generate(
        cycle_id=cycle.id,
        proposals=[
            _proposal(technicians, statements[:6], list(VOTES[:6]), "Oven technician"),
            _proposal(technicians, statements[5:7], list(VOTES[5:7]), "Line operator"),
            _proposal(leads, statements[6:], list(VOTES[6:]), "Bakery lead"),
        ],
        settings=asdict(GroupingSettings()),
        criterion={},
        actor=PIA,
        moment=NOW,
    )
    db.session.commit()
    first, second, above = profiles_of(cycle.id)
    return Panel(cast, pat, per, first, second, above, spare)
