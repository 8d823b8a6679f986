"""The method's terms in plain words: one word for one thing, on every screen and in the report."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """One term and what it means here."""

    word: str
    meaning: str

    @property
    def anchor(self) -> str:
        """Return the id of the term on the glossary page."""
        return "-".join("".join(c if c.isalnum() else " " for c in self.word.lower()).split())


_WORDS: dict[str, str] = {
    "Academic level": (
        "How advanced training is, from 2 to 8, on the scale of England's qualifications: "
        "3 is A level, 6 is a bachelor's degree, 7 a master's."
    ),
    "Action": (
        "Something to be done after the cycle, with an owner, a date and the result wanted."
    ),
    "Agreement": (
        "How close the ratings of an item lie together. 1 is everybody the same, 0 is spread "
        "evenly, -1 is two camps at the ends."
    ),
    "Approve": (
        "What a member of the employer panel answers to a profile that is right as it stands. Any "
        "later change sets the answer aside and asks it again."
    ),
    "Awareness": (
        "The first level of proficiency: knows the foundations and where to seek more. Code A."
    ),
    "Can't judge": (
        "An answer, not a rating: the person does not feel able to say. It is left out of every "
        "percentage."
    ),
    "Capability statement": (
        "What an organisation can do, verb first: \u201cValidate automated equipment against "
        "regulatory requirements\u201d."
    ),
    "Capture": (
        "To write down what is known: capability statements, or what organisations can do today. "
        "A fact that is captured is not a vote."
    ),
    "Challenge": "What the cycle is about: the need or change to respond to, and by when.",
    "Classification": (
        "The tree of five functions (Design, Implement, Logistics, Support, Enterprise), their "
        "domains and their functional areas, in which every capability statement has its place."
    ),
    "Consensus": (
        "A share of the people who rated that is large enough under the rule card. It is a "
        "result; it is not what ends a workshop. See Stability."
    ),
    "Convener": "Who sets a cycle up, invites people and runs its workshops.",
    "Coverage": (
        "Which functions and supply-chain partners already have capability statements. Empty "
        "cells show where something may have been left out."
    ),
    "Current state": (
        "What organisations can do today: captured from participants or, where it was not, "
        "estimated from the standards in use. Always labelled which."
    ),
    "Cycle": (
        "One run of workforce foresighting, from a challenge to actions, in six stages: "
        "considering, identifying, preparing, carrying out, communicating, causing action."
    ),
    "Delphi": (
        "A way to gather judgement in rounds: people answer on their own, see how the group "
        "answered without names, and answer again."
    ),
    "Dissent": (
        "A disagreement that stays. When it is stable it is a result of its own, reported with "
        "the reasons of the minority."
    ),
    "Duty": "One thing that somebody in an occupation does, as an occupational standard words it.",
    "Educator": "Somebody who designs or provides education and training. One of three groups.",
    "Employer": "Somebody who employs people for this work. One of three groups.",
    "Employer panel": "A few named employers who check the profiles and ratify them.",
    "Expert": (
        "The highest level of proficiency: detailed knowledge, supports others, finds and makes "
        "improvements. Code E."
    ),
    "Fit": (
        "The share of a profile's capabilities that some duty of an occupational standard matches."
    ),
    "Fold": (
        "To let one KSB stand for others that say nearly the same. What is folded stays readable "
        "and can stand by itself again."
    ),
    "Foresighting": (
        "Looking ahead in a disciplined way: if this technology is adopted, which capabilities, "
        "occupations and training will be needed, and where does provision fall short?"
    ),
    "Fragile": "Said of a verdict that would change if any single person's rating were left out.",
    "Framework": "A set of occupational standards, loaded to compare profiles with.",
    "Functional area": "The finest part of the classification: a place for capability statements.",
    "Future Competency Set": (
        "The accepted knowledge, skills and behaviours of the capabilities that the profiles of a "
        "role level hold, each wording once."
    ),
    "Group": "The part somebody plays in a cycle: technologist, employer or educator.",
    "Item": "One thing asked in a workshop, with its wording kept exactly as it was asked.",
    "KSB": (
        "A knowledge, skill or behaviour statement: what somebody must know, be able to do, or "
        "how they must act, for a capability."
    ),
    "Library": (
        "Capability statements from earlier cycles and from public sources, searched by meaning "
        "while people write their own."
    ),
    "Map and gap": (
        "Comparing every capability with every duty of a framework, to see what training there "
        "is and where it falls short."
    ),
    "Match score": (
        "How alike a capability and a duty are in meaning, as a percentage worked out by a "
        "language model. A person's review outranks it."
    ),
    "Not my field": (
        "An answer, not a rating: the item lies outside what the person works on. It is left out "
        "of every percentage."
    ),
    "Not needed": "The answer that a role level does not need a capability at all. Code N.",
    "Object": (
        "What a member of the employer panel answers, with a reason, to a profile that is wrong as "
        "it stands. An objection that stands when the profile is ratified is its dissent."
    ),
    "Occupational standard": (
        "A published description of an occupation: its duties and the knowledge, skills and "
        "behaviours it takes."
    ),
    "Panel": "The people who rate an item together. The employer panel is another; see there.",
    "Participant": "Somebody with a place in a cycle.",
    "Partner": (
        "A supply-chain partner: a kind of organisation, such as equipment suppliers. Not one "
        "named organisation."
    ),
    "Practitioner": (
        "The middle level of proficiency: applies the capability without help and understands "
        "what it means for the role. Code P."
    ),
    "Preview": (
        "The prototypes that a generation found, and what would change, before anything does. One "
        "a cycle, until it is used or discarded."
    ),
    "Primary partner": (
        "The supply-chain partner that more capabilities of a profile are tagged with than any "
        "other."
    ),
    "Priority": (
        "The order in which profiles need attention: most unsupported capabilities first, then "
        "the lowest best fit."
    ),
    "Proficiency": (
        "How well a role level must master a capability: Awareness, Practitioner or Expert, or "
        "Not needed."
    ),
    "Profile": (
        "A future occupational profile (FOP): capabilities that belong together at one role "
        "level, with the proficiency each needs."
    ),
    "Prototype profile": (
        "A profile (P-FOP) as it was generated, before the employer panel has ratified it."
    ),
    "Provisional": (
        "Said of a level on which raters did not agree: the lower median stands until the "
        "employer panel settles it."
    ),
    "Quorum": (
        "The fewest answers of the employer panel before a profile can be ratified. On a smaller "
        "panel everybody has to answer."
    ),
    "Ratify": (
        "What the employer panel does to make a prototype into a profile: correct it, then "
        "approve it."
    ),
    "Rating": "One person's answer to one item in one round.",
    "Reopen": (
        "To make a ratified profile a prototype again, with a reason. What was ratified stays "
        "readable as a version."
    ),
    "Review": (
        "One person's answer to a suggestion: a KSB is accepted, rejected or left unsure; a match "
        "likewise. The rule card's threshold says when the answers agree."
    ),
    "Role level": (
        "A layer of jobs, such as technicians or managers, with the academic level at which its "
        "training stands."
    ),
    "Round": (
        "One pass of asking. From the second round on, people see the group's answers and may "
        "change their own."
    ),
    "Rule card": (
        "The rules of agreement of a cycle: threshold, fewest raters, stability, most rounds. "
        "Fixed before the first round opens and printed in the report."
    ),
    "Sealed": (
        "Said of a cycle that has ended for good. The link between people and answers is destroyed."
    ),
    "Second membership": (
        "Said of a capability that also stands in a second profile, because it is nearly as close "
        "to it as to its own."
    ),
    "Set aside": (
        "Kept, but not counted any more: an answer to a profile that has changed since, or a "
        "review of a wording that was replaced."
    ),
    "Solution": "A technology or way of working that could meet the challenge.",
    "Sponsor": "Who commissions the cycle, reads its report and signs it off.",
    "Stability": (
        "That answers no longer move from round to round. From the second round on it is what "
        "closes an item, agreed or not."
    ),
    "Standard": "See Occupational standard.",
    "Surplus": "The share of a standard's duties that match none of a profile's capabilities.",
    "Technologist": (
        "Somebody who knows the technology: a specialist of the domain. One of three groups."
    ),
    "Threshold": (
        "The match score from which a duty counts as a match; or, on the rule card, the share "
        "from which ratings count as agreed."
    ),
    "Two camps": "Said of an item on which people cluster at opposite ends of the scale.",
    "Unsupported": "Said of a capability that no duty of any standard compared matches.",
    "Version": (
        "A profile as it was ratified: numbered, with its levels, votes, reasons and dissent. "
        "Nothing of a version ever changes."
    ),
    "Verdict": (
        "What the ratings of an item add up to under the rule card: a level, two adjacent "
        "levels, not needed, split, no level, or too few answers."
    ),
    "Withdrawn": (
        "Said of a profile that was taken out, with a reason. It is neither compared with "
        "standards nor in the report; it can be put back."
    ),
    "Workshop": "A meeting, or a period of answering at home, of one kind and with its rounds.",
}

TERMS: tuple[Term, ...] = tuple(Term(word, meaning) for word, meaning in sorted(_WORDS.items()))
