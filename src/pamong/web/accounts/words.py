"""Accounts in words: what a role covers, what is asked for, and of whose service what is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pamong.access.choices import RequestKind
from pamong.access.middleware import ActingRequest
from pamong.access.queries import GrantRow
from pamong.access.requests import RequestRow
from pamong.organisation import queries as organisation
from pamong.people.queries import AccountRequest, Owner
from pamong.web.labels import label
from pamong.web.people import last

# What `label` is asked for here, so that the catalogue has it; a test compares with access.
LABELS = (
    gettext_lazy("Kata sandi"),
    gettext_lazy("Faktor kedua"),
    gettext_lazy("Menunggu operator kedua"),
    gettext_lazy("Dilaksanakan"),
    gettext_lazy("Ditolak"),
    gettext_lazy("Ditarik peminta"),
)


def unit_names(request: ActingRequest, paths: Iterable[str]) -> dict[str, str]:
    """The names of today's units by their codes; asked for only where a path names one."""
    codes = {path.rpartition(".")[2] for path in paths if path}
    if not codes:
        return {}
    places = organisation.list_places(actor=request.actor, on=request.actor.on)
    return {place.code: place.name for place in places if place.code in codes}


def unit_of(unit_path: str, names: Mapping[str, str]) -> str:
    """``Dinas Kesehatan (dinkes)``: what a role covers; its code alone for a unit that stands no more."""
    code = unit_path.rpartition(".")[2]
    return f"{names[code]} ({code})" if code in names else code


def covered(unit_path: str, names: Mapping[str, str]) -> str:
    """What a role covers, the whole government too."""
    return unit_of(unit_path, names) if unit_path else _("seluruh pemerintah daerah")


def ended(grant: GrantRow, on: date) -> str:
    """What became of a role that was ended on a day."""
    if grant.start_on > on:
        return _("Pemberian peran itu dibatalkan: tidak berlaku pada hari mana pun.")
    if grant.start_on == on:
        return _(
            "Peran itu tidak berlaku lagi. Ia berlaku beberapa saat pada hari ini, dan itu tetap tercatat."
        )
    return _("Mulai hari ini peran itu tidak berlaku lagi. Masa sebelumnya tetap tercatat.")


def asked(each: AccountRequest, names: Mapping[str, str]) -> str:
    """What is asked for, in a few words."""
    row = each.row
    if row.kind is RequestKind.ROLE:
        told = _("Peran %(role)s, mencakup %(unit)s")
        return told % {"role": _(row.title), "unit": covered(row.unit_path, names)}
    if row.kind.resets:
        return _("Atur ulang: %(what)s") % {"what": label(row.kind).lower()}
    linked, unlinked = _("Dihubungkan dengan %(name)s"), _("Dilepas dari %(name)s")
    name = each.person.name if each.person else _("pegawai lain")
    return (linked if row.kind is RequestKind.LINK else unlinked) % {"name": name}


def placed(owner: Owner) -> str:
    """What somebody is and where, or how his service ended."""
    if owner.ends_on is not None and owner.end_reason and not owner.post:
        return last.ended(owner)
    return ", ".join(filter(None, (owner.post, owner.unit))) or _("tanpa jabatan")


def decided(row: RequestRow) -> str:
    """How a request stands."""
    return label(row.state)
