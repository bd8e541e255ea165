"""The addresses of the pages about the organisation, below ``/organisasi/``."""

from __future__ import annotations

from django.urls import path

from pamong.organisation.choices import ActKind
from pamong.web.organisation import (
    changes,
    filling,
    picking,
    proposals,
    reorganisations,
    steps,
    tree,
    units,
    vacancies,
)

app_name = "organisation"
urlpatterns = [
    path("", tree.index, name="tree"),
    path("cabang/<uuid:uid>/", tree.branch, name="branch"),
    path("unit/<uuid:uid>/", units.unit, name="unit"),
    path("unit/<uuid:uid>/bagan/", units.chart, name="chart"),
    path("unit/<uuid:uid>/bagan/unduh/", units.chart_file, name="chart_file"),
    path("unit/<uuid:uid>/ubah/", changes.act(ActKind.UNIT_CHANGE), name="unit_change"),
    path("unit/<uuid:uid>/unit-baru/", changes.act(ActKind.UNIT_NEW), name="unit_new"),
    path("unit/<uuid:uid>/tutup/", changes.act(ActKind.UNIT_CLOSE), name="unit_close"),
    path("unit/<uuid:uid>/batal-bentuk/", changes.act(ActKind.UNIT_RESCIND), name="unit_rescind"),
    path("unit/<uuid:uid>/posisi-baru/", changes.act(ActKind.SEATS_NEW), name="seats_new"),
    path("unit/<uuid:uid>/kebutuhan/", changes.act(ActKind.UNIT_NEEDS), name="unit_needs"),
    path("posisi/<uuid:uid>/", changes.seat, name="seat"),
    path("posisi/<uuid:uid>/isi/", filling.fill, name="seat_fill"),
    path("posisi/<uuid:uid>/kelas/", changes.act(ActKind.SEAT_CLASS), name="seat_class"),
    path("posisi/<uuid:uid>/atasan/", changes.act(ActKind.SEAT_LINE), name="seat_line"),
    path("posisi/<uuid:uid>/bekukan/", changes.act(ActKind.SEAT_FREEZE), name="seat_freeze"),
    path("posisi/<uuid:uid>/cairkan/", changes.act(ActKind.SEAT_UNFREEZE), name="seat_unfreeze"),
    path("posisi/<uuid:uid>/hapus/", changes.act(ActKind.SEAT_CLOSE), name="seat_close"),
    path("posisi/<uuid:uid>/batal-buat/", changes.act(ActKind.SEAT_RESCIND), name="seat_rescind"),
    path("usulan/", proposals.index, name="proposals"),
    path("usulan/<uuid:uid>/", proposals.show, name="proposal"),
    path("usulan/<uuid:uid>/tarik/", proposals.withdraw, name="proposal_withdraw"),
    path("pilih/<slug:kind>/", picking.pick, name="pick"),
    path("penataan/", reorganisations.index, name="reorganisations"),
    path("penataan/baru/", reorganisations.new, name="reorganisation_new"),
    path("penataan/<uuid:uid>/", reorganisations.show, name="reorganisation"),
    path("penataan/<uuid:uid>/ubah/", reorganisations.head, name="reorganisation_head"),
    path("penataan/<uuid:uid>/langkah/<slug:kind>/", steps.add, name="reorganisation_step"),
    path("penataan/<uuid:uid>/posisi/<slug:code>/", steps.seats, name="reorganisation_seats"),
    path(
        "penataan/<uuid:uid>/hapus/<slug:part>/<int:number>/",
        reorganisations.remove,
        name="reorganisation_remove",
    ),
    path("penataan/<uuid:uid>/pratinjau/", reorganisations.preview, name="reorganisation_preview"),
    path("penataan/<uuid:uid>/tetapkan/", reorganisations.adopt, name="reorganisation_adopt"),
    path("penataan/<uuid:uid>/batalkan/", reorganisations.withdraw, name="reorganisation_withdraw"),
    path("jabatan-kosong/", vacancies.index, name="vacancies"),
    path("jabatan-kosong/unduh/<slug:kind>/", vacancies.export, name="vacancies_export"),
]
