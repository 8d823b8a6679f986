"""An edition: a document laid out for reading, on a page or in print. Nothing is counted here."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from cycles.core.clock import LONDON
from reports.document.facts import Document, KsbLine, Profile
from reports.document.figures import Figure, figures_of, profiles_key
from reports.document.outline import OUTLINE, Part
from reports.narrative.numbers import filled_in
from reports.narrative.prose import prose_html


@dataclass(frozen=True)
class Prose:
    """The prose of a section as sanitised HTML, and whether it is still the draft."""

    html: Markup
    is_drafted: bool


@dataclass(frozen=True)
class ProfileKsbs:
    """A profile with the accepted KSBs of its capabilities, each wording once."""

    profile: Profile
    knowledge: tuple[KsbLine, ...]
    skills: tuple[KsbLine, ...]
    behaviours: tuple[KsbLine, ...]


@dataclass(frozen=True)
class Edition:
    """One document with its prose, its figures and its order. ``digest`` is the snapshot's."""

    document: Document
    digest: str
    is_draft: bool
    taken: str
    outline: tuple[Part, ...]
    prose: Mapping[str, Prose]
    figures: Mapping[str, Figure]
    level_figures: tuple[tuple[str, str], ...]
    ksbs: tuple[ProfileKsbs, ...]
    reasons: tuple[str, ...]

    @property
    def reason_numbers(self) -> Mapping[str, int]:
        """Return the number under which each of the convener's reasons is printed once."""
        return {reason: number for number, reason in enumerate(self.reasons, 1)}


def make_edition(document: Document, *, digest: str, is_draft: bool) -> Edition:
    """Lay out a document."""
    figures = figures_of(document)
    taken = document.taken_at.astimezone(LONDON)
    return Edition(
        document=document,
        digest=digest,
        is_draft=is_draft,
        taken=f"{taken.day} {taken:%B %Y, %H:%M %Z}",
        outline=OUTLINE,
        prose={
            each.key: Prose(prose_html(filled_in(each.markdown, document)), each.is_drafted)
            for each in document.narrative
        },
        figures=figures,
        level_figures=tuple(
            (level.name, profiles_key(at)) for at, level in enumerate(document.subject.role_levels)
        ),
        ksbs=tuple(_ksbs(document, each) for each in document.occupations.profiles),
        reasons=tuple(
            dict.fromkeys(each.decision for each in document.agreement.dissent if each.decision)
        ),
    )


def _ksbs(document: Document, profile: Profile) -> ProfileKsbs:
    codes = {member.code for member in profile.members}
    own = [line for line in document.ksbs.lines if line.code in codes]
    return ProfileKsbs(
        profile,
        knowledge=_once(own, "knowledge"),
        skills=_once(own, "skill"),
        behaviours=_once(own, "behaviour"),
    )


def _once(lines: list[KsbLine], kind: str) -> tuple[KsbLine, ...]:
    return tuple({line.text: line for line in lines if line.kind == kind}.values())
