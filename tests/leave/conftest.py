"""Fixtures of the tests of leave."""

from tests.people.conftest import committed, people

__all__ = ["committed", "people"]
