"""The numbers of every page, counted again from the CSV files of the data package alone.

Plain Python, and nothing of the product: whoever holds the package could have written it from
README.md. Each function returns, for one table of one page, what must stand in some columns of
each row, by the columns that tell its rows apart.
"""

import csv
import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

LEVELS = ("Not needed", "Awareness", "Practitioner", "Expert")
KINDS = ("knowledge", "skill", "behaviour")
Row = dict[str, str]
Rows = dict[tuple[Any, ...], dict[str, Any]]


def share(count: int, total: int) -> float:
    return round(100 * count / total, 1) if total else 0.0


def maybe_share(count: int, total: int) -> float | None:
    return share(count, total) if total else None


def number(text: str) -> int | None:
    return int(text) if text else None


def cut(millionths: int) -> float:
    """Return a score in per cent with one decimal, cut."""
    return millionths // 1_000 / 10


def verdict_of(counts: list[int], threshold: int, minimum: int) -> str:
    """Judge a cell by the rule of the README of every round's bundle."""
    n, needed = sum(counts), counts[1:]
    m = sum(needed)
    if n < minimum:
        return "Too few rated"
    if 100 * counts[0] >= threshold * n:
        return "Agreed: not needed"
    if 100 * m < threshold * n:
        return "Split on whether it is needed"
    if 100 * max(needed) >= threshold * m:
        return "Agreed on a level"
    pairs = (needed[0] + needed[1], needed[1] + needed[2])
    return "Between two levels" if 100 * max(pairs) >= threshold * m else "No level"


AGREED = ("Agreed on a level", "Agreed: not needed")


class Files:
    """The tables of a package."""

    def __init__(self, content: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(content))
        self.read: dict[str, list[Row]] = {}

    def __getitem__(self, name: str) -> list[Row]:
        if name not in self.read:
            text = self.archive.read(f"data/{name}.csv").decode()
            self.read[name] = list(csv.DictReader(io.StringIO(text, newline="")))
        return self.read[name]


@dataclass(frozen=True)
class Standing:
    """A profile against a standard."""

    standard: Row
    fit_count: int
    members: int
    surplus_count: int
    duties: int

    @property
    def fit(self) -> float:
        return share(self.fit_count, self.members)

    @property
    def surplus(self) -> float:
        return share(self.surplus_count, self.duties)

    @property
    def response(self) -> str:
        fit, surplus = 100 * self.fit_count / self.members, 100 * self.surplus_count / self.duties
        if fit < 40:
            return "New standard"
        if fit < 70:
            return "Extend with a module or CPD"
        return "Adopt" if surplus <= 50 else "Adapt"


class Package:
    """A package, and what follows from it at a threshold."""

    def __init__(self, content: bytes, threshold: int | None = None) -> None:
        self.files = Files(content)
        self.facts = {row["name"]: row["value"] for row in self.files["facts"]}
        self.rule = {row["name"]: row["value"] for row in self.files["rule-card"]}
        self.own = int(self.facts.get("match_threshold_percent", 50))
        self.threshold = max(threshold or self.own, int(self.facts.get("match_floor_percent", 0)))
        self.capabilities = {row["code"]: row for row in self.files["capabilities"]}
        self.profiles = {row["code"]: row for row in self.files["profiles"]}
        self.role_levels = [row["name"] for row in self.files["role-levels"]]
        self.functions = [row["name"] for row in self.files["functions"]]

    # What was captured and judged

    @cached_property
    def partners_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {code: [] for code in self.capabilities}
        for row in self.files["capability-partners"]:
            found[row["capability"]].append(row["partner"])
        return found

    @cached_property
    def cells(self) -> dict[tuple[str, str], Row]:
        return {(row["capability"], row["role_level"]): row for row in self.files["cells"]}

    @staticmethod
    def counts(row: Row) -> list[int]:
        words = [row[name] for name in ("not_needed", "awareness", "practitioner", "expert")]
        return [int(each) for each in words] if words[0] else []

    @cached_property
    def members(self) -> dict[str, dict[str, Row]]:
        found: dict[str, dict[str, Row]] = {code: {} for code in self.profiles}
        for row in self.files["profile-members"]:
            found[row["profile"]][row["capability"]] = row
        return found

    def profiles_of(self, code: str) -> list[str]:
        return [each for each in self.profiles if code in self.members[each]]

    @cached_property
    def asked_today(self) -> list[Row]:
        """Today's state of classified capabilities: the partner's own, and those of no partner."""
        return [
            row
            for row in self.files["current-state"]
            if self.capabilities[row["capability"]]["function"]
            and row["partner"] in (self.partners_of[row["capability"]] or [row["partner"]])
        ]

    @cached_property
    def strongest(self) -> dict[str, str]:
        order = ("strong", "some", "none")
        found: dict[str, str] = {}
        for row in self.asked_today:
            best = found.get(row["capability"], "none")
            found[row["capability"]] = min(best, row["strength"], key=order.index)
        return found

    # Matches

    @cached_property
    def scores(self) -> dict[str, dict[int, int]]:
        """The scores in millionths, by capability and duty."""
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for row in self.files["matches"]:
            if row["score"]:
                score = round(float(row["score"]) * 1_000_000)
                found[row["capability"]][int(row["duty"])] = score
        return found

    @cached_property
    def chances(self) -> dict[tuple[str, int], float]:
        return {
            (row["capability"], int(row["duty"])): float(row["chance"])
            for row in self.files["matches"]
            if row["chance"]
        }

    @cached_property
    def kept(self) -> set[tuple[str, int]]:
        return {
            (row["capability"], int(row["duty"]))
            for row in self.files["matches"]
            if row["is_kept"] == "true"
        }

    @cached_property
    def verdicts(self) -> dict[tuple[str, int], str]:
        return {
            (row["capability"], int(row["duty"])): row["verdict"]
            for row in self.files["match-reviews"]
        }

    def said(self, code: str, duty: int) -> str:
        """Return what reviewers agree on, in the words of pages."""
        found = self.verdicts.get((code, duty))
        return "" if found is None else found or "not settled"

    @cached_property
    def compared(self) -> list[str]:
        return [row["code"] for row in self.files["compared-capabilities"]]

    @cached_property
    def standards(self) -> dict[str, Row]:
        return {row["id"]: row for row in self.files["standards"] if row["is_compared"] == "true"}

    @cached_property
    def duties(self) -> dict[int, Row]:
        return {int(row["number"]): row for row in self.files["duties"]}

    @cached_property
    def duties_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for place, row in self.duties.items():
            found[row["standard"]].append(place)
        return found

    def matches_at(self, threshold: int) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {code: set() for code in self.compared}
        for code, scores in self.scores.items():
            for duty, score in scores.items():
                said = self.verdicts.get((code, duty), "")
                reaches = score >= threshold * 10_000 and (code, duty) in self.kept
                if said == "accepted" or (reaches and said != "rejected"):
                    found[code].add(duty)
        for (code, duty), said in self.verdicts.items():
            if said == "accepted":
                found[code].add(duty)
        return found

    @cached_property
    def matches(self) -> dict[str, set[int]]:
        return self.matches_at(self.threshold)

    def support(self, code: str) -> str:
        if code not in self.matches:
            return "Not compared"
        return "Supported" if self.matches[code] else "Unsupported"

    def best(self, code: str) -> int | None:
        """The duty that speaks most for a match: accepted first, then the higher score."""
        held = [
            duty
            for duty in {*self.scores.get(code, {}), *self.matches.get(code, ())}
            if self.verdicts.get((code, duty)) != "rejected"
        ]
        return min(
            held,
            key=lambda duty: (
                self.verdicts.get((code, duty)) != "accepted",
                -self.scores[code].get(duty, -1),
                duty,
            ),
            default=None,
        )

    def best_percent(self, code: str) -> float | None:
        duty = self.best(code)
        return None if duty is None else cut(self.scores[code][duty])

    # Fit and surplus

    @cached_property
    def held(self) -> dict[str, list[str]]:
        """The capabilities of each profile that the run compared."""
        found: dict[str, list[str]] = {code: [] for code in self.profiles}
        for row in self.files["compared-profiles"]:
            if row["is_compared"] == "true":
                found[row["profile"]].append(row["capability"])
        return found

    def may_compare(self, profile: Row, standard: Row) -> bool:
        level, other = number(profile["academic_level"]), number(standard["level"])
        return level is not None and (other is None or abs(level - other) <= 1)

    def standing(self, profile: str, standard: str) -> Standing:
        members, duties = self.held[profile], self.duties_of[standard]
        used = {duty for code in members for duty in self.matches[code]}
        return Standing(
            standard=self.standards[standard],
            fit_count=sum(not self.matches[code].isdisjoint(duties) for code in members),
            members=len(members),
            surplus_count=sum(duty not in used for duty in duties),
            duties=len(duties),
        )

    @cached_property
    def standings(self) -> dict[str, list[Standing]]:
        two_way = {
            (row["profile"], row["standard"]): float(row["two_way"])
            for row in self.files["coverage"]
        }
        found = {}
        for code, profile in self.profiles.items():
            own = [
                self.standing(code, id_)
                for id_, standard in self.standards.items()
                if self.held[code] and self.may_compare(profile, standard)
            ]
            own.sort(
                key=lambda each: (
                    -each.fit_count,
                    100 * each.surplus_count / each.duties,
                    -two_way.get((code, each.standard["id"]), 0.0),
                    int(each.standard["number"]),
                )
            )
            found[code] = own[:10]
        return found

    def unsupported_of(self, profile: str) -> list[str]:
        return [code for code in self.held[profile] if not self.matches[code]]

    @cached_property
    def ranking(self) -> list[str]:
        def need(code: str) -> tuple[bool, int, float]:
            best = self.standings[code][:1]
            fit = 100 * best[0].fit_count / best[0].members if best else -1.0
            return not self.held[code], -len(self.unsupported_of(code)), fit

        return sorted(self.profiles, key=need)

    # KSBs

    @cached_property
    def wordings(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.files["ksbs"]:
            words = " ".join(row["text"].split()).casefold().rstrip(" .")
            found[row["kind"], words].append(row)
        return found

    def callers(self, lines: list[Row]) -> list[str]:
        codes = {row["capability"] for row in lines}
        return sorted(each for each in self.profiles if codes & set(self.members[each]))

    def called(self, profile: str) -> int:
        return sum(profile in self.callers(lines) for lines in self.wordings.values())
