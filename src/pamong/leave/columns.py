"""Bulk reads of leave for machines."""

from __future__ import annotations

# Whose standing is unpaid leave on which days, by the register of leave alone, whatever his employment says.
# This is the one place where leave reaches pay; whether that standing is paid, the region's table says.
# Nobody's standing lasts half a day.
UNPAID = """
SELECT person_id, period, 'CLTN' AS standing FROM leave_leaveentry
WHERE kind = 'CLTN' AND part = 'whole' AND state = 'verified' AND act <> 'cancel'
  AND period && daterange(%(first)s::date, %(end)s::date)
"""
