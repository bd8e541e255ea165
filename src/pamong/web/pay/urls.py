"""The addresses of the pay pages."""

from __future__ import annotations

from django.urls import path

from pamong.web.pay import differences, lists, months, owing, own, runs, shadows, slips, treasury

app_name = "pay"
urlpatterns = [
    path("", runs.first, name="index"),
    path("saya/", own.own, name="own"),
    path("pegawai/<uuid:uid>/", own.person, name="person"),
    path("hitungan/", runs.index, name="runs"),
    path("hitungan/baru/", runs.start, name="start"),
    path("hitungan/<uuid:uid>/", runs.run, name="run"),
    path("hitungan/<uuid:uid>/kemajuan/", runs.progress, name="progress"),
    path("hitungan/<uuid:uid>/batal/", runs.cancel, name="cancel"),
    path("hitungan/<uuid:uid>/pegawai/", runs.people, name="people"),
    path("hitungan/<uuid:uid>/masalah/", runs.problems, name="problems"),
    path("hitungan/<uuid:uid>/unduh/<slug:kind>/", runs.download, name="download"),
    path("hitungan/<uuid:uid>/banding/", shadows.comparisons, name="shadow"),
    path("banding/<uuid:uid>/", shadows.comparison, name="comparison"),
    path("selisih/", differences.index, name="differences"),
    path("selisih/kemajuan/", differences.progress, name="differences_progress"),
    path("selisih/<uuid:uid>/", differences.difference, name="difference"),
    path("selisih/<uuid:uid>/alasan/", differences.reason, name="difference_reason"),
    path("selisih/<uuid:uid>/kelebihan-bayar/", differences.make_owed, name="make_owed"),
    path("kelebihan-bayar/", owing.index, name="owing"),
    path("kelebihan-bayar/<uuid:uid>/", owing.case, name="owed"),
    path("kelebihan-bayar/<uuid:uid>/rencana/", owing.plan, name="owed_plan"),
    path("kelebihan-bayar/<uuid:uid>/rencana/<uuid:plan>/", owing.decide, name="owed_decide"),
    path("kelebihan-bayar/<uuid:uid>/setoran/", owing.deposit, name="owed_deposit"),
    path("kelebihan-bayar/<uuid:uid>/setoran/<uuid:deposit>/batal/", owing.reverse, name="owed_reverse"),
    path("bulan/", months.index, name="months"),
    path("bulan/perbendaharaan/", treasury.treasury, name="treasury"),
    path("bulan/pagu/", treasury.budgets, name="budgets"),
    path("bulan/pagu/<uuid:uid>/", treasury.decide, name="budget"),
    path("bulan/berkas/<uuid:uid>/", lists.file, name="pay_file"),
    path("bulan/daftar/<uuid:uid>/", lists.one, name="list"),
    path("bulan/daftar/<uuid:uid>/langkah/", lists.step, name="list_step"),
    path("bulan/daftar/<uuid:uid>/orang/<uuid:item>/", lists.hold, name="list_hold"),
    path("bulan/daftar/<uuid:uid>/susulan/", lists.supplementary, name="supplementary"),
    path("bulan/daftar/<uuid:uid>/rapel/", lists.arrears, name="arrears"),
    path("bulan/daftar/<uuid:uid>/berkas/", lists.make_file, name="list_file"),
    path("bulan/daftar/<uuid:uid>/dokumen/<slug:kind>/", lists.document, name="list_document"),
    path("bulan/<int:year>-<str:number>/", months.month, name="month"),
    path("bulan/<int:year>-<str:number>/susun/", months.open_lists, name="open_lists"),
    path("rincian/<uuid:uid>/", slips.slip, name="slip"),
    path("rincian/<uuid:uid>/alasan/<slug:code>/", slips.reason, name="reason"),
    path("rincian/<uuid:uid>/cetak/", slips.printed, name="print"),
]
