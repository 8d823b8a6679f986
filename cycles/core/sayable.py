"""Text that files made of XML can hold: workbooks, drawings. What they are is decided elsewhere."""

import re

UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def sayable(text: str) -> str:
    r"""Return the text without the letters that XML has no way to say: one of them spoils a file.

    >>> sayable("Fa\x0bn\uffffs")
    'Fans'
    """
    return UNSAYABLE.sub("", text)
