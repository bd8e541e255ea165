"""Fixtures of the law's tests: formulas and facts of a test alone, taken away again afterwards."""

from collections.abc import Iterator

import pytest

from pamong.law.engine.formulas import FACTS, FORMULAS
from pamong.law.engine.law import load_formulas


@pytest.fixture
def own_formulas() -> Iterator[None]:
    """What a test declares with `fact` and `formula` is gone after it."""
    load_formulas()
    facts, formulas = dict(FACTS), {name: list(versions) for name, versions in FORMULAS.items()}
    yield
    FACTS.clear()
    FACTS.update(facts)
    FORMULAS.clear()
    FORMULAS.update(formulas)


@pytest.fixture(scope="module")
def own_formulas_of_module() -> Iterator[None]:
    """The same for what a whole module declares in a fixture of its own."""
    load_formulas()
    facts, formulas = dict(FACTS), {name: list(versions) for name, versions in FORMULAS.items()}
    yield
    FACTS.clear()
    FACTS.update(facts)
    FORMULAS.clear()
    FORMULAS.update(formulas)
