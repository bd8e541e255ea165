"""What the gallery shows: invented people and amounts, in the shapes that real pages use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from markupsafe import Markup

from pamong.web.charts import Bar, waterfall
from pamong.web.months import Steps
from pamong.web.shapes import Column, Link, Node, Notice, Pages, Seal, Stage, Tab


@dataclass(frozen=True, slots=True)
class Row:
    """One slip of the sample list; ``net`` None where it can't be computed yet."""

    name: str
    unit: str
    grade: int
    net: int | None
    word: str
    tone: str


ROWS = (
    Row("dr. Ni Luh Ayu Kartika, Sp.A.", "RSUD Contoh", 12, 9_480_200, "Dibayar melalui BLUD", "neutral"),
    Row("Muhammad Rizki Ananda, S.Kom.", "Dinas Kominfo", 8, 5_532_975, "Siap", "good"),
    Row("Suparman", "Kelurahan Sungai Pinang", 5, None, "Perlu klarifikasi", "attention"),
    Row("Bernadeta Mariana Hurek, S.Sos., M.A.P.", "Dinas Sosial", 9, 6_018_400, "Tertahan", "problem"),
)
COLUMNS = (
    Column("Nama", sort_href="?urut=nama", sorted="asc"),
    Column("Unit kerja", sort_href="?urut=unit"),
    Column("Kelas", num=True),
    Column("Diterima", num=True, sort_href="?urut=jumlah"),
    Column("Keadaan"),
)
BARS = [
    Bar("Beban kerja", 3_240_000, "earned"),
    Bar("Prestasi kerja", 1_980_000, "earned"),
    Bar("Pertimbangan objektif lainnya", 600_000, "earned"),
    Bar("Keterlambatan, 3 hari", 104_760, "taken"),
    Bar("Iuran BPJS Kesehatan 1 %", 57_152, "taken"),
    Bar("PPh 21", 125_113, "taken"),
    Bar("Diterima", 5_532_975, "net"),
]
TREE = (
    Node(
        "Keterlambatan: 1,8 % dari TPP kotor",
        "Rp104.760",
        "Peraturan Wali Kota Contoh, Pasal 13",
        "#tabel",
        "example",
        (
            Node("TPP kotor", "Rp5.820.000"),
            Node(
                "Persentase potongan, tiga kali terlambat",
                "1,8 %",
                children=(
                    Node("5 Oktober 2026: masuk 07.52, mestinya 07.30", "0,5 %", "Mesin nomor 3, 07.52.11"),
                    Node("14 Oktober 2026: masuk 08.04, mestinya 07.30", "1 %", "Mesin nomor 3, 08.04.40"),
                    Node("20 Oktober 2026: masuk 07.41, mestinya 07.30", "0,3 %", "Mesin nomor 1, 07.41.02"),
                ),
            ),
        ),
    ),
)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Nama kegiatan", max_length=80)
    unit = forms.ChoiceField(
        label="Unit kerja", choices=[("", "Pilih unit"), ("1", "Dinas Kominfo"), ("2", "Dinas Sosial")]
    )
    on = forms.DateField(label="Tanggal", widget=forms.DateInput(attrs={"type": "date"}))
    amount = forms.CharField(label="Jumlah", help_text="Rupiah bulat, contoh: 1.234.567")
    file = forms.FileField(label="Berkas catatan mesin", required=False)
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(
        label="Jenis perubahan",
        choices=[("change", "Perubahan"), ("correct", "Pembetulan")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="Saya sudah memeriksa angka ini")


def context() -> dict[str, Any]:
    """Everything that the gallery's template needs."""
    return {
        "rows": ROWS,
        "columns": COLUMNS,
        "tree": TREE,
        "bars": BARS,
        "chart": _chart(),
        "form": SampleForm(initial={"on": date(2026, 10, 5), "kind": "change"}),
        "failed": SampleForm({"name": "Apel pagi", "amount": "12 juta"}, auto_id="failed_%s"),
        "pages": Pages(5, 12, lambda number: f"?hal={number}"),
        "months": Steps(date(2026, 10, 1), "Oktober 2026", "2026-09", "2026-11"),
        "tabs": (
            Tab("Ringkasan", "?", current=True),
            Tab("Pegawai", "?bagian=2", count=1_284),
            Tab("Masalah", "?bagian=3", count=7),
        ),
        "stages": _stages(),
        "problems": (
            Notice("Baris 12, NIP, 17 digit, harus 18.", "#tabel"),
            Notice("Suparman: penghasilan tetap belum ada, jadi iuran BPJS belum dapat dihitung.", "#tabel"),
        ),
        "seals": (
            Seal(
                "Segel no. 1.234",
                "Bersegel nomor 1.234, titik segel 10 November 2026, 07.05, disaksikan 2 dari 3.",
                "#keadaan",
            ),
            Seal("Belum bersegel"),
        ),
        "late": "dicatat 10 November 2026, dasar SK 821.2/014, 3 November 2026",
        "downloads": (Link("XLSX", "?berkas=xlsx"), Link("CSV", "?berkas=csv")),
    }


def _chart() -> Markup:
    return waterfall(BARS, title="Dari Rp5.820.000 yang diperoleh, Rp5.532.975 diterima.")


def _stages() -> tuple[Stage, ...]:
    return (
        Stage("Berkas masuk", "done", "3 berkas, 13.200 catatan"),
        Stage("Diperiksa", "done", "7 masalah, semua dijawab"),
        Stage("Dihitung", "now", "298 dari 300 pegawai"),
        Stage("Disahkan", "next", "menunggu tanda tangan"),
        Stage("Dibayar", "next"),
    )
