"""What is done with devices, PINs, punches and excuses."""

from pamong.attendance.services.attaching import attach
from pamong.attendance.services.correcting import (
    answer_correction,
    appeal_correction,
    ask_correction,
    escalate_corrections,
    withdraw_correction,
)
from pamong.attendance.services.devices import end_device, place_device, register_device, register_group
from pamong.attendance.services.excusing import set_excuses
from pamong.attendance.services.noticing import notice_outages
from pamong.attendance.services.outages import (
    decide_outage,
    end_outage,
    report_outage,
    withdraw_outage,
)
from pamong.attendance.services.pins import assign_pins, end_pin
from pamong.attendance.services.sheets import decide_sheet, enter_sheet, withdraw_sheet
from pamong.attendance.services.storing import store_punches
from pamong.attendance.services.weeks import set_week
from pamong.attendance.values import Assigned, Claim, DeviceFile, NewExcuse, PunchRow, Set, SheetLine, Stored

__all__ = [
    "Assigned",
    "Claim",
    "DeviceFile",
    "NewExcuse",
    "PunchRow",
    "Set",
    "SheetLine",
    "Stored",
    "answer_correction",
    "appeal_correction",
    "ask_correction",
    "assign_pins",
    "attach",
    "decide_outage",
    "decide_sheet",
    "end_device",
    "end_outage",
    "end_pin",
    "enter_sheet",
    "escalate_corrections",
    "notice_outages",
    "place_device",
    "register_device",
    "register_group",
    "report_outage",
    "set_excuses",
    "set_week",
    "store_punches",
    "withdraw_correction",
    "withdraw_outage",
    "withdraw_sheet",
]
