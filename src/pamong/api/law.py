"""Parameters of the law for machines, open to everyone: values through time with their citations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from ninja import Router, Schema

from pamong.access import policies
from pamong.access.middleware import ActingRequest
from pamong.kernel.errors import DomainError
from pamong.law.engine.law import load_law
from pamong.law.engine.loader import load_national, profile_codes
from pamong.law.engine.parameters import Bracket, Dated, Parameter

router = Router()
READ = "law:read"


class LawNotFound(DomainError):
    """There is no such parameter or region."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} tidak ada di aturan yang dimuat.")


class ValueOut(Schema):
    """One value and the days on which it holds: from ``since``, before ``before``.

    A rate is in parts per million, money in rupiah. A table is a list of ``[keys, value]``; a bracket has
    ``bounds``, ``results`` (one more) and ``inclusive``.
    """

    since: date
    before: date | None
    value: Any
    regulation: str
    article: str
    link: str
    quote: str
    evidence: str
    note: str


class ParameterOut(Schema):
    """A parameter through time, oldest value first."""

    key: str
    title: str
    unit: str
    kind: str
    origin: str
    values: list[ValueOut]


class ParameterRowOut(Schema):
    """A parameter in a list; ``evidence`` is that of the value today, null where none holds."""

    key: str
    title: str
    unit: str
    kind: str
    origin: str
    evidence: str | None


@router.get(
    "/parameters",
    auth=None,
    response=list[ParameterRowOut],
    summary="Daftar nilai hukum",
    operation_id="list_parameters",
)
def list_parameters(request: ActingRequest, profile: str = "") -> list[ParameterRowOut]:
    """The national parameters, or those of a region with them."""
    policies.require(request.actor, READ)
    return [_row(parameter, request.actor.on) for parameter in _parameters(profile).values()]


@router.get(
    "/parameters/{path:key}",
    auth=None,
    response=ParameterOut,
    summary="Satu nilai hukum sepanjang waktu",
    operation_id="get_parameter",
)
def get_parameter(request: ActingRequest, key: str, profile: str = "") -> ParameterOut:
    """One parameter with every value it had."""
    policies.require(request.actor, READ)
    found = _parameters(profile).get(key)
    if found is None:
        raise LawNotFound(f"Parameter {key}")
    values = [_value(dated) for dated in found.history]
    return ParameterOut(**_head(found), values=values)


def _parameters(profile: str) -> Mapping[str, Parameter]:
    if not profile:
        return load_national()
    if profile not in profile_codes():
        raise LawNotFound(f"Daerah {profile}")
    return load_law(profile, settings.PAMONG_LAW_OVERLAY or None).parameters


def _head(parameter: Parameter) -> dict[str, str]:
    return {name: getattr(parameter, name) for name in ("key", "title", "unit", "kind", "origin")}


def _row(parameter: Parameter, on: date) -> ParameterRowOut:
    holding = [d for d in parameter.history if d.since <= on and (d.before is None or on < d.before)]
    return ParameterRowOut(**_head(parameter), evidence=holding[0].evidence.value if holding else None)


def _value(dated: Dated) -> ValueOut:
    return ValueOut(
        since=dated.since,
        before=dated.before,
        value=_plain(dated.value),
        regulation=dated.citation.regulation.id,
        article=dated.citation.article,
        link=dated.citation.link,
        quote=dated.citation.quote,
        evidence=dated.evidence.value,
        note=dated.note,
    )


def _plain(value: Any) -> Any:
    """A value in JSON's own shapes."""
    if isinstance(value, Bracket):
        return {
            "bounds": list(value.bounds),
            "results": list(value.results),
            "inclusive": value.inclusive,
        }
    if isinstance(value, dict):
        return [[list(key), item] for key, item in value.items()]
    return list(value) if isinstance(value, tuple) else value
