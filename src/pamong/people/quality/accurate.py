"""Rules of accuracy: what is on record and can't be right."""

from __future__ import annotations

from pamong.people.quality.kinds import Group, Mend, Owner, Rule, Severity
from pamong.people.quality.kinds import marked as _

# What was the first golongan, where the record reaches back to the first day of service. Diplomas whose level
# nobody knows leave the question open.
_FIRST = """
FROM base b JOIN (
  SELECT r.person_id, max(r.golongan) AS golongan, max(n.place) AS place
  FROM began w
  JOIN people_rank r ON r.person_id = w.id AND lower(r.period) = w.service AND r.superseded_at IS NULL
  JOIN grades g ON g.golongan = r.golongan
  JOIN people_education d ON d.person_id = w.id AND d.superseded_at IS NULL AND d.period @> %(on)s::date
  LEFT JOIN studies v ON v.spelled = d.level
  LEFT JOIN entries n ON n.level = v.level AND n.ladder = g.ladder AND n.period @> w.service
  GROUP BY r.person_id
  HAVING bool_and(n.place IS NOT NULL AND n.place < g.place)
) h ON h.person_id = b.id AND b.kind <> 'PPPK_PW'
CROSS JOIN LATERAL (
  SELECT d.level FROM people_education d
  LEFT JOIN studies v ON v.spelled = d.level LEFT JOIN entries n ON n.level = v.level AND n.place = h.place
  WHERE d.person_id = b.id AND d.superseded_at IS NULL AND d.period @> %(on)s::date
  ORDER BY n.place NULLS LAST, d.id LIMIT 1) k
"""

RULES = (
    Rule(
        "golongan_kind", "golongan-lain-jenis", Group.ACCURACY, Severity.URGENT, Owner.OFFICER, Mend.RANK,
        _("Golongan bukan dari jenis kepegawaiannya"),
        _("PNS dan CPNS bergolongan ruang I/a sampai IV/e, PPPK bergolongan I sampai XVII."),
        {"": _("Golongan %(golongan)s bukan golongan %(kind)s. "
               "Betulkan golongan atau jenis kepegawaiannya.")},
        "FROM base b JOIN grades g ON g.golongan = b.golongan "
        "WHERE (b.kind IN ('PNS', 'CPNS')) <> (g.ladder = 'pns')",
        told={"golongan": "b.golongan", "kind": "b.kind"},
        law=("golongan_order", "golongan_order_pppk"),
    ),
    Rule(
        "below_echelon", "golongan-di-bawah-eselon", Group.ACCURACY, Severity.USUAL, Owner.OFFICER,
        Mend.APPOINTMENT,
        _("Golongan di bawah batas jabatan struktural"),
        _("Jabatan struktural mempunyai golongan terendah menurut eselonnya."),
        {"": _("Golongan %(golongan)s di bawah golongan terendah eselon %(eselon)s, yaitu %(lowest)s. "
               "Periksa golongan dan eselon jabatannya.")},
        """FROM base b JOIN echelons l ON l.eselon = b.eselon
           JOIN grades g ON g.golongan = b.golongan JOIN grades m ON m.golongan = l.lowest
           WHERE b.post_kind NOT IN ('jf', 'pelaksana') AND g.ladder = m.ladder AND g.place < m.place""",
        told={"golongan": "b.golongan", "eselon": "b.eselon", "lowest": "l.lowest"},
        law=("eselon_lowest_golongan",),
    ),
    Rule(
        "nik_doubtful", "nik-belum-cocok", Group.ACCURACY, Severity.USUAL, Owner.SELF, Mend.IDENTITY,
        _("NIK kosong atau tidak cocok"),
        _("NIK memuat tanggal lahir dan jenis kelamin; keduanya harus sama dengan identitas."),
        {
            "none": _("NIK belum tercatat. Usulkan NIK menurut KTP."),
            "birth": _("Tanggal lahir di dalam NIK berbeda dari data. Cocokkan keduanya dengan KTP."),
            "sex": _("Jenis kelamin di dalam NIK berbeda dari data. Cocokkan keduanya dengan KTP."),
        },
        """FROM base b CROSS JOIN LATERAL (SELECT substr(b.nik, 7, 2)::int AS day) k
           CROSS JOIN LATERAL (SELECT CASE
             WHEN b.nik IS NULL THEN 'none'
             WHEN substr(b.nik, 9, 4) <> to_char(b.birth_date, 'MMYY')
               OR CASE WHEN k.day > 40 THEN k.day - 40 ELSE k.day END <> extract(day FROM b.birth_date)
               THEN 'birth'
             WHEN (k.day > 40) <> (b.sex = 'P') THEN 'sex' END AS fault) n
           WHERE n.fault IS NOT NULL""",
        variant="n.fault",
    ),
    Rule(
        "pelaksana_functional", "pelaksana-bernama-fungsional", Group.ACCURACY, Severity.USUAL, Owner.OFFICER,
        Mend.UNIT,
        _("Pelaksana dengan nama jabatan fungsional"),
        _("Jabatan pelaksana tidak memakai nama atau jenjang jabatan fungsional."),
        {"": _("Jabatan pelaksana %(post)s memakai nama jabatan fungsional. "
               "Betulkan jenis atau nama jabatan itu di peta jabatan.")},
        """FROM base b JOIN (
             SELECT DISTINCT t.id FROM organisation_post t JOIN organisation_post j ON j.kind = 'jf'
               AND (lower(t.name) = lower(j.name) OR lower(t.name) = lower(j.name || ' ' || j.jenjang)
                 OR (j.jenjang <> ''
                   AND right(lower(t.name), length(j.jenjang) + 1) = ' ' || lower(j.jenjang)))
             WHERE t.kind = 'pelaksana') t ON t.id = b.post_id""",
        told={"post": "b.post_name"},
    ),
    Rule(
        "education_below", "pendidikan-di-bawah-golongan", Group.ACCURACY, Severity.USUAL, Owner.CLERK,
        Mend.EDUCATION,
        _("Pendidikan di bawah golongan awal"),
        _("Golongan awal mengikuti pendidikan saat diangkat; ijazah yang mendasarinya perlu tercatat."),
        {"": _("Golongan awalnya %(golongan)s, sedangkan pendidikan tertinggi yang tercatat %(level)s. "
               "Usulkan ijazah yang mendasarinya, atau betulkan golongan awalnya.")},
        _FIRST,
        told={"golongan": "h.golongan", "level": "k.level"},
        law=("education_first_golongan", "education_pppk_golongan"),
    ),
    Rule(
        "cpns_after_pns", "cpns-sesudah-pns", Group.ACCURACY, Severity.USUAL, Owner.OFFICER, Mend.EMPLOYMENT,
        _("CPNS sesudah PNS"),
        _("Masa CPNS mendahului pengangkatan sebagai PNS."),
        {"": _("Tercatat CPNS mulai %(cpns_on)s, sesudah PNS mulai %(pns_on)s. "
               "Betulkan salah satu tanggalnya.")},
        """FROM base b JOIN (
             SELECT c.person_id, max(lower(c.period)) AS cpns_on, min(lower(q.period)) AS pns_on
             FROM people_employment c JOIN people_employment q ON q.person_id = c.person_id
               AND q.kind = 'PNS' AND q.superseded_at IS NULL AND lower(q.period) < lower(c.period)
             WHERE c.kind = 'CPNS' AND c.superseded_at IS NULL GROUP BY c.person_id
           ) w ON w.person_id = b.id""",
        told={"cpns_on": "w.cpns_on", "pns_on": "w.pns_on"},
    ),
    Rule(
        "twins", "mungkin-tercatat-dua-kali", Group.ACCURACY, Severity.URGENT, Owner.OFFICER, Mend.SEARCH,
        _("Mungkin tercatat dua kali"),
        _("Satu orang mempunyai satu berkas; dua berkas dapat berarti dua pembayaran."),
        {"": _("Ada orang lain bernama sama, lahir pada %(birth_on)s. "
               "Bandingkan kedua berkas, lalu batalkan yang keliru atau nyatakan memang dua orang.")},
        """FROM base b WHERE EXISTS (
             SELECT 1 FROM people_identity o WHERE o.birth_date = b.birth_date
               AND lower(o.name COLLATE "C") = lower(b.name COLLATE "C") AND o.person_id <> b.id
               AND o.superseded_at IS NULL AND o.period @> %(on)s::date)""",
        told={"birth_on": "b.birth_date"},
    ),
)  # fmt: skip
