"""What takes effect before it was recorded carries a small mark with the document that is its ground.

Acts with effect for the past are often lawful. Nobody is told off: the page says when it was recorded and on
what it rests, and who reads it can ask for that document.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from pamong.access import clock
from pamong.web.formats import tanggal

DAYS = 1  # what begins the day before it is recorded is everyday business


def backdated(start: date, recorded_at: datetime, ground: str) -> str:
    """When it was recorded and on what ground, as the mark says it; '' for what does not look back.

    ``start`` is its first day, ``recorded_at`` as the database stamped it, ``ground`` the document in words.
    """
    recorded_on = clock.day_of(recorded_at)
    if (recorded_on - start).days <= DAYS:
        return ""
    told = {"on": tanggal(recorded_on), "ground": ground}
    if not ground:
        return _("dicatat %(on)s, tanpa nomor surat") % told
    return _("dicatat %(on)s, dasar %(ground)s") % told
