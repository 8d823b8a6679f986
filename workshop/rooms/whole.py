"""What is true of a round as a whole: reliability, concordance, and how much may be luck.

Frozen with the round when it closes. A statistic without a value is kept as the words that say
why, never as a number.
"""

from typing import Any

import numpy as np

from consensus.concordance import Concordance, kendalls_w
from consensus.distribution import Integers
from consensus.krippendorff import krippendorff_alpha
from consensus.luck import chance_of_agreement, chance_of_settling
from consensus.rule import Rule
from workshop.rooms.answers import CodeTable
from workshop.rooms.disclosure import may_show
from workshop.rooms.models import ScaleName

WITHHELD = "withheld: too few answered everything"


def figures_of_round(
    table: Integers, codes: CodeTable, scale: ScaleName, rule: Rule
) -> dict[str, Any]:
    """Return a round's figures: numbers, or the words that say why there is none.

    Neither alpha nor W takes in what is withheld: beside the counts that are shown, a figure over
    all items would say what the few answered.

    ``alpha`` is Krippendorff's, ordinal; ``w`` Kendall's, with its p, raters and Schmidt's word.
    ``luck`` is how many of the ``rated`` items a random panel of the same sizes would agree on
    (one answer at the threshold), ``settling_luck`` how many it would settle by the whole rule;
    None for priorities, whose method has no threshold.
    """
    is_shown = [may_show(n, rule.minimum_n) for n in table.sum(axis=1).tolist()]
    alpha = krippendorff_alpha(table[np.array(is_shown, dtype=np.bool_)])
    sizes = [n for n in table.sum(axis=1).tolist() if n >= rule.minimum_n]
    return {
        "alpha": alpha if isinstance(alpha, float) else alpha.value,
        **_concordance(codes, rule.minimum_n),
        "rated": len(sizes),
        "raters": len(codes),
        **_luck(sizes, scale, rule, table.shape[1]),
    }


def _concordance(codes: CodeTable, minimum_n: int) -> dict[str, Any]:
    found = kendalls_w(codes)
    if not isinstance(found, Concordance) or not may_show(found.raters, minimum_n):
        why = WITHHELD if isinstance(found, Concordance) else found.value
        return {"w": why, "w_p": None, "w_raters": None, "w_strength": None}
    return {
        "w": found.w,
        "w_p": found.p_value,
        "w_raters": found.raters,
        "w_strength": found.strength.value,
    }


def _luck(sizes: list[int], scale: ScaleName, rule: Rule, categories: int) -> dict[str, Any]:
    threshold = rule.threshold_percent
    if scale == ScaleName.PRIORITY:
        return {"luck": None, "settling_luck": None}
    return {
        "luck": sum(chance_of_agreement(n, threshold, categories) or 0.0 for n in sizes),
        "settling_luck": sum(chance_of_settling(n, threshold) or 0.0 for n in sizes)
        if scale == ScaleName.PROFICIENCY
        else None,
    }
