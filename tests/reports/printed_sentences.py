"""What the sentences of a report must say in numbers, worked out from the snapshot's JSON alone.

A claim is a pattern with a group for each number, and the numbers that must stand there: all of
them in the order of reading, or any of them. A number that no claim covers and no text of the
snapshot holds is a number that nobody can answer for.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.reports.printed_ledger import (
    Json,
    day,
    level_of,
    n,
    named,
    pct,
    share,
    wording,
)

Values = list[tuple[str, ...]]
N = r"(\d{1,3}(?:,\d{3})+|\d+)"
P = r"(\d+\.\d %)"


@dataclass(frozen=True)
class Claim:
    """A pattern, and what its groups say; ``is_each`` where every one has to be met, in order."""

    pattern: str
    values: Callable[[Json], Values]
    is_each: bool = False


def moment(iso: str) -> str:
    when = datetime.fromisoformat(iso).astimezone(ZoneInfo("Europe/London"))
    return f"{when.day} {when:%B %Y, %H:%M %Z}"


def one(*values: str) -> Values:
    return [values]


def members(whole: Json) -> Values:
    """Return the levels of each profile's capabilities, counted again."""
    found = []
    for profile in whole["occupations"]["profiles"]:
        levels = Counter(each["level"] for each in profile["members"])
        counts = [levels[each] for each in ("Awareness", "Practitioner", "Expert")]
        found.append((n(len(profile["members"])), *map(n, counts)))
    return found


def profile_sizes(whole: Json) -> Values:
    """Return how many profiles each role level has, and the largest of them, all that tie."""
    found = []
    for level in whole["occupations"]["by_role_level"]:
        own = [
            each
            for each in whole["occupations"]["profiles"]
            if each["role_level"] == level["role_level"]
        ]
        if own:
            most = max(len(each["members"]) for each in own)
            *before, last = (named(each) for each in own if len(each["members"]) == most)
            names = f"{', '.join(before)} and {last}" if before else last
            found.append((n(len(own)), names, n(most)))
    return found


def ratified(whole: Json) -> Values:
    found = []
    for each in whole["occupations"]["profiles"]:
        if held := each["ratification"]:
            found.append(
                (n(held["number"]), day(held["on"]), n(held["approvals"]), n(held["answers"]))
            )
    return found


def lacking(whole: Json) -> Values:
    """Return, for each profile in order of priority, what it lacks."""
    return [
        (named(each), n(len(each["unsupported_codes"])), n(each["member_count"]))
        for each in sorted(whole["provision"]["profiles"], key=lambda each: each["priority_rank"])
    ]


def unsupported(whole: Json) -> tuple[str, str, str]:
    told = whole["provision"]
    count = len(told["unsupported_lines"])
    return n(count), n(told["capabilities"]), share(count, told["capabilities"])


def ksb_counts(whole: Json) -> tuple[str, ...]:
    kinds = Counter(each["kind"] for each in whole["ksbs"]["lines"])
    return (
        n(kinds.total()),
        *(n(kinds[each]) for each in ("knowledge", "skill", "behaviour")),
        n(len({each["code"] for each in whole["ksbs"]["lines"]})),
        n(len(whole["capabilities"]["lines"])),
    )


def wordings(whole: Json) -> set[tuple[str, str]]:
    """Return the wordings that profiles call for, whatever their capitals."""
    codes = {
        member["code"] for one in whole["occupations"]["profiles"] for member in one["members"]
    }
    lines = (each for each in whole["ksbs"]["lines"] if each["code"] in codes)
    return {(each["kind"], wording(each)) for each in lines}


def strongest(whole: Json) -> tuple[str, str, str]:
    """Return the function with most capabilities: how many, of how many, and the share."""
    placed = [each["function"] for each in whole["capabilities"]["lines"] if each["function"]]
    most = max(Counter(placed).values(), default=0)
    return n(most), n(len(placed)), share(most, len(placed))


def held_today(whole: Json) -> tuple[str, str, str]:
    found = whole["capabilities"]["current"]["capabilities"] or Counter()
    captured = found["strong"] + found["some"] + found["none"]
    held = found["strong"] + found["some"]
    return n(held), n(captured), share(held, captured)


def function_shares(whole: Json) -> Values:
    told = [each["present"] for each in whole["capabilities"]["functions"] if each["present"]]
    return [
        (share(each["strong"] + each["some"], each["strong"] + each["some"] + each["none"]),)
        for each in told
    ]


def busiest_partner(whole: Json) -> Values:
    placed = [each for each in whole["capabilities"]["lines"] if each["function"]]
    counts = Counter(name for each in placed for name in each["partners"])
    return one(n(max(counts.values(), default=0)))


def most_expert(whole: Json) -> Values:
    return [
        (share(each["expert"], needed), n(needed))
        for each in whole["occupations"]["spread"]
        if (needed := each["awareness"] + each["practitioner"] + each["expert"])
    ]


def counts_of_levels(whole: Json) -> Values:
    return [(size, *levels) for size, *levels in members(whole)]


def _agreement(whole: Json) -> dict[str, str]:
    told = whole["agreement"]
    return {name: n(value) for name, value in told.items() if type(value) is int}


def fits(whole: Json) -> list[tuple[float, str, str]]:
    """Return the best fit of each profile, with its name and what it is called by."""
    return [
        (max(one["fit_percent"] for one in each["standings"]), each["name"], named(each))
        for each in whole["provision"]["profiles"]
        if each["standings"]
    ]


def best_fits(whole: Json) -> list[tuple[float, str]]:
    found = sorted(fits(whole), key=lambda each: -each[0])
    return [(fit, name) for fit, name, _ in found]


def nearest(whole: Json) -> Values:
    """Return the best standard of each profile with its shares, counted again."""
    found = []
    for each in whole["provision"]["profiles"]:
        for best in sorted(each["standings"], key=lambda one: -one["fit_count"])[:1]:
            told = f"{best['title']} ({best['reference']}, {level_of(best)})"
            fit = share(best["fit_count"], each["member_count"])
            found.append((told, fit, share(best["surplus_count"], best["duty_count"])))
    return found


def functions(whole: Json) -> Values:
    """Return each function's capabilities and their share, and what of them is there today."""
    lines = [each["function"] for each in whole["capabilities"]["lines"] if each["function"]]
    found = []
    for each in whole["capabilities"]["functions"]:
        count, held = lines.count(each["name"]), each["present"] or Counter()
        today, captured = (
            held["strong"] + held["some"],
            sum(held[name] for name in ("strong", "some", "none")),
        )
        shares = share(count, len(lines)), share(today, captured)
        found.append((n(count), shares[0], n(today), n(captured), shares[1]))
    return found


def sizes(whole: Json) -> Values:
    """Return how many profiles each role level has, with the smallest and the largest."""
    found = []
    for level in whole["occupations"]["by_role_level"]:
        own = [
            len(each["members"])
            for each in whole["occupations"]["profiles"]
            if each["role_level"] == level["role_level"]
        ]
        if own:
            least, most = min(own), max(own)
            found.append((n(len(own)), n(least), "" if least == most else n(most)))
    return found


def spread(line: Json) -> tuple[str, ...]:
    needed = line["awareness"] + line["practitioner"] + line["expert"]
    levels = (line[each] for each in ("awareness", "practitioner", "expert"))
    return (n(needed), *(share(each, needed) for each in levels))


def responses(whole: Json) -> Values:
    profiles = whole["provision"]["profiles"]
    return one(n(len(profiles)))


def suggested(whole: Json) -> Values:
    counts = Counter(
        each["standings"][0]["response"]
        for each in whole["provision"]["profiles"]
        if each["standings"]
    )
    return [(n(each),) for each in counts.values()]


def worked(whole: Json) -> tuple[str, str, str, str, str, str]:
    """Return the worked example: size, matched, fit, duties, surplus, share of surplus."""
    told = whole["provision"]["worked"]
    size, matched = len(told["pairs"]), sum(each["is_match"] for each in told["pairs"])
    duties, spare = told["standing"]["duty_count"], len(told["surplus_duties"])
    return n(size), n(matched), share(matched, size), n(duties), n(spare), share(spare, duties)


def outcome(whole: Json, name: str) -> tuple[str, str]:
    (count,) = [each["count"] for each in whole["agreement"]["outcomes"] if each["name"] == name]
    return n(count), share(count, sum(each["count"] for each in whole["agreement"]["outcomes"]))


def places(whole: Json) -> Values:
    """Return how many domains and areas the kept capabilities lie in."""
    lines = [each for each in whole["capabilities"]["lines"] if each["function"]]
    told = whole["capabilities"]
    domains = {(each["function"], each["domain"]) for each in lines}
    return one(n(len(domains)), n(told["area_count"]))


CLAIMS: Sequence[Claim] = (
    Claim(rf"{N}capabilities(?= \d)", lambda w: one(n(len(w["capabilities"]["lines"])))),
    Claim(
        rf"{N}profiles?, {N} ratified",
        lambda w: one(
            n(len(w["occupations"]["profiles"])),
            n(sum(each["status"] == "ratified" for each in w["occupations"]["profiles"])),
        ),
    ),
    Claim(rf"{N}knowledge, skills and behaviours", lambda w: one(ksb_counts(w)[0])),
    Claim(rf"{N}capabilities without support", lambda w: one(unsupported(w)[0])),
    Claim(rf"Organisations have {P} of the capabilities", lambda w: one(held_today(w)[2])),
    Claim(rf"{N} of the {N} capabilities captured", lambda w: one(*held_today(w)[:2])),
    Claim(
        rf"Of {N} capabilities captured, {N} are there today to some or strong extent \({P}\)",
        lambda w: one(held_today(w)[1], held_today(w)[0], held_today(w)[2]),
    ),
    Claim(
        rf"Of {N} judged items?, {N} ended in agreement; {N} items? ended",
        lambda w: one(*(_agreement(w)[x] for x in ("judged", "agreed", "without_agreement"))),
    ),
    Claim(
        rf"panel agreed on {N} of {N} judged",
        lambda w: one(_agreement(w)["agreed"], _agreement(w)["judged"]),
    ),
    Claim(
        rf"{N} ended without agreement, {N} of them in stable dissent",
        lambda w: one(_agreement(w)["without_agreement"], _agreement(w)["stable_dissent"]),
    ),
    Claim(rf"{N} of them in stable dissent", lambda w: one(_agreement(w)["stable_dissent"])),
    Claim(rf"{N} ended without agreement", lambda w: one(_agreement(w)["without_agreement"])),
    Claim(rf"convener settled {N} items?", lambda w: one(_agreement(w)["decided"])),
    Claim(rf"single rater would change {N} verdicts?", lambda w: one(_agreement(w)["fragile"])),
    Claim(rf"{N} verdicts? (?:is|are) fragile", lambda w: one(_agreement(w)["fragile"])),
    Claim(r"agree on (\d+\.\d+) ", lambda w: one(str(w["agreement"]["expected_by_luck"]))),
    Claim(
        rf"judged items, {N} \({P}\) were agreed not to be needed",
        lambda w: one(*outcome(w, "Agreed: not needed")),
    ),
    Claim(
        rf"{N} of {N} items? have a verdict and {N} are settled: {N} of those provisionally and "
        rf"{N} by a decision",
        lambda w: one(
            *(
                _agreement(w)[each]
                for each in ("judged", "total", "settled", "provisional", "decided")
            )
        ),
    ),
    Claim(
        rf"Of the {N} agreed, {N} had not come to rest",
        lambda w: one(_agreement(w)["agreed"], _agreement(w)["agreed_at_cap"]),
    ),
    Claim(rf"On {N} items? the panel stands in two", lambda w: one(_agreement(w)["two_camps"])),
    Claim(rf"fewer than {N} rated", lambda w: one(_agreement(w)["smallest_shown"])),
    Claim(
        rf"{N} classified capabilit(?:y|ies) lie in {N} domains? and {N} functional areas?",
        lambda w: [(strongest(w)[1], *places(w)[0])],
    ),
    Claim(rf"holds the most: {N} of {N} \({P}\)", lambda w: one(*strongest(w))),
    Claim(rf"{N} of {N} classified capabilities \({P}\) belong", lambda w: one(*strongest(w))),
    Claim(rf"where {P} are there today", function_shares),
    Claim(rf"furthest from it in [^(]+\({P}\)", function_shares),
    Claim(rf"[Tt]he most, {N} capabilities, are needed", busiest_partner),
    Claim(rf"largest share at Expert: {P} of the {N} capabilities", most_expert),
    Claim(
        rf"{N} profiles?, of which the employer panel has ratified {N}",
        lambda w: one(
            n(len(w["occupations"]["profiles"])),
            n(sum(each["status"] == "ratified" for each in w["occupations"]["profiles"])),
        ),
    ),
    Claim(
        rf"{N} profiles?; the largest (?:is|are) (.+?) with {N} capabilit",
        profile_sizes,
        is_each=True,
    ),
    Claim(
        r"(\d+) capabilit(?:y|ies): (\d+) at Awareness, (\d+) at Practitioner, (\d+) at Expert",
        members,
        is_each=True,
    ),
    Claim(
        r"(\d+) capabilit(?:y|ies) at the role level [^:]+: (\d+) at Awareness \(A\), (\d+) at "
        r"Practitioner \(P\), (\d+) at Expert \(E\)",
        counts_of_levels,
    ),
    Claim(
        rf"Version {N}, ratified on (\d+ \w+ \d{{4}}): {N} of the {N} who answered",
        ratified,
        is_each=True,
    ),
    Claim(
        r"(P-\d{4} [^:.]+?)(?: needs attention first)?: "
        rf"{N} of {N} capabilit(?:y|ies) unsupported",
        lacking,
    ),
    Claim(
        rf"{N} of {N} compared capabilit(?:y|ies) \({P}\)",
        lambda w: one(*unsupported(w)),
    ),
    Claim(
        rf"{N} of {N} capabilit(?:y|ies) (?:is|are) unsupported", lambda w: one(*unsupported(w)[:2])
    ),
    Claim(
        rf"By the scores alone it would be {N}",
        lambda w: one(n(w["provision"]["unsupported_by_score"])),
    ),
    Claim(
        rf"accepted {N} match(?:es)? and rejected {N}",
        lambda w: one(n(w["provision"]["accepted_matches"]), n(w["provision"]["rejected_matches"])),
    ),
    Claim(
        rf"{N} matches were accepted and {N} rejected",
        lambda w: one(n(w["provision"]["accepted_matches"]), n(w["provision"]["rejected_matches"])),
    ),
    Claim(
        rf"there are {N} matches between",
        lambda w: one(n(w["provision"]["matches"])),
    ),
    Claim(
        rf"Of the {N} that reviewers have not settled, {N} are to be expected false",
        lambda w: one(n(w["provision"]["open_matches"]), n(w["provision"]["expected_false"])),
    ),
    Claim(
        rf"{N} match(?:es)? (?:is|are) with duties that are generic",
        lambda w: one(n(w["provision"]["generic_matches"])),
    ),
    Claim(
        rf"{N} capabilit(?:y|ies) (?:is|are) supported by such duties",
        lambda w: one(n(w["provision"]["only_generic"])),
    ),
    Claim(
        rf"duty of any of the {N} standards? compared",
        lambda w: one(n(w["provision"]["standards_compared"])),
    ),
    Claim(
        rf"{N} standards?, of which {N} have duties \({N} duties",
        lambda w: one(
            n(w["provision"]["standards"]),
            n(w["provision"]["standards_with_duties"]),
            n(w["provision"]["duties"]),
        ),
    ),
    Claim(
        r"(?:[Tt]hreshold of|(?<!\d )[Aa]t|score of|in force,|unsupported at) (\d+) %",
        lambda w: one(n(w["provision"]["threshold_percent"])),
    ),
    Claim(
        rf"Run {N} (?:of map and gap, )?of (\d+ \w+ \d{{4}}), reviewed on (\d+ \w+ \d{{4}})",
        lambda w: one(
            n(w["provision"]["run_number"]),
            day(w["provision"]["run_on"]),
            day(w["provision"]["reviewed_on"]),
        ),
    ),
    Claim(rf"Run {N}\b", lambda w: one(n(w["provision"]["run_number"]))),
    Claim(rf"Suggested for {N} profiles?", responses),
    Claim(rf"(?:extend|new standard|adopt|adapt) {N}(?!\d| ?%)", suggested),
    Claim(
        rf"holds {N} capabilit(?:y|ies); {N} of them find a match .{{5,120}}?: a fit of {P}\. "
        rf"Of the standard's {N} duties, {N} match nothing in the profile: a surplus of {P}",
        lambda w: one(*worked(w)),
    ),
    Claim(
        rf"{N} of {N} capabilities of .{{3,80}}? match a duty of .{{3,80}}? \(fit {P}\); {N} of "
        rf"its {N} duties match none \(surplus {P}\)",
        lambda w: [
            (matched, size, fit, spare, duties, over)
            for size, matched, fit, duties, spare, over in [worked(w)]
        ],
    ),
    Claim(
        rf"{N} (?:person|people) takes? part, from {N} organisations?; {N} of them",
        lambda w: one(
            n(sum(each["people"] for each in w["people"]["groups"])),
            n(len(w["people"]["organisations"])),
            n(w["people"]["panel_members"]),
        ),
    ),
    Claim(
        rf"{N} kept of {N} submitted; {N} merged, {N} rejected, {N} waiting\. They lie in {N} "
        rf"domains? and {N} functional areas?",
        lambda w: [
            (
                n(len(w["capabilities"]["lines"])),
                *(n(w["capabilities"][each]) for each in ("submitted", "merged", "rejected")),
                n(w["capabilities"]["waiting"]),
                *places(w)[0],
            )
        ],
    ),
    Claim(
        rf"accepted {N}: {N} knowledge, {N} skill and {N} behaviour statements?, for {N} of {N}",
        lambda w: one(*ksb_counts(w)),
    ),
    Claim(
        rf"{N} were rejected and {N} wait",
        lambda w: one(n(w["ksbs"]["rejected"]), n(w["ksbs"]["waiting"])),
    ),
    Claim(rf"{N} (?:person has|people have) reviewed", lambda w: one(n(w["ksbs"]["reviewers"]))),
    Claim(
        r"when (\d+) % of those who reviewed",
        lambda w: one(n(w["agreement"]["rule"]["threshold_percent"])),
    ),
    Claim(rf"{N} were settled by the convener", lambda w: one(n(w["ksbs"]["decided"]))),
    Claim(
        rf"each wording once: {N} over",
        lambda w: one(n(len(wordings(w)))),
    ),
    Claim(
        r"shares changed by at most (\d+) %",
        lambda w: one(n(w["agreement"]["rule"]["stability_percent"])),
    ),
    Claim(rf"snapshot {N}(?= of|,)", lambda w: one(n(w["number"]))),
    Claim(
        rf"The first {N} of {N} are drawn",
        lambda w: [
            (n(at), n(len(w["provision"]["profiles"])))
            for at in range(1, len(w["provision"]["profiles"]))
        ],
    ),
    Claim(
        rf"recorded {N} of {N} cells",
        lambda w: [
            (
                n(found["strong"] + found["some"] + found["none"]),
                n(found["strong"] + found["some"] + found["none"] + found["missing"]),
            )
            for found in [w["capabilities"]["current"]["cells"] or Counter()]
        ],
    ),
    Claim(
        rf"{N} without support\.",
        lambda w: [
            (n(sum(not each["is_supported"] for each in profile["members"])),)
            for profile in w["occupations"]["profiles"]
        ],
    ),
    Claim(
        rf"panel changed or added {N}\.",
        lambda w: [(n(each["changed_by_panel"]),) for each in w["occupations"]["profiles"]],
    ),
    Claim(
        rf"asked for {N} answers? at least",
        lambda w: [
            (n(each["ratification"]["quorum"]),)
            for each in w["occupations"]["profiles"]
            if each["ratification"]
        ],
    ),
    Claim(
        rf" and {N} objects?\.",
        lambda w: [
            (n(each["ratification"]["answers"] - each["ratification"]["approvals"]),)
            for each in w["occupations"]["profiles"]
            if each["ratification"]
        ],
    ),
    Claim(
        rf"academic level {N}",
        lambda w: [(n(each["academic_level"]),) for each in w["subject"]["role_levels"]],
    ),
    Claim(
        rf"version {N} of the arithmetic",
        lambda w: one(w["agreement"]["rule"]["engine"]),
    ),
    Claim(
        r"taken on (\d+ \w+ \d{4}, \d\d:\d\d (?:GMT|BST))",
        lambda w: one(moment(w["taken_at"])),
    ),
    Claim(
        rf"SHA-256 of version {N}",
        lambda w: [
            (n(each["ratification"]["number"]),)
            for each in w["occupations"]["profiles"]
            if each["ratification"]
        ],
    ),
    Claim(
        r"([0-9a-f]{64})",
        lambda w: [
            (each,)
            for each in (
                w["agreement"]["rule"]["digest"],
                *(
                    (w["provision"]["digest"], w["provision"]["model_digest"])
                    if w["provision"]
                    else ()
                ),
                *(
                    each["ratification"]["digest"]
                    for each in w["occupations"]["profiles"]
                    if each["ratification"]
                ),
                w["digest"],
            )
        ],
    ),
)

# Numbers of the method itself: they are the same in every report.
METHOD = (
    "need not add up to 100",
    "may not add up to exactly 100",
    "before round 1 opened",
    "1 is perfect agreement, 0 what chance gives",
    "SHA-256",
    "The 5 of best fit are named",
)

DRAFTED: Sequence[Claim] = (
    Claim(
        rf"Employers agreed on {N} of {N} items?",
        lambda w: one(_agreement(w)["agreed"], _agreement(w)["judged"]),
    ),
    Claim(
        rf"have rated {N} of {N} items?",
        lambda w: one(_agreement(w)["judged"], _agreement(w)["total"]),
    ),
    Claim(
        rf"{N} items? ended without agreement", lambda w: one(_agreement(w)["without_agreement"])
    ),
    Claim(
        rf"Of {N} capabilit(?:y|ies) compared with [^.]+?, {N} \({P}\)",
        lambda w: [(unsupported(w)[1], unsupported(w)[0], unsupported(w)[2])],
    ),
    Claim(
        rf"Each of the {N} capabilities compared with",
        lambda w: [] if w["provision"]["unsupported_lines"] else one(unsupported(w)[1]),
    ),
    Claim(
        rf"best fit of any profile with a standard is {P}: (.+?) with",
        lambda w: [(pct(each), name) for each, name in best_fits(w)[:1]],
    ),
    Claim(
        rf"(P-\d{{4}})\): fit {P} with",
        lambda w: [(each[:6], pct(fit)) for fit, _, each in fits(w)],
    ),
    Claim(
        rf"\): {N} of {N} unsupported(?:, best fit {P})?",
        lambda w: [
            (n(len(each["unsupported_codes"])), n(each["member_count"]), pct(fit))
            for each in w["provision"]["profiles"]
            for fit in [max((one["fit_percent"] for one in each["standings"]), default=None)]
        ],
    ),
    Claim(
        rf"{N} classified capabilit(?:y|ies) spread",
        lambda w: one(n(sum(bool(each["function"]) for each in w["capabilities"]["lines"]))),
    ),
    Claim(rf": {N} \({P}\); organisations have {N} of the {N} captured today \({P}\)", functions),
    Claim(rf": {N} \({P}\)(?=[ ,])", lambda w: [each[:2] for each in functions(w)]),
    Claim(rf"needs the most: {N} capabilit", busiest_partner),
    Claim(rf"{N} profiles? of (\d+)(?: to (\d+))? capabilit", sizes),
    Claim(rf"” for {N}", suggested),
    Claim(rf"of {N} profiles \(", lambda w: one(n(len(w["occupations"]["profiles"])))),
    Claim(rf"(?:Adopt|Adapt|CPD|New standard): {N} profiles?", suggested),
    Claim(
        rf"(?:short|medium|long) term for {N}",
        lambda w: [
            (n(each),)
            for each in Counter(
                one["horizon"] for one in w["provision"]["unsupported_lines"]
            ).values()
        ],
    ),
    Claim(
        rf"{N} capabilit(?:y|ies) and {N} duties of {N} standards? were compared",
        lambda w: one(
            *(n(w["provision"][each]) for each in ("capabilities", "duties", "standards_compared"))
        ),
    ),
    Claim(
        rf"{N} at (\d+) %(?= and|,| \()",
        lambda w: [
            (n(each["unsupported_count"]), n(each["threshold_percent"]))
            for each in w["provision"]["curve"]
        ],
    ),
    Claim(
        rf"People accepted {N} and rejected {N} of the",
        lambda w: one(n(w["provision"]["accepted_matches"]), n(w["provision"]["rejected_matches"])),
    ),
    Claim(
        rf"\({N} needed\): Awareness {P}, Practitioner {P} and Expert {P}",
        lambda w: [spread(each) for each in w["occupations"]["spread"]],
    ),
    Claim(
        rf": {N} of the {N} needed",
        lambda w: [
            (n(each["expert"]), n(each["awareness"] + each["practitioner"] + each["expert"]))
            for each in w["occupations"]["spread"]
        ],
    ),
    Claim(
        rf"Of the {N} whose present state was captured, {N} \({P}\)",
        lambda w: [(held_today(w)[1], held_today(w)[0], held_today(w)[2])],
    ),
    Claim(
        rf"ratified once {N} members?",
        lambda w: one(n(w["agreement"]["rule"]["panel_quorum"])),
    ),
    Claim(rf"{N} verdicts? hangs? on a single rater", lambda w: one(_agreement(w)["fragile"])),
    Claim(
        rf"{N}\. ([^.]+)\. [^.]+?(?:, primary partner .{{3,80}}?)?\. {N} of its {N} "
        "capabilit(?:y|ies) (?:is|are) unsupported",
        lambda w: [
            (
                n(each["priority_rank"]),
                each["name"],
                n(len(each["unsupported_codes"])),
                n(each["member_count"]),
            )
            for each in w["provision"]["profiles"]
        ],
    ),
    Claim(rf"The standard that comes nearest is ([^:]+): fit {P}, surplus {P}", nearest),
    Claim(rf"{N} named no organisation", lambda w: one(n(w["people"]["without_organisation"]))),
    Claim(
        rf"with the {N} whose source states no level",
        lambda w: one(n(w["provision"]["standards_without_level"])),
    ),
    Claim(
        rf"{N} of those compared state no level",
        lambda w: one(n(w["provision"]["standards_without_level"])),
    ),
    Claim(
        rf"{N} standards?, of which {N} have duties",
        lambda w: one(n(w["provision"]["standards"]), n(w["provision"]["standards_with_duties"])),
    ),
    Claim(rf"\({N} duties", lambda w: one(n(w["provision"]["duties"]))),
    Claim(
        r"of (\d+ \w+ \d{4}), not reviewed",
        lambda w: one(day(w["provision"]["run_on"])),
    ),
)
"""What the drafted prose says, and the sentences that only some reports have."""


def drawn(whole: Json) -> Iterator[tuple[str, str]]:
    """Yield how the sentence of a figure begins, and the labels that must be drawn, in a row."""
    told, current = whole["capabilities"], whole["capabilities"]["current"]
    if current["basis"] == "captured":
        held = [each["present"] for each in told["functions"] if each["present"]]
        yield (
            rf"{held_today(whole)[0]} of the",
            "".join(
                f"{each['strong'] + each['some']}of"
                f"{each['strong'] + each['some'] + each['none']}today"
                for each in held
            ),
        )
    placed = [each for each in told["lines"] if each["function"]]
    counts = Counter(name for each in placed for name in each["partners"])
    totals = [n(counts[each["name"]]) for each in told["partners"]]
    yield "Classified capabilities by supply-chain partner", "".join(totals)
    needed = [
        each["awareness"] + each["practitioner"] + each["expert"]
        for each in whole["occupations"]["spread"]
    ]
    yield (
        r".{3,80} have the largest share at Expert",
        "".join(f"of{n(each)}" for each in needed if each),
    )
    for level in whole["occupations"]["by_role_level"]:
        own = [
            each
            for each in whole["occupations"]["profiles"]
            if each["role_level"] == level["role_level"]
        ]
        if own:
            largest = max(own, key=lambda each: len(each["members"]))
            sizes = "".join(n(len(each["members"])) for each in own)
            yield rf"{len(own)} profiles?; the largest (?:is|are) {largest['code']}", sizes
    if whole["provision"]:
        yield from drawn_of_provision(whole)


def drawn_of_provision(whole: Json) -> Iterator[tuple[str, str]]:
    told = whole["provision"]
    if told["worked"]:
        _, matched, fit, _, _, over = worked(whole)
        yield rf"{matched} of {worked(whole)[0]} capabilities of", f"fit{fit}surplus{over}"
    yield "The higher the threshold", f"{unsupported(whole)[0]}at{told['threshold_percent']}%"
    ranked = sorted(told["profiles"], key=lambda each: each["priority_rank"])
    best = [max((one["fit_percent"] for one in each["standings"]), default=None) for each in ranked]
    labels = [f"bestfit{pct(each)}" for each in best if each is not None]
    yield "Most unsupported capabilities first", "".join(labels[:DRAWN])


DRAWN = 15
