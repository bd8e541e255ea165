"""Fixtures of the tests of careers."""

from tests.people.conftest import committed, people

__all__ = ["committed", "people"]
