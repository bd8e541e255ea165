"""Who signs in to the demo: people of the town, and its mayor, who is no civil servant."""

from __future__ import annotations

from dataclasses import dataclass

from pamong.demo.people import PERSONAS


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in. ``key`` is his in the town, None for who is not in its service.

    ``role`` is given by hand, over the unit of this code ('' = everything); '' where all follows from person
    and seat. ``shows`` is for the list of sign-ins.
    """

    username: str
    display_name: str
    shows: str
    key: int | None
    role: str = ""
    unit: str = ""


def _persona(who: str) -> int:
    return list(PERSONAS).index(who)


_OFFICER, _OPERATOR = "personnel_officer", "system_operator"
ACCOUNTS = (
    Account("nurul", "Nurul Hidayati, S.Psi.", "Petugas kepegawaian", _persona(_OFFICER), _OFFICER),
    Account(
        "suparmi", "Dra. Suparmi Kusumawati", "Petugas kepegawaian kedua: memutuskan usulan", 86, _OFFICER
    ),
    Account("endah", "Endah Indriani, S.H.", "Petugas kepegawaian ketiga: membetulkan", 166, _OFFICER),
    Account("ratna", "Ratna Widyastuti, A.Md.", "Pegawai: pelaksana di kelurahan", _persona("clerk")),
    Account("suryo", "Suryo Widagdo, S.IP.", "Atasan langsung: lurah", _persona("lurah")),
    Account("anton", "Anton Sulistyo, S.IP.", "Petugas unit: Dinas Kesehatan", 114, "unit_clerk", "dinkes"),
    Account("priyono", "Priyono Susilo, S.STP., M.Si.", "Kepala OPD: Dinas Kesehatan", 40),
    Account("sekar", "Sekar Fitri Widyaningrum, S.E., Ak.", "Perbendaharaan", 167, "treasury"),
    Account(
        "bagas", "Bagas Aryo Wicaksono", "Pejabat Pembina Kepegawaian: Wali Kota", None,
        "appointing_official",
    ),
    Account("anik", "Dr. Anik Suprihatin, S.Sos., M.Si.", "Sekretaris Daerah: ketua panitia seleksi", 17),
    Account(
        "arif", "Arif Budi Santosa, S.E., Ak.", "Pemeriksa pembayaran", _persona("pay_auditor"),
        "pay_auditor",
    ),
    Account("retno", "Retno Palupi, S.H., M.H.", "Inspektorat", _persona("inspector"), "inspector"),
    Account("galih", "Galih Pamungkas, S.Kom.", "Operator sistem", _persona(_OPERATOR), _OPERATOR),
    Account(
        "erlangga", "Erlangga Oktavian, S.Kom.", "Operator sistem kedua: permintaan akun", 170, _OPERATOR
    ),
    Account("sumarni", "Sumarni Rejeki, S.Pd.", "Pensiunan: guru sampai Juni 2026", -2),
)  # fmt: skip
