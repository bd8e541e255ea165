"""Who signs in to the demo: named people of the town, and a few who are none of its civil servants."""

from __future__ import annotations

from dataclasses import dataclass

from pamong.demo.people import get_persona


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in. ``role`` is given by hand, over the unit of this code ('' = everything); ''
    where the role follows from the seat. ``who`` is a persona's key, or '' for ``name``. ``shows`` is for the
    list of sign-ins."""

    username: str
    shows: str
    role: str = ""
    unit: str = ""
    who: str = ""
    name: str = ""

    @property
    def display_name(self) -> str:
        """The full name with titles."""
        return self.name or get_persona(self.who).full_name


_OFFICER, _OPERATOR = "personnel_officer", "system_operator"
ACCOUNTS = (
    Account("nurul", "Petugas kepegawaian", _OFFICER, who=_OFFICER),
    Account("wahyu", "Petugas kepegawaian kedua: memutuskan usulan", _OFFICER, name="Wahyu Setyaji, S.H."),
    Account("ratih", "Petugas kepegawaian ketiga: membetulkan", _OFFICER, name="Ratih Puspaningtyas, S.Psi."),
    Account("ratna", "Pegawai: pelaksana di kelurahan", who="clerk"),
    Account("suryo", "Atasan langsung: lurah", who="lurah"),
    Account("sekar", "Petugas unit: Dinas Kesehatan", "unit_clerk", "dinkes", name="Sekar Wulandari, A.Md."),
    Account(
        "walikota",
        "Pejabat Pembina Kepegawaian: Wali Kota",
        "appointing_official",
        name="Bagas Aryo Wicaksono",
    ),
    Account("arif", "Pemeriksa pembayaran", "pay_auditor", who="pay_auditor"),
    Account("retno", "Inspektorat", "inspector", who="inspector"),
    Account("galih", "Operator sistem", _OPERATOR, who=_OPERATOR),
    Account("dewanti", "Operator sistem kedua: atur ulang akun", _OPERATOR, name="Dewanti Maharani, S.Kom."),
)
