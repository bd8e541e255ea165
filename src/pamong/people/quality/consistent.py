"""Rules of consistency: what the digits of the NIP say against what is on record."""

from __future__ import annotations

from pamong.people.quality.kinds import Group, Mend, Owner, Rule, Severity
from pamong.people.quality.kinds import marked as _

_FIRST = "FROM base b JOIN began f ON f.id = b.id "

RULES = (
    Rule(
        "nip_birth", "nip-tanggal-lahir", Group.CONSISTENCY, Severity.USUAL, Owner.OFFICER, Mend.EMPLOYMENT,
        _("Tanggal lahir berbeda dari NIP"),
        _("Digit 1 sampai 8 NIP adalah tanggal lahir."),
        {"": _("Tanggal lahir tercatat %(birth_on)s, sedangkan NIP dimulai %(digits)s. "
               "Cocokkan dengan SK pengangkatan, lalu betulkan salah satunya.")},
        "FROM base b WHERE left(b.nip, 8) <> to_char(b.birth_date, 'YYYYMMDD')",
        told={"birth_on": "b.birth_date", "digits": "left(b.nip, 8)"},
    ),
    Rule(
        "nip_sex", "nip-jenis-kelamin", Group.CONSISTENCY, Severity.USUAL, Owner.OFFICER, Mend.IDENTITY,
        _("Jenis kelamin berbeda dari NIP"),
        _("Digit 15 NIP adalah 1 untuk laki-laki dan 2 untuk perempuan."),
        {"": _("Digit 15 NIP adalah %(digit)s, tidak sesuai dengan jenis kelamin yang tercatat. "
               "Cocokkan dengan KTP dan SK pengangkatan, lalu betulkan salah satunya.")},
        "FROM base b WHERE substr(b.nip, 15, 1) <> CASE b.sex WHEN 'L' THEN '1' ELSE '2' END",
        told={"digit": "substr(b.nip, 15, 1)"},
    ),
    Rule(
        "nip_cpns_month", "nip-bulan-cpns", Group.CONSISTENCY, Severity.USUAL, Owner.OFFICER, Mend.EMPLOYMENT,
        _("TMT CPNS berbeda dari NIP"),
        _("Digit 9 sampai 14 NIP seorang PNS adalah tahun dan bulan pengangkatan CPNS."),
        {"": _("NIP memuat pengangkatan CPNS %(digits)s, sedangkan masa kerja tercatat mulai %(since_on)s. "
               "Cocokkan dengan SK CPNS, lalu betulkan salah satunya.")},
        # Who came from another government may have begun here later, unless he began here as CPNS.
        _FIRST + """WHERE b.kind IN ('PNS', 'CPNS') AND substr(b.nip, 9, 6) <> to_char(f.since, 'YYYYMM')
             AND (f.cpns = f.since OR substr(b.nip, 9, 6) > to_char(f.since, 'YYYYMM')
               OR substr(b.nip, 13, 2) NOT BETWEEN '01' AND '12')""",
        told={"digits": "substr(b.nip, 13, 2) || '-' || substr(b.nip, 9, 4)", "since_on": "f.since"},
    ),
    Rule(
        "nip_pppk_year", "nip-tahun-pppk", Group.CONSISTENCY, Severity.USUAL, Owner.OFFICER, Mend.EMPLOYMENT,
        _("Tahun PPPK berbeda dari nomor induknya"),
        _("Digit 9 sampai 12 nomor induk PPPK adalah tahun pengangkatan pertama."),
        {"": _("Nomor induk memuat tahun %(year)s, sedangkan perjanjian kerja tercatat mulai %(since_on)s. "
               "Cocokkan dengan perjanjian kerja pertama, lalu betulkan salah satunya.")},
        _FIRST + """WHERE b.kind IN ('PPPK', 'PPPK_PW')
             AND substr(b.nip, 9, 4) <> to_char(f.since, 'YYYY')""",
        told={"year": "substr(b.nip, 9, 4)", "since_on": "f.since"},
    ),
)  # fmt: skip
