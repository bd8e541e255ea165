"""The inputs of an entry's form: one for each field, with its choices and its sentences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pamong.kernel.actor import Actor
from pamong.people import queries
from pamong.people.subjects import Field, Input, Subject
from pamong.web.days import DayField


def made(field: Field, common: dict[str, Any], values: list[str]) -> forms.Field:
    """The form's field for a field of a subject; ``values`` are offered."""
    common["error_messages"] = messages(field.label)
    if field.input is Input.DATE:
        return DayField(**common)
    if field.input is Input.NUMBER:
        return forms.IntegerField(**common)
    if field.input in (Input.CHOICE, Input.LIST):
        choices = [(value, value) for value in values] if field.input is Input.LIST else field.choices
        return forms.ChoiceField(choices=[("", _("Pilih")), *choices], **common)
    if field.input is Input.YES_NO:
        return forms.BooleanField(**common)
    widget = forms.TextInput(attrs={"list": list_id(field)} if values else {})
    return forms.CharField(max_length=field.most, widget=widget, **common)


def offered(actor: Actor, subject: Subject, field: Field, stands: str) -> list[str]:
    """Words to choose from: the list, what files brought, and what stands here, each written once.

    What stands stays as it is written, so that sending a form unchanged changes nothing.
    """
    if field.input not in (Input.LIST, Input.TEXT):
        return []
    values = [value for value, _label in field.choices] + list(field.suggestions)
    values += queries.list_recorded(actor=actor, subject=subject.code, name=field.fact)
    if field.input is Input.TEXT:
        return list(dict.fromkeys(values))
    found = {value.casefold(): value for value in reversed(values)}
    ordered = list(dict.fromkeys(value.casefold() for value in [*values, stands] if value))
    return [stands if key == stands.casefold() else found[key] for key in ordered]


def list_id(field: Field) -> str:
    """The id of the list that an input offers."""
    return f"list-{field.name}"


def messages(label: Any) -> dict[str, Any]:
    """What is wrong with a field, in sentences that name it."""
    told = {"label": label}
    longest = _("%(label)s paling panjang %%(limit_value)s huruf, sekarang %%(show_value)s. Persingkat.")
    return {
        "required": _("%(label)s belum diisi.") % told,
        "invalid": _("%(label)s tidak dapat dibaca. Periksa penulisannya.") % told,
        "invalid_choice": _("%(label)s: pilih salah satu dari daftar.") % told,
        "max_length": longest % told,
    }
