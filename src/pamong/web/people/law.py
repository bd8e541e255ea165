"""The law of careers as pages of people need it: national, whatever the region."""

from __future__ import annotations

from datetime import date

from pamong.law import career
from pamong.law.career import Cited
from pamong.law.national import national
from pamong.web.jinja import url
from pamong.web.shapes import Node

__all__ = ["cited", "national", "rank_name"]


def rank_name(golongan: str, on: date) -> str:
    """``Penata Muda (III/a)`` where the golongan has a name, ``Golongan IX`` else."""
    named = career.pangkat_name(national(), golongan, on)
    return f"{named.value} ({golongan})" if named else f"Golongan {golongan}"


def cited(text: str, value: str, found: Cited[int]) -> Node:
    """A value of the law as a line of an explanation: with article, evidence, and its page of ours."""
    area, _, name = found.parameter.key.partition("/")
    return Node(
        text,
        value,
        source=found.citation.text,
        href=found.citation.link or url("law:regulation", found.citation.regulation.id),
        evidence=found.evidence.value,
        about=url("law:parameter", area, name),
    )
