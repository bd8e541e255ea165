"""Reads of presence: devices and their numbers, punches, and what they make of somebody's days."""

from pamong.attendance.queries.days import DayView, PersonDays, days_of, list_days
from pamong.attendance.queries.facts import (
    DeviceView,
    OwnedPunch,
    SetAside,
    UnknownPin,
    find_device,
    find_group,
    find_site,
    list_devices,
    list_punches,
    list_set_aside,
    list_unknown_pins,
    uids_of,
    zone_of,
)

__all__ = [
    "DayView",
    "DeviceView",
    "OwnedPunch",
    "PersonDays",
    "SetAside",
    "UnknownPin",
    "days_of",
    "find_device",
    "find_group",
    "find_site",
    "list_days",
    "list_devices",
    "list_punches",
    "list_set_aside",
    "list_unknown_pins",
    "uids_of",
    "zone_of",
]
