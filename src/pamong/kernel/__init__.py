"""The smallest shared words: numbers of persons, money, periods, problems. Pure Python, no Django."""

from pamong.kernel.actor import Actor, Grant
from pamong.kernel.canonical import canonical_json, sha256_hex
from pamong.kernel.clock import format_date, format_month, local_date
from pamong.kernel.errors import DomainError, InvalidValue
from pamong.kernel.ids import uuid7
from pamong.kernel.money import Rate, Ratio, Rupiah, parse_rupiah
from pamong.kernel.nik import Nik
from pamong.kernel.nip import Nip
from pamong.kernel.period import Period, month_period
from pamong.kernel.problem import Problem

__all__ = [
    "Actor",
    "DomainError",
    "Grant",
    "InvalidValue",
    "Nik",
    "Nip",
    "Period",
    "Problem",
    "Rate",
    "Ratio",
    "Rupiah",
    "canonical_json",
    "format_date",
    "format_month",
    "local_date",
    "month_period",
    "parse_rupiah",
    "sha256_hex",
    "uuid7",
]
