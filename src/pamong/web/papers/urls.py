"""The addresses of the registers, below ``/presensi/``."""

from __future__ import annotations

from django.urls import path, register_converter

from pamong.web.papers import lists, members, views
from pamong.web.papers.registers import REGISTERS


class Area:
    """The part of an address that names a register."""

    regex = "|".join(REGISTERS)

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Area, "register")
app_name = "papers"
urlpatterns = [
    path("dokumen/", views.desk, name="desk"),
    path("cuti/tim/", views.team, name="team"),
    path("cuti/daftar/", lists.index, name="lists"),
    path("cuti/daftar/<uuid:uid>/", lists.brought, name="list"),
    path("cuti/daftar/<uuid:uid>/tarik/", lists.withdraw, name="list_withdraw"),
    path("surat-tugas/pegawai/", members.pick, name="members"),
    path("<register:area>/", views.index, name="index"),
    path("<register:area>/baru/", views.new, name="new"),
    path("<register:area>/<uuid:uid>/", views.paper, name="paper"),
    path("<register:area>/<uuid:uid>/ubah/", views.change, name="change"),
    path("<register:area>/<uuid:uid>/batal/", views.cancel, name="cancel"),
    path("<register:area>/<uuid:uid>/tarik/", views.withdraw, name="withdraw"),
    path("<register:area>/<uuid:uid>/berkas/", views.file, name="file"),
]
