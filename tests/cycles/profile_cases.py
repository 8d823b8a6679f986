"""A cycle with a proposed profile, and the votes behind it."""

from dataclasses import asdict, dataclass

from consensus.grouping import GroupingSettings, Why
from consensus.ratifying import PanelRule
from cycles.core.audit import Actor
from cycles.core.extensions import db
from cycles.profiles import standing
from cycles.profiles.generating import generate
from cycles.profiles.models import Profile, ProfileCapability, ProfileVersion
from cycles.profiles.proposals import Proposal, ProposedMember, SuggestedName
from cycles.profiles.queries import profiles_of
from cycles.profiles.votes import Vote
from cycles.stages.words import Stage
from cycles.statements.models import CapabilityStatement
from tests.factories import NOW, Cast, make_role_level, make_statement

PIA = Actor(None, "Pia Panel")
AGREED = Vote(level=2, outcome="level", counts=(1, 2, 16, 1))
OPEN_PAIR = Vote(level=2, outcome="adjacent", counts=(0, 9, 10, 1), is_provisional=True)
WHY = Why(similarity=0.61, mates=3, shares_area=2, shares_partner=1)


@dataclass(frozen=True)
class Case:
    """The cast's cycle at the carrying-out stage, with one profile of two capabilities.

    The first was agreed at Practitioner, the second left between two levels; the third statement
    is in no profile.
    """

    cast: Cast
    profile: Profile
    agreed: ProfileCapability
    provisional: ProfileCapability
    spare: CapabilityStatement

    def member(self, statement: CapabilityStatement) -> ProfileCapability:
        db.session.expire_all()
        return next(one for one in self.profile.members if one.statement_id == statement.id)


def propose(
    case_cycle_id: object,
    level: object,
    statements: list[CapabilityStatement],
    votes: list[Vote],
    title: str = "Oven technician",
) -> Proposal:
    return Proposal(
        role_level_id=level.id,
        role_level_name=level.name,
        partner_id=None,
        about="Test Equipment",
        suggested_names=(SuggestedName(title, 0.52, "Standard T0001", 3),),
        members=tuple(
            ProposedMember(statement.id, vote, WHY, is_second=False)
            for statement, vote in zip(statements, votes, strict=True)
        ),
    )


def make_case(cast: Cast) -> Case:
    cast.cycle.stage = Stage.CARRYING_OUT
    level = make_role_level(cast.cycle)
    statements = [
        make_statement(cast.cycle, text, number)
        for number, text in enumerate(
            ("Calibrate oven sensors", "Read the oven's log", "Plan the maintenance of ovens"), 1
        )
    ]
    generate(
        cycle_id=cast.cycle.id,
        proposals=[propose(cast.cycle.id, level, statements[:2], [AGREED, OPEN_PAIR])],
        settings=asdict(GroupingSettings()),
        criterion={},
        actor=PIA,
        moment=NOW,
    )
    db.session.commit()
    profile = profiles_of(cast.cycle.id)[0]
    by_statement = {one.statement_id: one for one in profile.members}
    return Case(
        cast,
        profile,
        by_statement[statements[0].id],
        by_statement[statements[1].id],
        statements[2],
    )


def ratify(profile: Profile, *objections: str) -> ProfileVersion:
    """Ratify the profile as two of the panel would, over these objections."""
    version = standing.mark_ratified(
        profile=profile,
        approvals=2,
        objections=objections,
        quorum=2,
        rule=PanelRule.TWO_THIRDS,
        actor=PIA,
        moment=NOW,
    )
    db.session.flush()
    return version
