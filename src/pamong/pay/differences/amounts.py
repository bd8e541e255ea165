"""What a difference or a part of it comes to: before deductions, tax, contribution, and what is received."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """Before deductions, tax, contribution; in rupiah, negative where it is taken back."""

    gross: int
    tax: int
    health: int

    @property
    def net(self) -> int:
        """What the person receives of it."""
        return self.gross - self.tax - self.health

    def __neg__(self) -> Amount:
        return Amount(-self.gross, -self.tax, -self.health)

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.gross + other.gross, self.tax + other.tax, self.health + other.health)

    def part(self, net: int) -> Amount:
        """So much of it, with tax and contribution in the same shares, rounded towards nothing."""
        if net == self.net:
            return self
        tax, health = (_share(value * net, self.net) for value in (self.tax, self.health))
        return Amount(net + tax + health, tax, health)


def _share(num: int, den: int) -> int:
    whole = abs(num) // abs(den)
    return whole if (num < 0) == (den < 0) else -whole
