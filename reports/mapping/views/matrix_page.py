"""The context of the fit and surplus matrix."""

from collections.abc import Mapping
from dataclasses import dataclass

from reports.mapping.charts import LABELLED, Scatter, scatter
from reports.mapping.findings import ProfileFinding, Standing
from reports.mapping.views.frame import Download, Frame
from reports.mapping.views.profile_pages import Choice, StandingRow, standing_row
from reports.mapping.words import RESPONSE_RULE, RESPONSES


@dataclass(frozen=True)
class MatrixRow:
    """One point of the scatter."""

    number: int
    is_numbered: bool
    profile: str
    standing: StandingRow


@dataclass(frozen=True)
class MatrixPage:
    """The scatter: every profile with its best standard, or one profile with its ten best."""

    frame: Frame
    profiles: tuple[Choice, ...]
    title: str
    summary: str
    chart: Scatter
    rows: tuple[MatrixRow, ...]
    rule: str
    downloads: tuple[Download, ...]


def matrix_page(frame: Frame, args: Mapping[str, str]) -> MatrixPage:
    """Return the scatter that the address asks for."""
    profiles = frame.findings.profiles
    chosen = next((each for each in profiles if each.code == args.get("profile")), None)
    pairs = _pairs(profiles, chosen)
    return MatrixPage(
        frame=frame,
        profiles=_choices(profiles, chosen),
        title=_title(frame, pairs, chosen),
        summary=_summary(chosen),
        chart=scatter([(each.fit_percent, each.surplus_percent) for _, each in pairs]),
        rows=tuple(
            MatrixRow(
                number=number,
                is_numbered=number <= LABELLED,
                profile=f"{profile.code} {profile.name}",
                standing=standing_row(frame, profile, standing, number),
            )
            for number, (profile, standing) in enumerate(pairs, 1)
        ),
        rule=RESPONSE_RULE,
        downloads=frame.downloads(
            "fit-and-surplus", **({"profile": chosen.code} if chosen else {})
        ),
    )


def _pairs(
    profiles: tuple[ProfileFinding, ...], chosen: ProfileFinding | None
) -> list[tuple[ProfileFinding, Standing]]:
    if chosen is not None:
        return [(chosen, each) for each in chosen.standings]
    pairs = [(each, each.best) for each in profiles if each.best is not None]
    return sorted(
        pairs, key=lambda pair: (-pair[1].fit_percent, pair[1].surplus_percent, pair[0].code)
    )


def _choices(
    profiles: tuple[ProfileFinding, ...], chosen: ProfileFinding | None
) -> tuple[Choice, ...]:
    return (
        Choice("", "All profiles at their best", chosen is None),
        *(Choice(each.code, f"{each.code} {each.name}", each is chosen) for each in profiles),
    )


def _title(
    frame: Frame, pairs: list[tuple[ProfileFinding, Standing]], chosen: ProfileFinding | None
) -> str:
    if not pairs:
        return f"No standard stands {frame.window}"
    if chosen is not None:
        best = pairs[0][1]
        return f"{best.title} fits {chosen.code} best, at {best.fit_percent:.1f} %"
    counted = [RESPONSES[standing.response] for _, standing in pairs]
    words = [f"{counted.count(name)} {name.split()[0].lower()}" for name in RESPONSES.values()]
    return f"Suggested for {len(pairs)} profiles: " + ", ".join(words)


def _summary(chosen: ProfileFinding | None) -> str:
    what = (
        f"Each dot is one of the ten best standards of {chosen.code} {chosen.name}."
        if chosen
        else "Each dot is a profile beside its best standard."
    )
    return (
        f"{what} Further right, the standard covers more of the profile; further up, it holds "
        f"more that the profile does not need. The first {LABELLED} are numbered as in the table."
    )
