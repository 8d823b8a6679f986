"""The items of ACCORD, in its order and under its numbers, in our own words.

Gattrell and others (2024), PLoS Medicine 21(1), e1004326: 35 items for reporting consensus methods.
"""

from reports.document.assembling import answers as say
from reports.document.assembling import asking

METHOD = "Modified Delphi: capture, rating in rounds with feedback, ratification by a panel."
MODIFIED = (
    "Changed from the classical Delphi: statements are captured by technologists and rated by "
    "employers; items close one by one; later rounds ask what is still open."
)
STEPS = (
    "Prioritisation weighs the candidate solutions; capture gathers statements; validation keeps, "
    "rewords or drops them; proficiency rounds rate how far each role level needs them; "
    "ratification sets profiles right; educators review knowledge, skills and behaviours."
)
AGAIN = "Items that had closed as agreed were not asked again, unless raters argued for it."
GATHERED = "On a web page, by each person alone, in a meeting or from home."
ANALYSIS = (
    "Shares, medians, agreement and consensus of each item, by the fixed rule. Free text is "
    "printed as it was written, and not analysed."
)
ANONYMITY = (
    "Planned, towards each other and the convener: answers are kept apart from names by a keyed "
    "hash, and counts are withheld where too few rated."
)
VOTE = "No. Those who lead the cycle have no vote; only the groups that a workshop asks rate."

ITEMS: tuple[tuple[str, str, str, say.Answer], ...] = (
    ("T1", "Title", "The title says that consensus was sought, and how", say.title),
    ("I1", "Introduction", "Why consensus was sought rather than something else", say.case),
    ("I2", "Introduction", "Aim, audience and geographical scope", say.both(say.aim, say.audience)),
    ("I3", "Introduction", "Whether it updates an earlier one", say.nothing),
    ("M1", "Registration", "Registration, protocol, and its date", say.nothing),
    ("M2", "People", "Who led or steered the study, and how they were chosen", say.steering),
    ("M3", "People", "Criteria for panellists, their number, who selected them", say.panel),
    ("M4", "People", "How panellists were recruited; invitations sent", say.recruitment),
    ("M5", "People", "Part played by the public, patients or carers", say.nothing),
    ("M6", "Preparation", "How information was gathered beforehand", say.nothing),
    ("M7", "Preparation", "Details of a systematic search", say.nothing),
    ("M8", "Preparation", "Evidence summarised and given to panellists", say.evidence),
    ("M9", "Method", "The method, its changes and why", say.says(f"{METHOD} {MODIFIED}")),
    ("M10", "Method", "The questions asked", say.both(asking.items, asking.rounds)),
    ("M11", "Method", "The aim of each step", say.says(STEPS)),
    (
        "M12",
        "Method",
        "Definition of consensus, threshold, and why",
        say.both(asking.consensus, asking.rationale, asking.fixed),
    ),
    ("M13", "Method", "Whether agreed items were voted on again", say.says(AGAIN)),
    ("M14", "Method", "How answers were collected, alone or in a group", say.says(GATHERED)),
    ("M15", "Method", "How answers were analysed", say.both(say.says(ANALYSIS), say.software)),
    ("M16", "Method", "Pilot, or that there was none", say.nothing),
    ("M17", "Method", "Feedback between steps", asking.feedback),
    ("M18", "Method", "Anonymity: whether, towards whom, by what means", say.says(ANONYMITY)),
    (
        "M19",
        "Method",
        "Whether those who led the study had a vote",
        say.both(say.says(VOTE), asking.decided),
    ),
    ("M20", "Participation", "Incentives, reminders", say.reminders),
    ("M21", "Participation", "Languages and other adaptations", say.nothing),
    ("R1", "Results", "When it was carried out, and how long each step took", say.dates),
    ("R2", "Results", "Deviations from the plan", say.deviations),
    ("R3", "Results", "Panellists and response at each step", say.response),
    ("R4", "Results", "The final outcome of each item", say.both(say.results, say.luck)),
    ("R5", "Results", "Items changed or removed, when and why", say.modified),
    ("D1", "Discussion", "Strengths and limits of the method", say.limits),
    ("D2", "Discussion", "Consistency with what is already known", say.nothing),
    ("O1", "Other", "Endorsing organisations", say.nothing),
    ("O2", "Other", "Conflicts of interest and how they were handled", say.nothing),
    ("O3", "Other", "Funding, and the funder's part", say.funding),
)
