"""The examples in the docstrings of the arithmetic are true."""

import doctest
import importlib
import pkgutil

import pytest

import consensus

MODULES = sorted(module.name for module in pkgutil.iter_modules(consensus.__path__, "consensus."))


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
