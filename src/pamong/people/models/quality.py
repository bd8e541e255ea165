"""Findings of the data-quality list that somebody looked at and accepted, with his reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class QualityAccept(models.Model):
    """Somebody's word on a finding: it is really so (``accepted``), or it is open again. The last one counts.

    ``subject`` is the id of the person or the unit; ``mark`` is the hash of what was found, so that other
    values of the same rule are a new finding. From ``until`` on the finding is shown again.
    """

    id = models.BigAutoField(primary_key=True)
    rule = models.TextField()
    subject = models.UUIDField()
    mark = models.TextField()
    accepted = models.BooleanField()
    reason = models.TextField()
    until = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_name = models.TextField()
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="qualityaccept_reason"),)
        indexes = (models.Index(fields=["rule", "subject", "-id"], name="qualityaccept_last"),)
