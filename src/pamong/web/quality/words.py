"""Rules, findings and numbers of the data-quality list as pages say them, in the reader's language."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext as _
from markupsafe import Markup

from pamong.people.quality import Count, Finding, Rule, Severity
from pamong.web.formats import angka

TONES = {Severity.URGENT: "attention", Severity.USUAL: "neutral"}


def title(rule: Rule) -> str:
    """What is wrong, in a few words."""
    return _(rule.title)


def about(rule: Rule) -> str:
    """Why the rule is there."""
    return _(rule.about)


def word(member: StrEnum) -> str:
    """A group, an owner or a weight."""
    return _(member.label)  # type: ignore[attr-defined]


def sentence(finding: Finding) -> str:
    """What is wrong with this one, and what to do."""
    return _(finding.template) % finding.values


def plain(count: Count) -> str:
    """A number, or what may be told of it: ``•••``, ``1.240+``."""
    return "•••" if count.hidden else f"{angka(count.value)}{'+' if count.partial else ''}"


def number(count: Count) -> str | Markup:
    """The same with an explanation of its sign."""
    if not (count.hidden or count.partial):
        return plain(count)
    why = _("disamarkan") if count.hidden else _("tanpa jumlah yang disamarkan")
    return Markup('{}<span class="visually-hidden">, {}</span>').format(plain(count), why)


def clean(count: Count) -> bool:
    """Whether nothing was found at all."""
    return not (count.value or count.hidden or count.partial)
