"""What a published month and a signed list need to be proved: hashes and numbers, nothing of anybody."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class SlipTree(models.Model):
    """The tree over a run's slips, whose root the entry of its publication holds.

    ``tiles``: the hashes of its tiles (C2SP tlog-tiles), level by level, so that a proof reads two of them;
    leaf k - 1 is slip number k. ``keys``: for each slip the id of the key from which its salts are derived.
    """

    run = models.OneToOneField("pay.Run", models.PROTECT, related_name="tree", primary_key=True)
    entry = models.OneToOneField("ledger.Intake", models.PROTECT, related_name="+")
    size = models.IntegerField()
    template = models.TextField()
    tiles = models.BinaryField()
    keys = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(size__gte=0, keys__len=models.F("size")), name="slip_tree_keys"
            ),
        )


class Recapitulation(models.Model):
    """What a signature under a list vouches for: by which template, over which items, told by which entry."""

    step = models.OneToOneField(
        "pay.ListStep", models.PROTECT, related_name="recapitulation", primary_key=True
    )
    entry = models.OneToOneField("ledger.Intake", models.PROTECT, related_name="+")
    template = models.TextField()
    items = ArrayField(models.BigIntegerField())
