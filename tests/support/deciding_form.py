"""What a change of the kind of decision of tests fills in."""

from __future__ import annotations

from django import forms

from pamong.web.decisions.forms import ChangeForm


class TaskChange(ChangeForm):
    """Another task."""

    task = forms.CharField(label="Tugas", max_length=80)
