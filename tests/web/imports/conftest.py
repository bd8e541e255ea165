"""The small city with its careers, accounts that look after its data, and browsers of them."""

from tests.web.people.conftest import browser, people, read

__all__ = ["browser", "people", "read"]
