"""What is done with devices, PINs, punches and excuses."""

from pamong.attendance.services.devices import end_device, place_device, register_device, register_group
from pamong.attendance.services.excusing import add_excuses, set_excuses
from pamong.attendance.services.letters import (
    Letter,
    cancel_letter,
    change_letter,
    decide_letter,
    enter_letter,
    take_over_letters,
    withdraw_letter,
)
from pamong.attendance.services.musters import (
    cancel_muster,
    change_muster,
    decide_muster,
    enter_muster,
    withdraw_muster,
)
from pamong.attendance.services.papers import Hands, Told, Upload
from pamong.attendance.services.permits import ask_permit, cancel_permit, decide_permit, withdraw_permit
from pamong.attendance.services.pins import assign_pins, end_pin
from pamong.attendance.services.storing import store_punches
from pamong.attendance.services.weeks import set_week
from pamong.attendance.values import Assigned, DeviceFile, NewExcuse, PunchRow, Set, Stored

__all__ = [
    "Assigned",
    "DeviceFile",
    "Hands",
    "Letter",
    "NewExcuse",
    "PunchRow",
    "Set",
    "Stored",
    "Told",
    "Upload",
    "add_excuses",
    "ask_permit",
    "assign_pins",
    "cancel_letter",
    "cancel_muster",
    "cancel_permit",
    "change_letter",
    "change_muster",
    "decide_letter",
    "decide_muster",
    "decide_permit",
    "end_device",
    "end_pin",
    "enter_letter",
    "enter_muster",
    "place_device",
    "register_device",
    "register_group",
    "set_excuses",
    "set_week",
    "store_punches",
    "take_over_letters",
    "withdraw_letter",
    "withdraw_muster",
    "withdraw_permit",
]
