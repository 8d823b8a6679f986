"""One spelling for matching: British words as American ones, in which most of what a model read,
and all of O*NET, is written.

What is shown, stored and compared for sameness keeps its own spelling; only what is encoded, and
the key it is cached under, goes through here. The table is ours. A word that it does not know
stays as it is: both sides of a comparison lose nothing by that.
"""

import re
from collections.abc import Callable
from functools import lru_cache

# Before -ise, -ising, -isation; a rule without a list would turn "supervise" and "precise".
_IZED = (
    "acclimat|anod|anonym|apolog|atom|author|automat|bapt|brutal|capital|caramel|carbon|"
    "categor|catheter|cauter|central|character|civil|collectiv|colon|commercial|computer|"
    "conceptual|container|contextual|criminal|critic|crystall|custom|decarbon|democrat|"
    "desensit|digit|digital|dramat|econom|empath|emphas|energ|equal|euthan|external|familiar|"
    "fertil|final|formal|fossil|galvan|general|global|harmon|homogen|hospital|hypnot|ideal|"
    "immobil|immun|incentiv|individual|industrial|initial|institutional|internal|international|"
    "ion|item|jeopard|legal|legitim|liberal|local|magnet|marginal|material|maxim|mechan|memor|"
    "metabol|metall|miniatur|minim|mobil|modern|modular|monet|monopol|moral|motor|national|"
    "neutral|normal|operational|optim|organ|oxid|pasteur|patron|penal|personal|plagiar|polar|"
    "polymer|popular|pressur|priorit|privat|professional|public|random|rational|real|recogn|"
    "regular|revital|revolution|romantic|sanit|scrutin|sensit|serial|social|special|stabil|"
    "standard|steril|stigmat|strateg|subsid|summar|symbol|sympath|synchron|synthes|system|"
    "tempor|theor|trivial|urban|util|vapor|vascular|verbal|victim|virtual|visual|vocal|vulcan|"
    "weather|winter"
)
_ORED = (
    "ard|arm|behavi|cand|clam|col|demean|endeav|fav|flav|harb|hon|hum|lab|neighb|od|parl|ranc|"
    "rig|rum|sav|splend|tum|val|vap|vig"
)
_ERED = "calib|cent|fib|lit|lust|meag|met|sab|somb|spect|theat"
# A last l that British spelling doubles before an ending although it bears no stress.
_ONE_L = (
    "bevel|cancel|channel|chisel|counsel|dial|enamel|equal|fuel|funnel|initial|jewel|kennel|"
    "label|level|marshal|marvel|medal|model|panel|parcel|pedal|pencil|quarrel|shovel|signal|"
    "spiral|stencil|swivel|total|towel|travel|trowel|tunnel|unravel"
)
_BEGINNINGS = {
    "anaem": "anem",
    "anaesth": "anesth",
    "archaeo": "archeo",
    "caesarean": "cesarean",
    "diarrhoea": "diarrhea",
    "encyclopaed": "encycloped",
    "faec": "fec",
    "foet": "fet",
    "gynaec": "gynec",
    "haem": "hem",
    "homoeo": "homeo",
    "leukaem": "leukem",
    "oedema": "edema",
    "oesoph": "esoph",
    "oestr": "estr",
    "orthopaed": "orthoped",
    "paed": "ped",
    "sulph": "sulf",
}
_WORDS = {
    "acknowledgement": "acknowledgment",
    "aeroplane": "airplane",
    "aetiology": "etiology",
    "ageing": "aging",
    "aluminium": "aluminum",
    "analogue": "analog",
    "artefact": "artifact",
    "carburettor": "carburetor",
    "catalogue": "catalog",
    "catalogued": "cataloged",
    "cataloguing": "cataloging",
    "centred": "centered",
    "centring": "centering",
    "cheque": "check",
    "defence": "defense",
    "distil": "distill",
    "draught": "draft",
    "enrol": "enroll",
    "enrolment": "enrollment",
    "fulfil": "fulfill",
    "fulfilment": "fulfillment",
    "grey": "gray",
    "instalment": "installment",
    "jewellery": "jewelry",
    "judgement": "judgment",
    "kerb": "curb",
    "kilogramme": "kilogram",
    "licence": "license",
    "manoeuvrability": "maneuverability",
    "manoeuvre": "maneuver",
    "manoeuvred": "maneuvered",
    "manoeuvring": "maneuvering",
    "mould": "mold",
    "moulded": "molded",
    "moulder": "molder",
    "moulding": "molding",
    "offence": "offense",
    "plough": "plow",
    "ploughing": "plowing",
    "practise": "practice",
    "practised": "practiced",
    "practising": "practicing",
    "pretence": "pretense",
    "programme": "program",
    "sceptical": "skeptical",
    "skilful": "skillful",
    "skilfully": "skillfully",
    "tyre": "tire",
    "wilful": "willful",
    "woollen": "woolen",
}
_PLURALS = {f"{british}s": f"{american}s" for british, american in _WORDS.items()}

_ENDINGS = r"(?:e|es|ed|er|ers|ing|ings|able|ation|ations|ational|ationally)$"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"({_ORED})our"), r"\1or"),
    (re.compile(rf"^((?:\w{{2,5}})?(?:{_IZED})i)s(?={_ENDINGS})"), r"\1z"),
    (re.compile(r"((?:ana|cata|dia|para|hydro|electro)ly)s(?=(?:e|ed|er|ers|ing)$)"), r"\1z"),
    (re.compile(rf"({_ERED})re(?=(?:s|glass|board)?$)"), r"\1er"),
    (re.compile(rf"({_ONE_L})l(?=(?:ed|er|ers|ing|ings|or|ors|ous)$)"), r"\1"),
    (re.compile(rf"^({'|'.join(_BEGINNINGS)})"), ""),
)
_LONG = re.compile(r"[A-Za-z]{4,}")


def american(text: str) -> str:
    """Return the text with the British spellings of our table made American.

    >>> american("Organise the centre's colour programmes; supervise analyses.")
    "Organize the center's color programs; supervise analyses."
    """
    return _LONG.sub(_replaced, text)


def _replaced(found: re.Match[str]) -> str:
    return _word(found.group())


@lru_cache(maxsize=100_000)
def _word(word: str) -> str:
    lower = word.lower()
    changed = _WORDS.get(lower) or _PLURALS.get(lower) or _by_rule(lower)
    return word if changed == lower else _case_of(word)(changed)


def _by_rule(word: str) -> str:
    for pattern, replacement in _RULES:
        word, _ = pattern.subn(replacement or _beginning, word)
    return word


def _beginning(found: re.Match[str]) -> str:
    return _BEGINNINGS[found.group()]


def _case_of(word: str) -> Callable[[str], str]:
    if word.isupper():
        return str.upper
    return str.capitalize if word[0].isupper() else str.lower
