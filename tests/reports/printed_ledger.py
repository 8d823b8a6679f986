"""What must stand in the tables of a report, worked out from the snapshot's JSON alone.

Plain Python and nothing of the product: whoever holds the JSON could have written it. Wherever the
snapshot lists what a number counts, the number is counted again from that list. Rows are told by
what stands in some of their columns; a column that is left out holds words of the snapshot.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

Json = dict[str, Any]
Row = dict[str, str]
SIZES = "Profiles of each role level, and how many capabilities the smallest and the largest hold"
HORIZONS = ("short term", "medium term", "long term")


def n(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def pct(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} %"


def share(part: int, whole: int) -> str:
    return pct(round(100 * part / whole, 1)) if whole else "–"


def of(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}"


def day(iso: str | None) -> str:
    if not iso:
        return "not recorded"
    when = date.fromisoformat(iso)
    return f"{when.day} {when:%B %Y}"


def named(row: Json) -> str:
    return f"{row['code']} {row['name']}"


def expected(whole: Json) -> dict[str, list[Row]]:
    """Return the rows of every table with numbers in it, by its caption."""
    found: dict[str, list[Row]] = {}
    for part in (capabilities, people, agreement, occupations, ksbs, checklists, in_full):
        found |= part(whole)
    if whole["provision"]:
        found |= provision(whole) | standards(whole)
    return found


def capabilities(whole: Json) -> dict[str, list[Row]]:
    lines, told = whole["capabilities"]["lines"], whole["capabilities"]
    placed = [each for each in lines if each["function"]]
    functions = [each["name"] for each in told["functions"]]
    in_function = Counter(each["function"] for each in placed)
    found = {
        "Capabilities by domain": [
            {"Function": function, "Domain": domain, "Capabilities": n(count)}
            for (function, domain), count in _in_order(
                told["domains"],
                Counter((each["function"], each["domain"]) for each in placed),
            )
        ],
        "Capabilities by partner and function": [
            {
                "Partner": partner["name"],
                **{
                    function: n(
                        sum(
                            partner["name"] in each["partners"] and each["function"] == function
                            for each in placed
                        )
                    )
                    for function in functions
                },
                "All": n(sum(partner["name"] in each["partners"] for each in placed)),
            }
            for partner in told["partners"]
        ],
    }
    rows = [
        {
            "Function": each["name"],
            "Future": n(in_function[each["name"]]),
            "Share": share(in_function[each["name"]], len(placed)),
            **(_present(each["present"], "Strong today") if each["present"] else {}),
            **_today(each),
        }
        for each in told["functions"]
    ]
    found["Capabilities by function in the future, and captured today"] = rows
    found["Capabilities by function: the duties of today beside the future"] = rows
    found["Captured today by partner: cells of a classified capability and the partner"] = [
        {"Partner": each["name"], **_present(each["present"], "Strong")}
        for each in told["partners"]
        if each["present"]
    ]
    return found


def _in_order(listed: list[Json], counts: Counter[tuple[str, str]]) -> list[Any]:
    return [
        ((one["function"], one["domain"]), counts[one["function"], one["domain"]]) for one in listed
    ]


def _present(found: Json, strong: str) -> Row:
    captured = found["strong"] + found["some"] + found["none"]
    return {
        strong: n(found["strong"]),
        "Some": n(found["some"]),
        "None": n(found["none"]),
        "Not captured": n(found["missing"]),
        "Have it, of captured": share(found["strong"] + found["some"], captured),
    }


def _today(line: Json) -> Row:
    if line["current_count"] is None or line["present"]:
        return {}
    return {"Duties today": n(line["current_count"]), "Share today": pct(line["current_percent"])}


def people(whole: Json) -> dict[str, list[Row]]:
    told = whole["people"]
    groups = [f"{each['group'].capitalize()}s" for each in told["groups"]]
    held = told["organisations"]
    return {
        "People by group": [
            {
                "Group": name,
                "People": n(each["people"]),
                "Organisations": n(sum(one["people"][at] > 0 for one in held)),
            }
            for at, (name, each) in enumerate(zip(groups, told["groups"], strict=True))
        ],
        "Organisations and the number of their people in each group": [
            {
                "Organisation": each["name"],
                **{
                    name: n(count or None)
                    for name, count in zip(groups, each["people"], strict=True)
                },
            }
            for each in held
        ],
        "Timeline of the cycle": [
            {"Date": day(each["on"]), "Milestone": each["title"]}
            for each in whole["subject"]["milestones"]
        ],
        "Workshops": [
            {
                "Workshop": each["title"],
                "From": day(each["opened_on"]),
                "To": day(each["closed_on"]),
            }
            for each in whole["agreement"]["workshops"]
        ],
    }


def agreement(whole: Json) -> dict[str, list[Row]]:
    told, rule = whole["agreement"], whole["agreement"]["rule"]
    names = [each["name"] for each in told["outcomes"]]
    by_level = [
        {
            "Role level": each["role_level"],
            **dict(zip(names, map(n, each["counts"]), strict=True)),
            "Items": n(sum(each["counts"])),
        }
        for each in told["role_levels"]
    ]
    sums = [sum(each["counts"][at] for each in told["role_levels"]) for at in range(len(names))]
    everywhere = {
        "Role level": "All role levels",
        **dict(zip(names, map(n, sums), strict=True)),
        "Items": n(sum(sums)),
    }
    ends = [each["count"] for each in told["closings"]]
    decisions = decisions_of(whole)
    return {
        "Verdicts on the items of each role level": [*by_level, everywhere],
        "Verdicts": [
            {"Verdict": name, "Items": n(count), "Share of judged items": share(count, sum(sums))}
            for name, count in zip(names, sums, strict=True)
        ],
        "How asking ended": [
            {
                "End": each["name"],
                "Items": n(each["count"]),
                "Share of judged items": share(each["count"], sum(ends)),
            }
            for each in told["closings"]
        ],
        "The rule card": list(_rule_card(rule)),
        "Rounds": [
            {
                "Workshop and round": (
                    f"{each['workshop']}, round {each['number']} {day(each['opened_on'])}"
                ),
                "Items asked": n(each["asked"]),
                "Invited": n(each["invited"]),
                "Answered": f"{n(each['answered'])} ({share(each['answered'], each['invited'])})",
                "Agreed": n(each["agreed"]),
                "Left open": n(each["still_open"]),
            }
            for each in told["rounds"]
        ],
        "Stability and reliability of the closed rounds": [
            {
                "Workshop and round": f"{each['workshop']}, round {each['number']}",
                "Compared": n(each["compared"] or None),
                "Stable": n(each["stable"] if each["compared"] else None),
                "Middle change": pct(each["median_change_percent"]),
                "Alpha": _coefficient(each["alpha"]),
                "W": _coefficient(each["w"]),
            }
            for each in told["rounds"]
            if each["closed_on"]
        ],
        "What went otherwise than planned": [
            {"What was looked for": each["what"], "Times": n(each["count"])}
            for each in told["deviations"] or ()
        ],
        "How the result depends on the threshold of agreement": [
            {
                "Threshold": _in_force(each["threshold_percent"], rule["threshold_percent"]),
                "Items agreed": n(each["agreed"]),
                "Verdicts that would change": n(each["changed"]),
            }
            for each in told["sensitivity"]
        ],
        "Items without agreement": [
            {
                "What holds": _holds(each, decisions),
                "Role level": each["role_level"],
                **dict(
                    zip(
                        "NAPE",
                        map(n, each["counts"] or (None,) * 4),
                        strict=True,
                    )
                ),
            }
            for each in told["dissent"]
        ],
    }


def decisions_of(whole: Json) -> dict[str, int]:
    """Return the number of each of the convener's reasons, as the first to give it is met."""
    said = [each["decision"] for each in whole["agreement"]["dissent"] if each["decision"]]
    return {reason: at for at, reason in enumerate(dict.fromkeys(said), 1)}


def _holds(item: Json, decisions: dict[str, int]) -> str:
    decided = f", decided ({decisions[item['decision']]})" if item["decision"] else ""
    return f"{item['holds']}{decided}"


def _coefficient(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _in_force(threshold: int, own: int) -> str:
    return f"{threshold} %{' (in force)' if threshold == own else ''}"


def _rule_card(rule: Json) -> Iterator[Row]:
    yield {"Rule": "Share that makes agreement", "Value": f"{rule['threshold_percent']} %"}
    yield {"Rule": "Fewest raters for a verdict", "Value": n(rule["minimum_n"])}
    yield {"Rule": "Most change that is still stable", "Value": f"{rule['stability_percent']} %"}
    yield {"Rule": "Most rounds", "Value": n(rule["round_cap"])}
    yield {
        "Rule": "Fewest of the panel who answer, to ratify a profile",
        "Value": n(rule["panel_quorum"]),
    }
    yield {"Rule": "Who has to approve, to ratify it"}
    yield {"Rule": "Why these rules"}
    fixed = f"{day(rule['fixed_on'])}, before round 1 opened"
    yield {"Rule": "Fixed", "Value": fixed if rule["fixed_on"] else "not yet: no round has opened"}
    yield {"Rule": "SHA-256 of the rule", "Value": rule["digest"] or "not recorded"}


def occupations(whole: Json) -> dict[str, list[Row]]:
    told, levels = whole["occupations"], whole["subject"]["role_levels"]
    held = told["profiles"]
    academic = {each["name"]: each["academic_level"] for each in levels}
    return {
        "Role levels": [
            {"Role level": each["name"], "Academic level": n(each["academic_level"])}
            for each in levels
        ],
        "Proficiency by role level": [
            {
                "Role level": each["role_level"],
                "Needed": n(each["awareness"] + each["practitioner"] + each["expert"]),
                "Awareness": _share_of(each, "awareness"),
                "Practitioner": _share_of(each, "practitioner"),
                "Expert": _share_of(each, "expert"),
                "Not needed": n(each["not_needed"]),
            }
            for each in told["spread"]
        ],
        SIZES: [
            _level(each["role_level"], academic.get(each["role_level"]), held)
            for each in told["by_role_level"]
        ],
        "All profiles": [
            {
                "Code": each["code"],
                "Profile": each["name"],
                "Capabilities": n(len(each["members"])),
                "Unsupported": n(_unsupported(each)),
            }
            for each in held
        ],
        "Profiles ratified against objections": [
            {
                "Profile": named(each),
                "Approved": of(voted["approvals"], voted["answers"]),
                "Objected": of(voted["answers"] - voted["approvals"], voted["answers"]),
            }
            for each in held
            if (voted := each["ratification"]) and voted["answers"] > voted["approvals"]
        ],
    }


def _share_of(line: Json, level: str) -> str:
    needed = line["awareness"] + line["practitioner"] + line["expert"]
    return f"{share(line[level], needed)} ({n(line[level])})"


def _level(name: str, academic: int | None, held: list[Json]) -> Row:
    own = [each for each in held if each["role_level"] == name]
    sizes = [len(each["members"]) for each in own]
    return {
        "Role level": name,
        "Academic level": n(academic),
        "Profiles": n(len(own)),
        "Ratified": n(sum(each["status"] == "ratified" for each in own)),
        "Smallest": n(min(sizes, default=None)),
        "Largest": n(max(sizes, default=None)),
    }


def _unsupported(profile: Json) -> int | None:
    known = [each["is_supported"] for each in profile["members"]]
    return None if None in known else sum(not each for each in known)


def checklists(whole: Json) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for each in whole["checklist"]:
        found.setdefault(f"{each['guideline']}: reporting checklist", []).append(
            {
                "Item": each["number"],
                "Asked for": f"{each['theme']}: {each['item']}",
                "In this cycle": each["answer"] or "not recorded",
            }
        )
    return found


KINDS = (
    ("Knowledge", "K", "knowledge"),
    ("Skills", "S", "skill"),
    ("Behaviours", "B", "behaviour"),
)


def wording(line: Json) -> str:
    return " ".join(line["text"].casefold().split()).rstrip(" .")


def called_for(whole: Json) -> dict[str, dict[str, int]]:
    """Return the number of each statement that a profile calls for, whatever its capitals."""
    codes = {
        member["code"] for one in whole["occupations"]["profiles"] for member in one["members"]
    }
    found: dict[str, dict[str, int]] = {kind: {} for _, _, kind in KINDS}
    for line in whole["ksbs"]["lines"]:
        if line["code"] in codes:
            own = found[line["kind"]]
            own.setdefault(wording(line), len(own) + 1)
    return found


def runs(letter: str, numbers: set[int]) -> str:
    """Return labels in their order, three or more that follow on each other as a run."""
    parts, left = [], sorted(numbers)
    while left:
        last = left[0]
        while last + 1 in numbers:
            last += 1
        if last - left[0] > 1:
            parts.append(f"{letter}{left[0]}–{letter}{last}")
        else:
            parts += [f"{letter}{at}" for at in range(left[0], last + 1)]
        left = [each for each in left if each > last]
    return ", ".join(parts) or "–"


def _labels(profile: Json, whole: Json, numbers: dict[str, dict[str, int]]) -> Row:
    codes = {each["code"] for each in profile["members"]}
    own = [each for each in whole["ksbs"]["lines"] if each["code"] in codes]
    return {
        "Profile": named(profile),
        **{
            title: runs(
                letter,
                {numbers[kind][wording(one)] for one in own if one["kind"] == kind},
            )
            for title, letter, kind in KINDS
        },
    }


def ksbs(whole: Json) -> dict[str, list[Row]]:
    lines, numbers = whole["ksbs"]["lines"], called_for(whole)
    return {
        "Knowledge, skills and behaviours by profile": [
            _labels(each, whole, numbers) for each in whole["occupations"]["profiles"]
        ],
        "Future Competency Set of each role level": [
            _competencies(each["role_level"], whole, lines) for each in whole["ksbs"]["sets"]
        ],
    }


def _competencies(level: str, whole: Json, lines: list[Json]) -> Row:
    own = [one for one in whole["occupations"]["profiles"] if one["role_level"] == level]
    codes = {member["code"] for one in own for member in one["members"]}
    texts: dict[str, set[str]] = {"knowledge": set(), "skill": set(), "behaviour": set()}
    for line in lines:
        if line["code"] in codes:
            texts[line["kind"]].add(wording(line))
    without = codes - {line["code"] for line in lines}
    ratified = sum(each["status"] == "ratified" for each in own)
    return {
        "Role level": level,
        "Knowledge": n(len(texts["knowledge"])),
        "Skills": n(len(texts["skill"])),
        "Behaviours": n(len(texts["behaviour"])),
        "All": n(sum(map(len, texts.values()))),
        "Capabilities without a statement": of(len(without), len(codes)),
        "Profiles ratified": of(ratified, len(own)),
    }


def in_full(whole: Json) -> dict[str, list[Row]]:
    """Return each profile's capabilities with the level it holds them at."""
    return {
        f"{each['code']}: capabilities and levels": [
            {
                "Code": one["code"],
                "Level": one["level"],
                # The votes for the level: where they are told, they are these.
                "~Where the level comes from": one["voted"],
            }
            for one in each["members"]
        ]
        for each in whole["occupations"]["profiles"]
    }


def provision(whole: Json) -> dict[str, list[Row]]:
    told = whole["provision"]
    ranked = sorted(told["profiles"], key=lambda each: each["priority_rank"])
    priorities = [_priority(each) for each in ranked]
    suggested = Counter(
        each["standings"][0]["response"] for each in told["profiles"] if each["standings"]
    )
    return {
        "The profiles that need attention first": priorities[:5],
        "Profiles in order of priority": priorities,
        "Every profile against its best standard": [_best(each) for each in told["profiles"]],
        "Suggested responses": [
            {"Response": each["response"], "Profiles": n(suggested[each["response"]])}
            for each in told["responses"]
        ],
        "What the profiles were compared with": [
            {
                "Framework": f"{each['name']}{_version(each)}"
                f"{' (illustrative)' if each['is_illustrative'] else ''}",
                "Snapshot": day(each["snapshot_on"]),
                "Standards compared": of(each["compared"], each["standards"]),
                "Without duties": n(each["lacking_duties"]),
                "Duties": n(each["duties"]),
            }
            for each in told["frameworks"]
        ],
        "Unsupported capabilities at other thresholds": [
            {
                "Threshold": _in_force(each["threshold_percent"], told["threshold_percent"]),
                "Unsupported": n(each["unsupported_count"]),
                "Share of those compared": share(each["unsupported_count"], told["capabilities"]),
            }
            for each in told["curve"]
        ],
        "Capabilities that no standard supports": [
            {"Code": each["code"], "Score": pct(each["nearest_percent"])}
            for each in sorted(told["unsupported_lines"], key=lambda one: _place(one["horizon"]))
        ],
        "What is proposed for capabilities without support": [
            _horizon(each, told["unsupported_lines"]) for each in HORIZONS
        ],
        "Capabilities that generic duties alone support": [
            {"Code": each["code"], "Score": pct(each["score_percent"])}
            for each in told["only_generic_lines"]
        ],
    }


def _place(horizon: str) -> int:
    return HORIZONS.index(horizon) if horizon in HORIZONS else len(HORIZONS)


def _horizon(name: str, lines: list[Json]) -> Row:
    count = sum(each["horizon"] == name for each in lines)
    return {
        "Horizon": name.capitalize(),
        "Capabilities": n(count),
        "Share": share(count, len(lines)),
    }


def _priority(line: Json) -> Row:
    best = max((each["fit_percent"] for each in line["standings"]), default=None)
    return {
        "Priority": n(line["priority_rank"]),
        "Profile": named(line),
        "Role level": line["role_level"],
        "Unsupported": of(len(line["unsupported_codes"]), line["member_count"]),
        "Best fit": pct(best),
    }


def _best(line: Json) -> Row:
    if not line["standings"]:
        return {"Profile": named(line), "Fit": "–", "Surplus": "–"}
    best = max(line["standings"], key=lambda each: each["fit_count"])
    fit, size = best["fit_count"], line["member_count"]
    spare, duties = best["surplus_count"], best["duty_count"]
    return {
        "Profile": named(line),
        "Best standard": f"{best['title']} ({best['reference']}, {level_of(best)}"
        f"{framework_of(best)})",
        "Fit": f"{share(fit, size)} {of(fit, size)}",
        "Surplus": f"{share(spare, duties)} {of(spare, duties)}",
    }


def _version(found: Json, lead: str = ", version ") -> str:
    return f"{lead}{found['version']}" if found["version"] else ""


def level_of(standing: Json) -> str:
    return f"level {standing['level']}" if standing["level"] else "level unknown"


def framework_of(standing: Json, lead: str = ", of ") -> str:
    return f"{lead}{standing['framework']}" if standing["framework"] else ""


def standards(whole: Json) -> dict[str, list[Row]]:
    """Return the standards of each profile, and the worked example."""
    told = whole["provision"]
    found = {
        f"{line['code']}: the standards that fit it best": [
            {
                "Fit": f"{share(one['fit_count'], line['member_count'])}, "
                f"{of(one['fit_count'], line['member_count'])}",
                "Surplus": f"{share(one['surplus_count'], one['duty_count'])}, "
                f"{of(one['surplus_count'], one['duty_count'])}",
                "Standard": f"{one['title']} ({one['reference']}{_version(one, ', v. ')}"
                f"{framework_of(one, ', ')})",
                "Level": level_of(one).capitalize(),
            }
            for one in line["standings"]
            if one["fit_count"]
        ]
        for line in told["profiles"]
    }
    worked = told["worked"]
    if worked:
        standing = worked["standing"]
        caption = f"{named(worked)} against {standing['title']} ({standing['reference']})"
        found[caption] = [
            {"Capability": f"{each['code']} {each['text']}", "Score": pct(each["score_percent"])}
            for each in worked["pairs"]
        ]
    return found


SOME: dict[str, Callable[[Json, Row], bool]] = {
    "Unsupported capabilities at other thresholds": (
        lambda whole, row: row["Threshold"].endswith("(in force)")
    )
}
"""Tables that print some of their rows, and which of them have to be there."""


def names_of(whole: Json) -> Iterator[str]:
    """Yield the names of things, as they stand in sentences: their digits count nothing."""
    told = whole["provision"] or {"profiles": []}
    for each in (*whole["occupations"]["profiles"], *told["profiles"]):
        yield from (named(each), f"({each['code']})", each["name"])
        for one in each.get("standings", ()):
            yield from (f"{one['title']} ({one['reference']})", one["title"])
    for each in whole["actions"]:
        yield each["topic"]
    for each in whole["references"]:
        yield each["text"]


def phrases(whole: Json) -> Iterator[str]:
    """Yield what cells and sentences of words say with numbers of the snapshot in it."""
    for each in whole["capabilities"]["lines"]:
        yield f"{each['code']} {each['text']}"
    yield from names_of(whole)
    for each in whole["occupations"]["profiles"]:
        for one in each["members"]:
            yield f"Voted, {one['voted'].rpartition(', ')[2]}"
    for number in decisions_of(whole).values():
        yield f"Decided by the convener ({number})"
    for each in whole["sources"]:
        since = f" snapshot of {day(each['snapshot_on'])}" if each["snapshot_on"] else ""
        told = " illustrative" if each["is_illustrative"] else ""
        yield f"{each['name']} version {each['version']}{since}{told}"
        yield f"{each['name']}{since}{told}"
    for each in (whole["provision"] or {"frameworks": []})["frameworks"]:
        yield f"{each['name']}{_version(each)}, snapshot of {day(each['snapshot_on'])}"
    for each in whole["narrative"]:
        # A drafted sentence is the system's: what it types itself, a claim has to answer for.
        own = re.sub(r"\d[\d,.]*(?![^{]*\}\})", "\n", each["markdown"])
        yield filled_in(own if each["is_drafted"] else each["markdown"], whole)


def filled_in(markdown: str, whole: Json) -> str:
    """Return prose as it is read, the numbers that it names filled in from the snapshot."""
    told = whole["provision"] or {}
    values = {
        "capabilities.count": n(len(whole["capabilities"]["lines"])),
        "capabilities.submitted": n(whole["capabilities"]["submitted"]),
        "unsupported.count": n(len(told.get("unsupported_lines", ()))),
        "unsupported.share": share(
            len(told.get("unsupported_lines", ())), told.get("capabilities", 0)
        ),
        "supported.count": n(told.get("capabilities", 0) - len(told.get("unsupported_lines", ()))),
        "partners.count": n(len(whole["subject"]["partners"])),
        "role_levels.count": n(len(whole["subject"]["role_levels"])),
        "people.count": n(sum(each["people"] for each in whole["people"]["groups"])),
        "organisations.count": n(len(whole["people"]["organisations"])),
        "profiles.count": n(len(whole["occupations"]["profiles"])),
        "profiles.ratified": n(
            sum(each["status"] == "ratified" for each in whole["occupations"]["profiles"])
        ),
        "ksbs.count": n(len(whole["ksbs"]["lines"])),
        "standards.compared": n(told.get("standards_compared")),
        "standards.count": n(told.get("standards")),
        "duties.count": n(told.get("duties")),
        "rounds.count": n(len(whole["agreement"]["rounds"])),
        "threshold.match": pct(told.get("threshold_percent")),
        "threshold.agreement": pct(whole["agreement"]["rule"]["threshold_percent"]),
        "actions.count": n(len(whole["actions"])),
    }
    said = re.sub(r"\{\{\s*([^{}]*?)\s*\}\}", lambda found: values.get(found[1], "\n"), markdown)
    said = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", said)
    return re.sub(r"\\(?=\W)|\*\*|^[*-] |^\d+\. ", "", said, flags=re.MULTILINE)
