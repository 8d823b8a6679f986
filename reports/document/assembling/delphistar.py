"""The items of DELPHISTAR, in its order and under its numbers, in our own words.

Niederberger and others (2024), PLoS ONE 19(8), e0304651: 38 items for reporting Delphi studies.
"""

from reports.document.assembling import accord, asking
from reports.document.assembling import answers as say

VARIANT = "Modified Delphi in rounds, with ratification by a panel."
CARD = (
    "As the rule card says: the same however the response develops. An item that too few rated is "
    "never agreed."
)
DISSENT = (
    "Items still open are asked again, with the group's answers and reasons. Stable dissent is an "
    "outcome of its own, and is printed in section 4.10."
)
WEIGHTS = "None: every rating counts once."
FLOW = "The table of rounds in section 4.9 stands for a flow chart."
RELIABILITY = (
    "Stability of each item, fragility, alpha and W of each round, and what chance alone would "
    "give, in section 4.9."
)

ITEMS: tuple[tuple[str, str, str, say.Answer], ...] = (
    ("1", "Title and abstract", "The title names the Delphi", say.title),
    ("2", "Title and abstract", "The abstract names the Delphi", say.nothing),
    ("3", "Title and abstract", "The abstract is structured", say.nothing),
    ("4", "Context", "Funding", say.funding),
    ("5", "Context", "The team that carried it out", say.steering),
    ("6", "Context", "Advice on method from others", say.nothing),
    ("7", "Context", "The larger project it belongs to", say.nothing),
    ("8", "Context", "Protocol, and where it can be read", say.nothing),
    ("9", "Context", "Why a Delphi suits the question", say.case),
    ("10", "Context", "Aim of the Delphi", say.aim),
    ("11", "Method", "Fields that the experts stand for, and why", say.panel),
    ("12", "Method", "What was done where expertise was missing", say.nothing),
    ("13", "Method", "What made somebody an expert", say.nothing),
    ("14", "Method", "The variant of Delphi", say.says(VARIANT)),
    ("15", "Method", "Changes of the variant; falling response", say.says(CARD)),
    ("16", "Method", "Who was asked in which round", asking.invited),
    ("17", "Method", "How experts were found", say.nothing),
    ("18", "Method", "How experts were informed and invited", say.recruitment),
    ("19", "Method", "What the questionnaire was made from", asking.derived),
    ("20", "Method", "Structure of the questionnaire, kinds of items", asking.structure),
    ("21", "Method", "Number of rounds", asking.round_count),
    ("22", "Method", "Aim of each round", say.both(say.says(accord.STEPS), asking.rounds)),
    ("23", "Method", "When the rounds ended, by what rule", asking.stopping),
    ("24", "Method", "Kind of feedback", asking.feedback),
    ("25", "Method", "Measures given as feedback", asking.feedback_measures),
    ("26", "Method", "Feedback pooled or by group", asking.grouped),
    ("27", "Method", "What became of dissent between rounds", say.says(DISSENT)),
    ("28", "Method", "Analysis of numbers and of free text", say.says(accord.ANALYSIS)),
    (
        "29",
        "Method",
        "Definition and measure of consensus",
        say.both(asking.consensus, asking.fixed),
    ),
    ("30", "Method", "Weighting of groups", say.says(WEIGHTS)),
    ("31", "Results", "The course of the study at a glance", say.says(FLOW)),
    ("32", "Results", "Unexpected events and their effect", say.deviations),
    ("33", "Results", "Participation and response in each round", say.response),
    ("34", "Results", "Results of each round", say.both(say.results_by_round, say.results)),
    ("35", "Discussion", "The central findings", say.findings),
    ("36", "Discussion", "How far the findings carry beyond this case", say.nothing),
    ("37", "Discussion", "Reliability and validity", say.says(RELIABILITY)),
    ("38", "Discussion", "Limits, and bias of the panel", say.limits),
)
