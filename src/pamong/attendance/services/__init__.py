"""What is done with devices, punches, excuses, rosters, corrections, outages and papers; deriving days."""

from pamong.attendance.correcting.paid import tell_paid
from pamong.attendance.services.attaching import attach
from pamong.attendance.services.correcting import appeal_correction, ask_correction
from pamong.attendance.services.deriving import Derived, derive_due, derive_month, derive_stale
from pamong.attendance.services.devices import (
    end_device,
    enter_device,
    place_device,
    register_device,
    register_group,
)
from pamong.attendance.services.excusing import add_excuses, set_excuses
from pamong.attendance.services.letters import (
    Letter,
    cancel_letter,
    change_letter,
    enter_letter,
    take_over_letters,
)
from pamong.attendance.services.musters import (
    cancel_muster,
    change_muster,
    enter_muster,
)
from pamong.attendance.services.noticing import notice_outages
from pamong.attendance.services.outages import decide_outage, end_outage, report_outage, withdraw_outage
from pamong.attendance.services.papers import Hands, Told, Upload, decide_paper, withdraw_paper
from pamong.attendance.services.permits import ask_permit, cancel_permit
from pamong.attendance.services.pins import assign_pins, check_pins, end_pin
from pamong.attendance.services.rostering import codes_of
from pamong.attendance.services.rosters import check_roster, enter_roster
from pamong.attendance.services.sheets import decide_sheet, enter_sheet, withdraw_sheet
from pamong.attendance.services.shifts import check_end, check_shift, define_shift, end_shift
from pamong.attendance.services.staling import stale
from pamong.attendance.services.storing import check_punches, store_punches
from pamong.attendance.services.swaps import ask_swap, step_swap
from pamong.attendance.services.weeks import check_week, set_week
from pamong.attendance.values import (
    Assigned,
    Checked,
    Claim,
    DeviceFile,
    NewExcuse,
    PunchRow,
    Rostered,
    RosterFile,
    RosterLine,
    RosterSeen,
    Set,
    SheetLine,
    ShiftTimes,
    Stored,
    Touched,
)

__all__ = [
    "Assigned",
    "Checked",
    "Claim",
    "Derived",
    "DeviceFile",
    "Hands",
    "Letter",
    "NewExcuse",
    "PunchRow",
    "RosterFile",
    "RosterLine",
    "RosterSeen",
    "Rostered",
    "Set",
    "SheetLine",
    "ShiftTimes",
    "Stored",
    "Told",
    "Touched",
    "Upload",
    "add_excuses",
    "appeal_correction",
    "ask_correction",
    "ask_permit",
    "ask_swap",
    "assign_pins",
    "attach",
    "cancel_letter",
    "cancel_muster",
    "cancel_permit",
    "change_letter",
    "change_muster",
    "check_end",
    "check_pins",
    "check_punches",
    "check_roster",
    "check_shift",
    "check_week",
    "codes_of",
    "decide_outage",
    "decide_paper",
    "decide_sheet",
    "define_shift",
    "derive_due",
    "derive_month",
    "derive_stale",
    "end_device",
    "end_outage",
    "end_pin",
    "end_shift",
    "enter_device",
    "enter_letter",
    "enter_muster",
    "enter_roster",
    "enter_sheet",
    "notice_outages",
    "place_device",
    "register_device",
    "register_group",
    "report_outage",
    "set_excuses",
    "set_week",
    "stale",
    "step_swap",
    "store_punches",
    "take_over_letters",
    "tell_paid",
    "withdraw_outage",
    "withdraw_paper",
    "withdraw_sheet",
]
