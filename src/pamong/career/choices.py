"""Why a raise is delayed, and what the conditions of one do: as the law has them."""

from __future__ import annotations

from pamong.law.kgb import Code, Effect, Ground, State

__all__ = ["KINDS", "Code", "Effect", "Ground", "State"]

KINDS = ("PNS", "CPNS", "PPPK", "PPPK_PW")  # of employment, of whom a raise is asked
