"""Forms: the base class, trimmed text, and how a command's refusal lands beside its field."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields import Field

from cycles.core.errors import DomainError, Invalid

LONGEST_NUMBER = 10


def trimmed(value: object) -> object:
    """Filter: take surrounding space off text."""
    return value.strip() if isinstance(value, str) else value


def whole_number(given: str) -> int | None:
    """Return the number that a field or an address holds, or None for anything else.

    What is longer than any number of ours is none: Python refuses to read thousands of digits.
    """
    is_number = given.isascii() and given.isdecimal() and len(given) < LONGEST_NUMBER
    return int(given) if is_number else None


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Every form: CSRF on, text trimmed, enctype left to the template."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        """Trim every field that holds text."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            """Add the trimming filter to each field as it is bound."""
            filters = [*unbound_field.kwargs.get("filters", []), trimmed]
            field: Field = unbound_field.bind(form=form, filters=filters, **options)
            return field

    def refuse(self, refusal: DomainError) -> None:
        """Show a command's refusal: each problem at its field, the rest above the form."""
        problems = refusal.problems if isinstance(refusal, Invalid) else {}
        for name, sentence in problems.items():
            if name in self._fields:
                self._fields[name].errors = [*self._fields[name].errors, sentence]
        if not any(name in self._fields for name in problems):
            self.form_errors.append(str(refusal))
