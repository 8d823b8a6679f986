"""What a report says, as one tree of frozen records. Every printed number is a field here.

Records and nothing else: how they are filled from the database lives in ``assembling``, how they
become JSON and back in ``packing``. A shape once published must stay readable: new fields get a
default, no field changes its meaning, and ``FORMAT`` rises when a reader has to know.
"""

from dataclasses import dataclass
from datetime import datetime

from reports.document.facts.agreement import (
    Agreement,
    Deviation,
    Dissent,
    DissentReason,
    LevelOutcomes,
    RoundLine,
    RuleFacts,
    Sensitivity,
    Tally,
    WorkshopLine,
)
from reports.document.facts.capabilities import (
    Capabilities,
    Capability,
    CurrentState,
    DomainLine,
    FunctionLine,
    PartnerLine,
)
from reports.document.facts.occupations import (
    CompetencyCounts,
    KsbLine,
    Ksbs,
    LevelProfiles,
    LevelSpread,
    Member,
    Occupations,
    Profile,
    Ratification,
    RemovedMember,
)
from reports.document.facts.provision import (
    CurvePoint,
    FrameworkLine,
    HorizonLine,
    OnlyGeneric,
    PairedMatch,
    ProfileProvision,
    Provision,
    ResponseCount,
    Standing,
    Unsupported,
    Worked,
)
from reports.document.facts.sources import (
    ActionLine,
    CheckItem,
    FurtherSubject,
    Reference,
    Section,
    Source,
    Term,
)
from reports.document.facts.subject import (
    GroupLine,
    Milestone,
    OrganisationLine,
    Partner,
    People,
    RoleLevel,
    Solution,
    Subject,
)

FORMAT = 1


@dataclass(frozen=True)
class Document:
    """Everything a report of one cycle says, at one moment. ``number`` is the snapshot's."""

    format: int
    number: int
    taken_at: datetime
    subject: Subject
    people: People
    capabilities: Capabilities
    agreement: Agreement
    occupations: Occupations
    ksbs: Ksbs
    provision: Provision | None
    actions: tuple[ActionLine, ...]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    references: tuple[Reference, ...]
    checklist: tuple[CheckItem, ...] = ()
    narrative: tuple[Section, ...] = ()
    further: tuple[FurtherSubject, ...] = ()


__all__ = [
    "FORMAT",
    "ActionLine",
    "Agreement",
    "Capabilities",
    "Capability",
    "CheckItem",
    "CompetencyCounts",
    "CurrentState",
    "CurvePoint",
    "Deviation",
    "Dissent",
    "DissentReason",
    "Document",
    "DomainLine",
    "FrameworkLine",
    "FunctionLine",
    "FurtherSubject",
    "GroupLine",
    "HorizonLine",
    "KsbLine",
    "Ksbs",
    "LevelOutcomes",
    "LevelProfiles",
    "LevelSpread",
    "Member",
    "Milestone",
    "Occupations",
    "OnlyGeneric",
    "OrganisationLine",
    "PairedMatch",
    "Partner",
    "PartnerLine",
    "People",
    "Profile",
    "ProfileProvision",
    "Provision",
    "Ratification",
    "Reference",
    "RemovedMember",
    "ResponseCount",
    "RoleLevel",
    "RoundLine",
    "RuleFacts",
    "Section",
    "Sensitivity",
    "Solution",
    "Source",
    "Standing",
    "Subject",
    "Tally",
    "Term",
    "Unsupported",
    "Worked",
    "WorkshopLine",
]
