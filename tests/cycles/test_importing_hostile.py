"""Files that no honest source writes: refused with a reason, in no time and little memory."""

import io

import pytest

from cycles.core.errors import Invalid
from cycles.importing.cleaning import clean, level_of, version_key
from cycles.importing.letters import LONGEST_LINE
from cycles.importing.sheets import MOST_COLUMNS, open_sheet

ENDLESS = "9" * 5000


def test_a_number_without_an_end_is_no_number() -> None:
    assert level_of(ENDLESS) is None
    assert clean(f"Bake&#{ENDLESS}; bread").startswith("Bake")
    assert version_key(ENDLESS) > version_key("2")


@pytest.mark.parametrize("name", ["wide.csv", "wide.txt"])
def test_a_table_of_thousands_of_columns_is_refused(name: str) -> None:
    wide = ("," if name.endswith("csv") else "\t").join(map(str, range(MOST_COLUMNS + 1)))
    with pytest.raises(Invalid, match="more than 1,000 columns"):
        open_sheet(io.BytesIO(wide.encode()), name)


def test_a_line_without_an_end_is_refused() -> None:
    content = b"statement\tkind\n" + b"\t" * (LONGEST_LINE + 1)
    with pytest.raises(Invalid, match="Line 2 of the file is over 4 MB long"):
        list(open_sheet(io.BytesIO(content), "endless.txt").rows)
