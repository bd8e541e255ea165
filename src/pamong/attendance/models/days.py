"""What became of people's days: derived from the facts, kept in versions; and what is to be derived anew."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from pamong.attendance.choices import DayState
from pamong.ledger.kinds import choices_of


class DayResult(models.Model):
    """What became of a working period of somebody's day, derived; where nobody expects him one row without
    times. Versions: another one supersedes it as soon as the facts of the day say something else.

    Partitioned by the month of ``local_on``. ``starts`` is the local midnight where nothing is expected.
    """

    pk = models.CompositePrimaryKey("local_on", "person", "starts", "version")
    local_on = models.DateField()
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    version = models.IntegerField()
    ends = models.DateTimeField(null=True)
    opens = models.DateTimeField(null=True)
    closes = models.DateTimeField(null=True)
    zone = models.TextField()
    site = models.ForeignKey("organisation.Site", models.PROTECT, null=True, related_name="+")
    source = models.TextField()
    state = models.TextField(choices=choices_of(DayState))
    expected = models.IntegerField(null=True)  # seconds to be worked
    first_in = models.DateTimeField(null=True)
    last_out = models.DateTimeField(null=True)
    in_punch = models.BigIntegerField(null=True)
    out_punch = models.BigIntegerField(null=True)
    worked = models.IntegerField(null=True)
    over = models.IntegerField(null=True)
    under = models.IntegerField(null=True)
    late = models.IntegerField(null=True)
    early = models.IntegerField(null=True)
    excuse = models.TextField(blank=True, default="")  # the kind that excuses all of it
    covered = models.BooleanField()  # whether the data of its machines begin before it
    numbered = models.BooleanField()  # whether any machine knows him then
    reasons = models.JSONField()
    inputs_hash = models.BinaryField()
    derived_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        managed = False  # a partitioned table: its migration is SQL
        db_table = "attendance_dayresult"


class StaleDay(models.Model):
    """A day of somebody that a late fact touched: to be derived anew."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    local_on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["local_on", "person"], name="staleday_day"),)
