"""Fixtures of the matrix: the small month and accounts for each role; the city for rights over objects."""

from tests.support.paid import paid, paid_once, sign_in
from tests.support.rights import rights, rights_once

__all__ = ["paid", "paid_once", "rights", "rights_once", "sign_in"]
