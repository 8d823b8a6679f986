"""The six stages, in order, in the field's words."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a cycle stands."""

    CONSIDERING = "considering"
    IDENTIFYING = "identifying"
    PREPARING = "preparing"
    CARRYING_OUT = "carrying out"
    COMMUNICATING = "communicating"
    CAUSING_ACTION = "causing action"


ORDER: tuple[Stage, ...] = tuple(Stage)
