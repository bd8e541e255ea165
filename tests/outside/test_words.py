"""What a reader sees of what is genuine: Indonesian words, a line for a value or a plain list."""

from __future__ import annotations

from pamong_verify.words import _said


def test_a_slip_reads_in_indonesian() -> None:
    slip = {"state": "computed", "month": "2026-10-01", "tax": 205_000, "payee": "", "job_class": 6}
    assert [line for _, line in _said("Dibuka", {"slip": slip, "lines": [[1, "ceiling", 3_234_757]]})] == [
        "rincian penghasilan keadaan = dihitung",
        "rincian penghasilan bulan = Oktober 2026",
        "rincian penghasilan pajak = 205.000",
        "rincian penghasilan penerima = kosong",
        "rincian penghasilan kelas jabatan = 6",
        "baris 1 = 1; ceiling; 3.234.757",
    ]


def test_what_is_no_month_or_state_stays_as_it_is() -> None:
    said = {"state": "lain", "month": "2026-13", "on": "2026-10-01", "list": [], "deep": [{"a": None}]}
    assert [line for _, line in _said("Terbuka", said)] == [
        "keadaan = lain",
        "bulan = 2026-13",
        "tanggal = 2026-10-01",
        "list = kosong",
        "deep 1 a = kosong",
    ]
