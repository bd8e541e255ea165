"""Kinds of leave, and their codes in lists of offices."""

from __future__ import annotations

from pamong.attendance.choices import ExcuseKind, ExcusePart

KINDS = (
    ExcuseKind.LEAVE_ANNUAL,
    ExcuseKind.LEAVE_LONG,
    ExcuseKind.LEAVE_SICK,
    ExcuseKind.LEAVE_MATERNITY,
    ExcuseKind.LEAVE_IMPORTANT,
    ExcuseKind.LEAVE_UNPAID,
)
# The code of the kind of decision by which leave is asked for.
REQUEST = "leave.request"
PARTS = (ExcusePart.WHOLE, ExcusePart.FIRST_HALF, ExcusePart.SECOND_HALF)


def kind_named(text: str) -> ExcuseKind | None:
    """The kind that a list means by its code (CT) or its name, with *cuti* or without; None for no leave."""
    said = " ".join(text.lower().split())
    for kind in KINDS:
        name = kind.label.lower()
        if said in (kind.value.lower(), name, name.removeprefix("cuti ")):
            return kind
    return None
