"""What the tables of each page must say, from ``recount``. Plain Python still."""

from collections import Counter
from typing import Any

from tests.reports.recount import (
    AGREED,
    KINDS,
    LEVELS,
    Package,
    Row,
    Rows,
    Standing,
    cut,
    maybe_share,
    number,
    share,
    verdict_of,
)

UNPLACED = "Not classified"


def _partner(package: Package, name: str) -> dict[str, Any]:
    own = [code for code, held in package.partners_of.items() if name in held]
    functions = Counter(package.capabilities[code]["function"] for code in own)
    present = [row["strength"] for row in package.asked_today if row["partner"] == name]
    held = maybe_share(sum(each != "none" for each in present), len(present))
    return {
        **{each.lower(): functions[each] for each in package.functions},
        "total": sum(functions[each] for each in package.functions),
        "unsupported": sum(package.support(code) == "Unsupported" for code in own),
        **({"held_percent": held} if package.facts["current_state"] == "captured" else {}),
    }


def partners(package: Package) -> Rows:
    return {(row["name"],): _partner(package, row["name"]) for row in package.files["partners"]}


def groups(package: Package) -> Rows:
    return {
        (row["group"].capitalize(),): {
            "people": int(row["people"]),
            "organisations": int(row["organisations"]),
        }
        for row in package.files["groups"]
    }


def needed_at(package: Package, code: str) -> list[str]:
    return [
        level
        for level in package.role_levels
        if (cell := package.cells.get((code, level)))
        and cell["is_settled"] == "true"
        and cell["holds"] not in ("", "Not needed")
    ]


def capabilities(package: Package) -> Rows:
    ksbs = Counter(row["capability"] for row in package.files["ksbs"])
    return {
        (code,): {
            "text": row["text"],
            "domain": row["domain"],
            "partners": package.partners_of[code],
            "role_levels": needed_at(package, code),
            "profiles": len(package.profiles_of(code)),
            "ksbs": ksbs[code],
            "best_percent": package.best_percent(code),
            "support": package.support(code),
        }
        for code, row in package.capabilities.items()
    }


def _place(package: Package, rows: list[Row], total: int) -> dict[str, Any]:
    strengths = [package.strongest.get(row["code"], "") for row in rows]
    support = Counter(package.support(row["code"]) for row in rows)
    held, captured = (
        sum(each in ("strong", "some") for each in strengths),
        sum(map(bool, strengths)),
    )
    is_captured = package.facts["current_state"] == "captured"
    return {
        "future": len(rows),
        "future_percent": share(len(rows), total),
        "today": held if is_captured else None,
        "captured": captured if is_captured else None,
        "today_percent": maybe_share(held, captured) if is_captured else None,
        "supported": support["Supported"] if package.compared else None,
        "unsupported": support["Unsupported"] if package.compared else None,
    }


def functions(package: Package) -> Rows:
    placed = [row for row in package.capabilities.values() if row["function"]]
    found = {}
    for row in package.files["functions"]:
        own = [each for each in placed if each["function"] == row["name"]]
        found[row["name"],] = _place(package, own, len(placed))
        if package.facts["current_state"] == "proxy":
            today, of_all = number(row["current_duties"]) or 0, int(package.facts["current_duties"])
            found[row["name"],] |= {"today": today, "today_percent": share(today, of_all)}
    return found


def domains(package: Package) -> Rows:
    placed = [row for row in package.capabilities.values() if row["function"]]
    names = dict.fromkeys((row["function"], row["domain"]) for row in placed)
    return {
        place: _place(
            package,
            [row for row in placed if (row["function"], row["domain"]) == place],
            len(placed),
        )
        for place in names
    }


def supply_chain(package: Package) -> Rows:
    return {
        (code,): {
            "partners": package.partners_of[code],
            "best_percent": package.best_percent(code),
            "support": package.support(code),
        }
        for code in package.capabilities
    }


def shared(package: Package) -> Rows:
    names = [row["name"] for row in package.files["partners"]]
    own = {
        name: {code for code, held in package.partners_of.items() if name in held} for name in names
    }
    return {
        (one, other): {
            "both": len(own[one] & own[other]),
            "either": len(own[one] | own[other]),
            "shared_percent": share(len(own[one] & own[other]), len(own[one] | own[other])),
        }
        for at, one in enumerate(names)
        for other in names[at + 1 :]
    }


def matrix(package: Package) -> Rows:
    found: Rows = {}
    for code in package.capabilities:
        levels = {}
        for name, profile in package.profiles.items():
            member = package.members[name].get(code)
            cell = package.cells.get((code, profile["role_level"]))
            said = bool(cell and cell["is_settled"] == "true" and cell["holds"] == "Not needed")
            levels[name] = member["level"] if member else "Not needed" if said else ""
        needing = sum(each not in ("", "Not needed") for each in levels.values())
        if needing:
            found[code,] = {"profiles": needing, **levels}
    return found


def matrix_levels(package: Package) -> Rows:
    return {
        (profile, code): {"level": row["level"]}
        for profile, members in package.members.items()
        for code, row in members.items()
        if code in package.capabilities
    }


def matrix_domains(package: Package) -> Rows:
    found: Rows = {}
    for code, row in package.capabilities.items():
        needing = [name for name in package.profiles if code in package.members[name]]
        if not needing:
            continue
        own = found.setdefault(
            (row["function"] or UNPLACED, row["domain"] or UNPLACED),
            {"capabilities": 0, **dict.fromkeys(package.profiles, 0)},
        )
        own["capabilities"] += 1
        for name in needing:
            own[name] += 1
    for own in found.values():
        own["profiles"] = sum(own[name] > 0 for name in package.profiles)
    return found


def profiles(package: Package) -> Rows:
    found: Rows = {}
    for code, row in package.profiles.items():
        members = package.members[code]
        levels = Counter(each["level"] for each in members.values())
        best = package.standings[code][0] if package.standings[code] else None
        found[code,] = {
            "name": row["name"],
            "capabilities": len(members),
            "unsupported": len(package.unsupported_of(code)),
            "best_fit": best.fit if best else None,
            "best_standard": best.standard["title"] if best else "",
            "ksbs": package.called(code),
            "status": row["status"],
            "awareness": levels["Awareness"],
            "practitioner": levels["Practitioner"],
            "expert": levels["Expert"],
            "approvals": number(row["approvals"]),
            "answers": number(row["answers"]),
            "removed": sum(each["profile"] == code for each in package.files["profile-removed"]),
        }
    return found


def profile_levels(package: Package) -> Rows:
    found: Rows = {}
    for level in package.role_levels:
        holds = Counter(
            row["holds"]
            for (_, own), row in package.cells.items()
            if own == level and row["is_settled"] == "true"
        )
        needed = sum(holds[each] for each in LEVELS[1:])
        found[level,] = {
            "profiles": sum(row["role_level"] == level for row in package.profiles.values()),
            "needed": needed,
            "not_needed": holds["Not needed"],
            **{f"{each.lower()}_percent": maybe_share(holds[each], needed) for each in LEVELS[1:]},
        }
    return found


def _highest(levels: list[str]) -> str:
    return max(levels, key=LEVELS.index, default="")


def ksbs(package: Package) -> Rows:
    found: Rows = {}
    for (kind, _), lines in package.wordings.items():
        codes = sorted({row["capability"] for row in lines})
        callers = package.callers(lines)
        levels = {
            name: [
                member["level"]
                for profile in callers
                if package.profiles[profile]["role_level"] == name
                for code, member in package.members[profile].items()
                if code in codes
            ]
            for name in package.role_levels
        }
        found[kind, lines[0]["text"]] = {
            "capability_count": len(codes),
            "profile_count": len(callers),
            "capabilities": codes,
            "profiles": callers,
            "role_levels": [name for name, held in levels.items() if held],
            "highest": _highest([each for held in levels.values() for each in held]),
            **{f"level_{at}": _highest(held) for at, held in enumerate(levels.values(), 1)},
        }
    return found


def ksb_levels(package: Package) -> Rows:
    with_ksbs = {row["capability"] for row in package.files["ksbs"]}
    found: Rows = {}
    for level in package.role_levels:
        own = [code for code, row in package.profiles.items() if row["role_level"] == level]
        held = {code for profile in own for code in package.members[profile]}
        kinds = Counter(
            kind
            for (kind, _), lines in package.wordings.items()
            if set(package.callers(lines)) & set(own)
        )
        found[level,] = {
            **{kind: kinds[kind] for kind in KINDS},
            "total": sum(kinds.values()),
            "profiles": len(own),
            "without": len(held - with_ksbs),
        }
    return found


def ksb_gaps(package: Package) -> Rows:
    with_ksbs = {row["capability"] for row in package.files["ksbs"]}
    return {
        (code,): {
            "profiles": holders,
            "role_levels": list(
                dict.fromkeys(package.profiles[each]["role_level"] for each in holders)
            ),
        }
        for code in package.capabilities
        if code not in with_ksbs and (holders := package.profiles_of(code))
    }


def _standard(package: Package, duty: int) -> Row:
    return package.standards[package.duties[duty]["standard"]]


def provision(package: Package) -> Rows:
    found: Rows = {}
    for code in package.compared:
        duty = package.best(code)
        matches = package.matches[code]
        generic = [each for each in matches if package.duties[each]["is_generic"] == "true"]
        plain = [
            each
            for each in matches
            if each not in generic or package.verdicts.get((code, each)) == "accepted"
        ]
        found[code,] = {
            "supported": bool(matches),
            "by_score": any(
                score >= package.threshold * 10_000 and (code, each) in package.kept
                for each, score in package.scores[code].items()
            ),
            "only_generic": bool(matches) and not plain,
            "duty": package.duties[duty]["text"] if duty else "",
            "standard": _standard(package, duty)["title"] if duty else "",
            "score": package.best_percent(code),
            "verdict": package.said(code, duty) if duty else "",
            "matches": len(matches),
            "generic_matches": len(generic),
            "profiles": [each for each in package.profiles if code in package.held[each]],
        }
    return found


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "fit": standing.fit,
        "fit_count": standing.fit_count,
        "surplus": standing.surplus,
        "surplus_count": standing.surplus_count,
        "duties": standing.duties,
        "response": standing.response,
    }


def fit(package: Package) -> Rows:
    return {
        (code, rank): {
            "standard": each.standard["title"],
            "reference": each.standard["reference"],
            "capabilities": each.members,
            **_standing(each),
        }
        for code, own in package.standings.items()
        for rank, each in enumerate(own, 1)
    }


def quadrants(package: Package) -> Rows:
    return {
        (code,): {"standard": own[0].standard["title"], **_standing(own[0])}
        for code, own in package.standings.items()
        if own
    }


def matches(package: Package) -> Rows:
    return {
        (code,): {
            "profiles": [each for each in package.profiles if code in package.held[each]],
            "matches": len(package.matches[code]),
            "best": package.best_percent(code),
        }
        for code in package.compared
        if any(code in package.held[each] for each in package.profiles)
    }


def priorities(package: Package) -> Rows:
    found: Rows = {}
    for rank, code in enumerate(package.ranking, 1):
        best = package.standings[code][0] if package.standings[code] else None
        unsupported, held = len(package.unsupported_of(code)), len(package.held[code])
        found[code,] = {
            "rank": rank,
            "report_rank": rank,
            "unsupported": unsupported,
            "unsupported_percent": share(unsupported, held),
            "compared": held,
            "best_fit": best.fit if best else None,
            "surplus": best.surplus if best else None,
            "best_standard": best.standard["title"] if best else "",
        }
    return found


def consensus(package: Package) -> Rows:
    rounds = Counter((row["capability"], row["role_level"]) for row in package.files["cell-rounds"])
    found: Rows = {}
    for place, row in package.cells.items():
        counts = package.counts(row)
        said = counts or [None] * 4
        found[place] = {
            "n": sum(counts) if counts else None,
            **{
                f"said_{name.lower().replace(' ', '_')}": each
                for name, each in zip(LEVELS, said, strict=True)
            },
            "outcome": row["outcome"],
            "holds": row["holds"],
            "rounds": rounds[place],
            "is_agreed": row["outcome"] in AGREED,
            "agreement": float(row["agreement"]) if row["agreement"] else None,
        }
    return found


def consensus_levels(package: Package) -> Rows:
    found: Rows = {}
    for level in package.role_levels:
        outcomes = Counter(
            row["outcome"] for (_, own), row in package.cells.items() if own == level
        )
        total = outcomes.total()
        found[level,] = {
            "total": total,
            "agreed_percent": maybe_share(sum(outcomes[each] for each in AGREED), total),
        }
    return found


def disagreement(package: Package) -> Rows:
    found: Rows = {}
    for (code, level), row in package.cells.items():
        place = package.capabilities[code]
        own = found.setdefault((place["function"] or UNPLACED, place["domain"] or UNPLACED), {})
        at = package.role_levels.index(level) + 1
        own[f"judged_{at}"] = own.get(f"judged_{at}", 0) + 1
        own[f"apart_{at}"] = own.get(f"apart_{at}", 0) + (row["outcome"] not in AGREED)
    return found


def thresholds(package: Package) -> Rows:
    own = sum(not each for each in package.matches_at(package.own).values())
    found: Rows = {}
    shown = {package.threshold, package.own, *range(40, 100, 5)}
    for threshold in sorted(shown):
        held = package.matches_at(threshold)
        alone = sum(not each for each in held.values())
        open_ = [
            (code, duty)
            for code, duties in held.items()
            for duty in duties
            if not package.verdicts.get((code, duty))
        ]
        doubt = sum(1 - package.chances[place] for place in open_ if place in package.chances)
        found[threshold,] = {
            "unsupported": alone,
            "share": share(alone, len(held)),
            "difference": alone - own,
            "matches": sum(map(len, held.values())),
            "false": round(doubt) if package.chances else None,
        }
    return found


def near(package: Package) -> Rows:
    found: Rows = {}
    for code in package.compared:
        duty = package.best(code)
        if duty is None or package.verdicts.get((code, duty)) == "accepted":
            continue
        best = cut(package.scores[code][duty])
        if abs(round(best - package.threshold, 1)) <= 5:
            found[code,] = {"best": best, "margin": round(best - package.threshold, 1)}
    return found


def agreement(package: Package) -> Rows:
    own, minimum = int(package.rule["threshold_percent"]), int(package.rule["minimum_n"])
    explored = max(51, own - 5)
    cells = [counts for row in package.cells.values() if (counts := package.counts(row))]
    few = sum(
        not package.counts(row) and row["outcome"] == "Too few rated"
        for row in package.cells.values()
    )
    by_rule = [verdict_of(each, own, minimum) for each in cells]
    found: Rows = {}
    for threshold in sorted({own, explored, *range(55, 101, 5)}):
        again = [verdict_of(each, threshold, minimum) for each in cells]
        outcomes = Counter(again)
        agreed = sum(outcomes[each] for each in AGREED)
        found[threshold,] = {
            "agreed": agreed,
            "share": share(agreed, len(cells) + few),
            "changed": sum(one != other for one, other in zip(by_rule, again, strict=True)),
            "level": outcomes["Agreed on a level"],
            "not_needed": outcomes["Agreed: not needed"],
            "split": outcomes["Split on whether it is needed"],
            "adjacent": outcomes["Between two levels"],
            "no_level": outcomes["No level"],
            "insufficient": outcomes["Too few rated"] + few,
        }
    return found if cells else {}


def actions(package: Package) -> Rows:
    return {
        (row["topic"], row["actions"]): {
            "result": row["result"],
            "who": row["who"],
            "status": row["status"].capitalize(),
        }
        for row in package.files["actions"]
    }


TABLES: dict[tuple[str, str], tuple[tuple[str, ...], Any]] = {
    ("overview", "partners"): (("partner",), partners),
    ("overview", "people"): (("group",), groups),
    ("capabilities", "capabilities"): (("code",), capabilities),
    ("capabilities", "functions"): (("function",), functions),
    ("capabilities", "domains"): (("function", "domain"), domains),
    ("supply-chain", "supply-chain"): (("code",), supply_chain),
    ("supply-chain", "partners"): (("partner",), partners),
    ("supply-chain", "shared"): (("first", "second"), shared),
    ("matrix", "matrix"): (("code",), matrix),
    ("matrix", "levels"): (("profile", "capability"), matrix_levels),
    ("matrix", "domains"): (("function", "domain"), matrix_domains),
    ("profiles", "profiles"): (("code",), profiles),
    ("profiles", "role-levels"): (("role_level",), profile_levels),
    ("ksbs", "ksbs"): (("kind", "text"), ksbs),
    ("ksbs", "role-levels"): (("role_level",), ksb_levels),
    ("ksbs", "without"): (("code",), ksb_gaps),
    ("provision", "provision"): (("code",), provision),
    ("fit", "fit"): (("profile", "rank"), fit),
    ("quadrants", "quadrants"): (("profile",), quadrants),
    ("matches", "matches"): (("code",), matches),
    ("priorities", "priorities"): (("code",), priorities),
    ("consensus", "consensus"): (("code", "role_level"), consensus),
    ("consensus", "role-levels"): (("role_level",), consensus_levels),
    ("consensus", "disagreement"): (("function", "domain"), disagreement),
    ("sensitivity", "thresholds"): (("threshold",), thresholds),
    ("sensitivity", "near"): (("code",), near),
    ("sensitivity", "agreement"): (("threshold",), agreement),
    ("actions", "actions"): (("topic", "actions"), actions),
}
"""The tables of pages that are counted again: what tells their rows apart, and who counts."""
