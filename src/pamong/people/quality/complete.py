"""Rules of completeness: what should be on record and is not."""

from __future__ import annotations

from pamong.people.quality.kinds import Group, Mend, Owner, Rule, Severity
from pamong.people.quality.kinds import marked as _

_PHONE = r"translate(c.phone, ' -.()', '') ~ '^([+]62|62|0)[0-9]{7,13}$'"
_MAIL = r"^[^@[:space:],;]+@[^@[:space:],;]+[.][A-Za-z]{2,}$"
_HELD = """
FROM organisation_units(%(on)s) u
JOIN (SELECT s.unit_id, count(*) AS staff, bool_or(s.is_head) AS led FROM people_appointment a
      JOIN organisation_seats(%(on)s) s ON s.seat_id = a.seat_id
      WHERE a.kind IN ('regular', 'plt', 'plh') AND a.superseded_at IS NULL AND a.period @> %(on)s::date
      GROUP BY s.unit_id) h ON h.unit_id = u.unit_id
WHERE NOT h.led
"""

RULES = (
    Rule(
        "seat_missing", "tanpa-jabatan", Group.COMPLETENESS, Severity.URGENT, Owner.OFFICER, Mend.APPOINTMENT,
        _("Belum punya jabatan"),
        _("Setiap pegawai menempati satu posisi; atasan, kelas jabatan, dan tunjangan mengikutinya. Yang "
          "memang tanpa jabatan menurut kedudukan hukumnya, misalnya CLTN, tidak dihitung."),
        {
            "none": _("Belum ada jabatan yang berlaku. Catat SK pengangkatannya, atau betulkan kedudukan "
                      "hukumnya bila ia memang sedang tidak menjabat."),
            "closed": _("Posisi dalam jabatannya sudah ditutup. Catat pengangkatan ke posisi yang lain."),
        },
        """FROM base b WHERE NOT b.placed AND lower(btrim(b.standing)) <> ALL (%(seatless)s::text[])
             AND NOT EXISTS (
             SELECT 1 FROM people_appointment a WHERE a.person_id = b.id AND a.kind = 'return_right'
             AND a.superseded_at IS NULL AND a.period @> %(on)s::date)""",
        variant="CASE WHEN b.seat_id IS NULL THEN 'none' ELSE 'closed' END",
        law=("standing_without_post",),
    ),
    Rule(
        "education_missing", "tanpa-pendidikan", Group.COMPLETENESS, Severity.USUAL, Owner.SELF,
        Mend.EDUCATION,
        _("Belum ada pendidikan"),
        _("Pendidikan menentukan golongan awal dan jabatan yang dapat diisi."),
        {"": _("Belum ada ijazah yang tercatat. Usulkan pendidikan terakhirnya beserta ijazahnya.")},
        """FROM base b WHERE NOT EXISTS (SELECT 1 FROM people_education d WHERE d.person_id = b.id
             AND d.superseded_at IS NULL AND d.period @> %(on)s::date)""",
    ),
    Rule(
        "title_missing", "gelar-kosong", Group.COMPLETENESS, Severity.USUAL, Owner.CLERK, Mend.IDENTITY,
        _("Gelar belum tercantum"),
        _("Gelar pada nama ditulis persis seperti pada ijazah."),
        {"": _("Ijazahnya memberi gelar %(titles)s, tetapi namanya tercatat tanpa gelar. "
               "Usulkan gelar pada identitasnya.")},
        """FROM base b JOIN (
             SELECT d.person_id,
               string_agg(concat_ws(' ', NULLIF(d.front_title, ''), NULLIF(d.back_title, '')), ' '
                          ORDER BY d.graduated_year, d.id) AS titles
             FROM people_education d JOIN base n ON n.id = d.person_id
             WHERE n.front_title = '' AND n.back_title = '' AND d.front_title || d.back_title <> ''
               AND d.superseded_at IS NULL AND d.period @> %(on)s::date GROUP BY d.person_id
           ) g ON g.person_id = b.id""",
        told={"titles": "g.titles"},
    ),
    Rule(
        "contact_missing", "kontak-kurang", Group.COMPLETENESS, Severity.USUAL, Owner.SELF, Mend.CONTACT,
        _("Telepon atau surel kurang"),
        _("Pemberitahuan dan pemulihan akun memerlukan nomor telepon dan alamat surel yang dapat dihubungi."),
        {
            "both": _("Nomor telepon dan surel kosong atau tidak lengkap. Isi keduanya."),
            "phone": _("Nomor telepon kosong atau tidak lengkap. Isi nomor aktif, misalnya 0812 3456 7890."),
            "mail": _("Alamat surel kosong atau tidak lengkap. Isi surel pribadi atau surel kantor."),
        },
        f"""FROM base b LEFT JOIN people_contact c ON c.person_id = b.id AND c.superseded_at IS NULL
              AND c.period @> %(on)s::date
            CROSS JOIN LATERAL (SELECT COALESCE({_PHONE}, FALSE) AS phone,
              COALESCE(c.email ~ '{_MAIL}' OR c.work_email ~ '{_MAIL}', FALSE) AS mail) k
            WHERE NOT (k.phone AND k.mail)""",
        variant="CASE WHEN NOT (k.phone OR k.mail) THEN 'both' WHEN k.phone THEN 'mail' ELSE 'phone' END",
    ),
    Rule(
        "account_missing", "tanpa-rekening", Group.COMPLETENESS, Severity.URGENT, Owner.SELF,
        Mend.BANKACCOUNT,
        _("Belum ada rekening gaji"),
        _("Tanpa rekening, pembayaran tidak dapat dikirim."),
        {"": _("Belum ada rekening yang berlaku. "
               "Usulkan rekening atas nama pegawai beserta foto buku tabungan.")},
        """FROM base b WHERE NOT EXISTS (SELECT 1 FROM people_bankaccount k WHERE k.person_id = b.id
             AND k.superseded_at IS NULL AND k.period @> %(on)s::date)""",
    ),
    Rule(
        "class_missing", "tanpa-kelas-jabatan", Group.COMPLETENESS, Severity.URGENT, Owner.OFFICER, Mend.UNIT,
        _("Posisi tanpa kelas jabatan"),
        _("Kelas jabatan menentukan tunjangan; tanpa kelas, tunjangan tidak dapat dihitung."),
        {"": _("Posisi %(post)s di %(unit)s belum punya kelas jabatan. Isi kelasnya menurut peta jabatan.")},
        "FROM base b WHERE b.placed AND b.job_class IS NULL",
        told={"post": "b.post_name", "unit": "b.unit_name"},
    ),
    Rule(
        "unit_headless", "unit-tanpa-pemimpin", Group.COMPLETENESS, Severity.URGENT, Owner.OFFICER, Mend.UNIT,
        _("Unit tanpa pemimpin"),
        _("Persetujuan dan penilaian mengikuti pemimpin unit, atau Plt. dan Plh. yang menggantikannya."),
        {"": _("Unit ini berisi pegawai, tetapi posisi pemimpinnya kosong atau belum ditandai. "
               "Tunjuk Plt. atau Plh., atau tandai posisi pemimpinnya.")},
        _HELD,
        of_units=True,
    ),
)  # fmt: skip
