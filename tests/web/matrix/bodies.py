"""What is sent to routes that take an object, and how an object fills their paths."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pamong.organisation.models import Site
from tests.support.month import TODAY
from tests.support.rights import THIRD, Rights
from tests.web.matrix.laws import (
    Law,
)
from tests.web.matrix.trying import Body, Try, acts, sends

KINDS = "OBAFE"
# Path arguments that name no object of their own: which part, which file, which line of what the object is;
# a hash that only who holds a document can tell.
PLAIN = {
    "kind", "part", "what", "subject", "slug", "code", "key", "area", "name", "number", "token",
    "year", "day", "pin", "sha256", "path",
}  # fmt: skip


WHY = "Mencocokkan dengan SK"
CONTACT = {"address": "Jl. Kenanga No. 3, Kota Uji", "phone": "0812 3456 7899"}
SENT = {"on": TODAY.isoformat(), "reason": "Pindah rumah", "langkah": "kirim"}
RANK = {"golongan": "IV/a", "ground": "Kenaikan pangkat reguler", "order_no": "823/1"}
SAID_ENTRY = {"subject": "contact", "values": CONTACT, "reason": "Pindah rumah", "on": TODAY.isoformat()}
LATER = {"on": "2026-12-01", "reason": "Sesuai usulan unit", "yakin": "1"}
_UNITS = {
    "dinkes": ("opd", "kota"), "pkm_melati": ("clinic", "dinkes"), "kota": ("government", ""),
    "disdik": ("opd", "kota"), "pasar": ("opd", "kota"),
}  # fmt: skip


def unit_form(rights: Rights, key: str) -> Mapping[str, Any]:
    kind, parent = _UNITS[key]
    return {**LATER, "name": "Nama Baru", "kind": kind, "parent": parent} | (
        {"is_opd": "on"} if kind == "opd" else {}
    )


def unit_below(rights: Rights, key: str) -> Mapping[str, Any]:
    return {**LATER, "name": "Unit Baru", "kind": "clinic", "parent": key}


def seats_of(rights: Rights, key: str) -> Mapping[str, Any]:
    return {**LATER, "post": str(rights.objects["post"]["dinkes"]), "count": "1", "job_class": "5"}


def needs_of(rights: Rights, key: str) -> Mapping[str, Any]:
    post = rights.objects["post"]["dinkes"]  # the health office has it, the others name it besides
    return LATER | ({f"need_{post.hex}": "40"} if key == "dinkes" else {"post": str(post), "needed": "40"})


def link_of(rights: Rights, key: str) -> Mapping[str, Any]:
    return {"langkah": "hubungkan", "person": str(rights.objects["person"]["died"]), "link_reason": WHY}


def line_of(rights: Rights, key: str) -> Mapping[str, Any]:
    return {**LATER, "nobody": "on"}


def seen(route: str, of: str, body: Body) -> Body:
    """The same body with what its preview hands on, as another officer of the whole government sees it."""

    def made(rights: Rights, key: str) -> Mapping[str, Any]:
        told = body(rights, key)
        thing = rights.objects[of].get(key)
        if thing is None:
            return told
        if (route, key) not in _SEEN:
            path = reverse(f"organisation:{route}", args=[thing])
            asked = {name: value for name, value in told.items() if name != "yakin"}
            text = rights.clients[THIRD].post(path, asked).content.decode()
            _SEEN[route, key] = dict(re.findall(r'name="(kunci|dilihat)" value="([^"]*)"', text))
        return {**told, **_SEEN[route, key]}

    return made


def proposes(law: Law, route: str, of: str, body: Body) -> tuple[Try, ...]:
    return acts(law, of, seen(route, of, body))


def paper_try(law: Law, of: str, area: str, method: str = "GET", **body: Any) -> Try:
    """A document of a register, looked at, or acted on."""
    return Try(method, law, of, before=(area,), body=sends(**body) if method == "POST" else None)


SAID_AGREE = {"putusan": "setuju"}
END = {"alasan": "Tidak jadi diambil tahun ini"}
LEAVE = {
    "kind": "CT", "first": "2026-02-02", "last": "2026-02-02", "part": "whole", "number": "800/1",
    "dated_on": "2026-01-30", "reason": "Dipanggil kembali ke kantor",
}  # fmt: skip


TIMES = {
    "name": "Pagi", "starts": "07.30", "ends": "14.30", "before": "60", "after": "120", "on": "2026-12-01",
}  # fmt: skip
_SEEN: dict[tuple[str, str], Mapping[str, str]] = {}


def paid_list(rights: Rights, key: str) -> Mapping[str, Any]:
    return {"paid": SimpleUploadedFile("dibayar.csv", b"NIP;NAMA;DITERIMA\n'197001012000031001;X;1500000\n")}


def moved_by(rights: Rights, key: str) -> Mapping[str, Any]:
    site = Site.objects.get(code="gudang").uid
    return {"site": str(site), "on": "01-10-2026", "name": "Pintu samping"}


def owner_of(rights: Rights, key: str) -> Mapping[str, Any]:
    person = str(rights.objects["person"]["mate"])
    return {"pin": "7", "on": "01-11-2026", "words": "ketut", "person": person, "langkah": "simpan"}


# By route: each way to ask it. ``of`` "run", "batch" ... are objects about the whole government.
