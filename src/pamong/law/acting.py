"""Standing in for another post (Plt, Plh): what it adds to the allowance of one's own post."""

from typing import Any

from pamong.law.engine.formulas import formula
from pamong.law.engine.ops import (
    all_of,
    equals,
    greatest,
    greatest_event,
    lookup,
    negate,
    round_half_up,
    where,
)


@formula(title="TPP Plt/Plh", unit="rupiah", method="acting.none", line="ceiling")
def tpp_acting() -> Any:
    """Standing in adds nothing."""
    return 0


@formula(title="TPP jabatan yang dirangkap", unit="rupiah", level="event", method="acting.share_of_post")
def acting_amount(
    acting_class: Any,
    tpp_class_amount: Any,
    component_load: Any,
    component_performance: Any,
    component_conditions: Any,
    component_location: Any,
    component_scarcity: Any,
    component_other: Any,
) -> Any:
    """What the post would give for a whole month: all its components."""
    rates = lookup(component_load, acting_class) + lookup(component_performance, acting_class)
    rates = rates + lookup(component_conditions, acting_class) + lookup(component_location, acting_class)
    rates = rates + lookup(component_scarcity, acting_class) + lookup(component_other, acting_class)
    return lookup(tpp_class_amount, acting_class) * rates


@formula(title="Masa Plt/Plh mencukupi", unit="bool", level="event", method="acting.share_of_post")
def acting_counts(acting_kind: Any, acting_work_days: Any, acting_paid: Any, acting_least_days: Any) -> Any:
    """Of a kind that is paid, and for as many working days of the month as the regulation asks."""
    return all_of(lookup(acting_paid, acting_kind), acting_work_days >= acting_least_days)


@formula(title="Tambahan Plt/Plh", unit="rupiah", level="event", method="acting.share_of_post")
def acting_added(acting_counts: Any, acting_level: Any, acting_amount: Any, acting_share: Any) -> Any:
    """At the same level, or a level below one's own: a share of the post's allowance beside one's own."""
    beside = all_of(acting_counts, negate(equals(acting_level, "up")))
    return where(beside, acting_amount * lookup(acting_share, acting_level), 0)


@formula(title="TPP Plt/Plh pengganti", unit="rupiah", level="event", method="acting.share_of_post")
def acting_instead(acting_counts: Any, acting_level: Any, acting_amount: Any) -> Any:
    """A level above one's own: the post's allowance in place of one's own."""
    return where(all_of(acting_counts, equals(acting_level, "up")), acting_amount, 0)


@formula(name="tpp_acting", title="TPP Plt/Plh", unit="rupiah", method="acting.share_of_post", line="ceiling")
def tpp_acting_share_of_post(acting_added: Any, acting_instead: Any, month_share: Any, tpp_own: Any) -> Any:
    """The best of all posts stood in for, for the paid part of the month, over one's own; never two."""
    instead = round_half_up(greatest_event(acting_instead) * month_share) - tpp_own
    return greatest(0, round_half_up(greatest_event(acting_added) * month_share), instead)
