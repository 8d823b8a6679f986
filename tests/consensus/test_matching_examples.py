"""The examples in the docstrings of matching are true."""

import doctest
import importlib
import pkgutil

import pytest

from consensus import matching

MODULES = sorted(
    module.name for module in pkgutil.iter_modules(matching.__path__, "consensus.matching.")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
