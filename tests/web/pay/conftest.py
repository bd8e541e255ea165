"""Fixtures of the pay pages: the small month and accounts for each role."""

from tests.support.paid import paid, paid_once, sign_in

__all__ = ["paid", "paid_once", "sign_in"]
