"""The README of a bundle: what is in it, and how to calculate its verdicts by hand and by command.

Plain English for somebody who has never seen Pythia.
"""

from consensus.rule import Rule
from workshop.exports.queries import ClosedRound
from workshop.rooms.models import ScaleName


def readme_text(closed: ClosedRound) -> str:
    """Return the text, which says the numbers of this very rule card."""
    by_hand = BY_HAND[closed.scale.name]
    withheld = len(closed.items) - len(closed.shown)
    return TEXT.format(
        workshop=closed.round.workshop.title,
        number=closed.round.number,
        items=len(closed.items),
        withheld=WITHHELD.format(withheld) if withheld else "",
        letters=", ".join(
            f"{letter} = {words}"
            for letter, words in zip(closed.scale.letters, closed.scale.words, strict=True)
        ),
        by_hand=by_hand.format(**_numbers(closed.rule)),
        digest=closed.rule.digest(),
        engine=closed.rule.engine,
    )


def _numbers(rule: Rule) -> dict[str, object]:
    return {
        "threshold": rule.threshold_percent,
        "other": 100 - rule.threshold_percent,
        "minimum": rule.minimum_n,
        "stable": rule.stability_percent,
        "cap": rule.round_cap,
    }


PROFICIENCY_BY_HAND = """\
 1. Take the rows of one item in ratings.csv. Count the answers in the column "This round":
    N, A, P and E. Call their sum n. "can't judge" and "not my field" are not in n.
 2. If n is below {minimum}, there is no verdict: insufficient.
 3. If N x 100 is at least {threshold} x n, the verdict is: not needed.
 4. If (A + P + E) x 100 is below {threshold} x n, the verdict is: split.
 5. Else look at A, P and E alone; call their sum m. If the largest of them x 100 is at least
    {threshold} x m, the verdict is that level.
 6. Else, if A + P or P + E, times 100, is at least {threshold} x m: adjacent. Else: no level.
    The level beside both is the lower median of A, P and E.
 7. Closing. From the second round on, compare the shares of N, A, P and E with the round before:
    add up the differences without their signs and halve the sum. At most {stable} %: stable.
    Agreed (a level, or not needed) and stable: agreed. Not agreed but stable: stable dissent.
    When asked for the first time an agreed item closes unless leaving out any one rater would
    change its verdict. Otherwise the item stays open; in round {cap} it is capped. A workshop in
    real time has one round only, which is its last."""

PRIORITY_BY_HAND = """\
 1. Take the rows of one item in ratings.csv. Sort the answers in the column "This round", 1 to 9;
    their number is n. "can't judge" and "not my field" are not in n.
 2. If n is below {minimum}, there is no verdict: too few rated.
 3. The median is the middle answer; of two middle ones both are kept. Find the 30th and the 70th
    percentile by straight lines between the answers, their distance IPR, and their midpoint M.
 4. IPRAS = 2.35 + 1.5 x (the distance of M from 5). If IPR is above IPRAS, the panel disagrees.
    These constants are those of the RAND/UCLA appropriateness method. Otherwise the median says:
    below 3.5 low priority, from 6.5 high priority, between them middling.
 5. Stable: the shares of the nine answers differ from the round before by at most {stable} %,
    adding the differences without their signs and halving the sum. The cap is round {cap}."""

RELEVANCE_BY_HAND = """\
 1. Take the rows of one item in ratings.csv. Count the answers in the column "This round":
    D, R and K. Call their sum n. "can't judge" and "not my field" are not in n.
 2. If n is below {minimum}, there is no verdict: too few rated.
 3. If the largest of the three x 100 is at least {threshold} x n, that is the verdict: drop,
    reword or keep. Otherwise: no agreement.
 4. Stable: the shares of the three answers differ from the round before by at most {stable} %,
    adding the differences without their signs and halving the sum. The cap is round {cap}."""

BY_HAND = {
    ScaleName.PROFICIENCY: PROFICIENCY_BY_HAND,
    ScaleName.PRIORITY: PRIORITY_BY_HAND,
    ScaleName.RELEVANCE: RELEVANCE_BY_HAND,
}

WITHHELD = """ Of {} the answers are withheld because too few people rated
them; they are listed as withheld and cannot be calculated again."""

TEXT = """\
{workshop}: round {number}
The answers, and how to calculate the verdicts from them again

WHAT IS HERE
 ratings.csv      every answer, item by item, in no order
 items.csv        what was asked, in the wording frozen at the time
 verdicts.csv     what each item came to, with every figure
 reasons.csv      what people wrote, and which side they took
 groups.csv       the answers of parts of the panel, where no small one could be told apart
 rule-card.csv    the rules of agreement that were fixed before round 1 (also as JSON)
 expected.json    the verdicts as they were frozen when the round closed
 manifest.json    the SHA-256 of each file, of the rule card, and the version of the arithmetic

The round asked {items} items.{withheld}

ANSWERS
 {letters}
 "can't judge" and "not my field" are answers without a place on the scale. An empty cell: not
 answered in that round. "Round before" is the last round that asked the same item in the same
 wording. The two cells of a row are one person's answers to that item, unless
 items.csv says "listed apart": where only one or two people answered in just one of the rounds,
 the columns are listed one after the other so that nobody's change can be read off. No row can
 be followed from one item to another.

BY HAND
{by_hand}

BY COMMAND
 With Pythia installed, and without any of its data:

     flask --app wsgi consensus recompute THIS-FILE.zip

 It checks every file against manifest.json, calculates every verdict from ratings.csv and the
 rule card, and prints each difference from expected.json. It ends with exit code 1 if there is any.

 Kendall's W, among the figures of the whole round in expected.json, is stated and not calculated
 again: it takes each person's answers to all items, and those leave the room for nobody.

 The files alone can be checked with:  sha256sum *   (compare with manifest.json)

 Rule card, SHA-256: {digest}
 Version of the arithmetic: {engine}
"""
