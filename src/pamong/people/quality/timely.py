"""Rules of timeliness: what should have ended or changed by now."""

from __future__ import annotations

from pamong.people.quality.kinds import Group, Mend, Owner, Rule, Severity
from pamong.people.quality.kinds import marked as _
from pamong.people.queries.last_post import LAST_POSTS

RULES = (
    Rule(
        "past_retirement", "melewati-batas-usia", Group.TIMELINESS, Severity.URGENT, Owner.OFFICER,
        Mend.EMPLOYMENT,
        _("Masih bertugas sesudah batas usia pensiun"),
        _("Pegawai pensiun pada bulan sesudah mencapai batas usia jabatannya, atau jabatan terakhirnya bila "
          "sekarang tanpa jabatan."),
        {"": _("Batas usia jabatannya %(age)s tahun, jadi pensiun mulai %(starts_on)s, tetapi masih tercatat "
               "bertugas. Catat pensiunnya, atau betulkan tanggal lahir atau jabatannya.")},
        f"""FROM base b LEFT JOIN ({LAST_POSTS} WHERE EXISTS (
             SELECT 1 FROM base n WHERE n.id = w.person_id AND NOT n.placed)
             ORDER BY w.person_id, w.period DESC, r.period DESC) l ON l.person_id = b.id
           JOIN ages x ON x.kind = COALESCE(b.post_kind, l.kind)
             AND x.jenjang = COALESCE(b.jenjang, l.jenjang) AND x.family = COALESCE(b.family, l.family)
           CROSS JOIN LATERAL (SELECT (date_trunc('month', b.birth_date::timestamp)
             + make_interval(years => x.age, months => %(pension_start)s::int))::date AS starts_on) t
           WHERE t.starts_on <= %(on)s::date""",  # noqa: S608 (of constants alone)
        told={"age": "x.age", "starts_on": "t.starts_on"},
        law=("pension_start_months",),
    ),
    Rule(
        "probation_over", "cpns-terlalu-lama", Group.TIMELINESS, Severity.URGENT, Owner.OFFICER,
        Mend.EMPLOYMENT,
        _("CPNS melewati masa percobaan"),
        _("Masa percobaan CPNS mempunyai batas; sesudahnya diangkat menjadi PNS atau diberhentikan."),
        {"": _("CPNS sejak %(since_on)s, melewati masa percobaan %(months)s bulan tanpa TMT PNS. "
               "Catat SK PNS, atau pemberhentiannya.")},
        """FROM base b JOIN began f ON f.id = b.id
           WHERE b.kind = 'CPNS' AND f.cpns + make_interval(months => %(probation)s::int) <= %(on)s::date""",
        told={"since_on": "f.cpns", "months": "%(probation)s::int"},
        law=("cpns_probation_highest",),
    ),
    Rule(
        "acting_over", "plt-terlalu-lama", Group.TIMELINESS, Severity.URGENT, Owner.OFFICER, Mend.APPOINTMENT,
        _("Merangkap sebagai Plt. melewati batas"),
        _("Tugas Plt. di samping jabatan sendiri mempunyai batas, termasuk satu kali perpanjangan."),
        {"": _("Plt. %(post)s sejak %(since_on)s, melewati %(months)s bulan termasuk perpanjangan. "
               "Catat pengakhirannya, atau pejabat tetap yang menggantikan.")},
        """FROM base b JOIN (
             SELECT DISTINCT ON (w.person_id) w.person_id, s.post_name, lower(w.stretch) AS since
             FROM (SELECT o.person_id, o.seat_id, unnest(range_agg(o.period)) AS stretch
                   FROM people_appointment o WHERE o.kind = 'plt' AND o.superseded_at IS NULL
                   GROUP BY o.person_id, o.seat_id) w
             JOIN organisation_seats(%(on)s) s ON s.seat_id = w.seat_id
             WHERE w.stretch @> %(on)s::date ORDER BY w.person_id, w.stretch) t ON t.person_id = b.id
           WHERE t.since + make_interval(months => %(acting)s::int) <= %(on)s::date""",
        told={"post": "t.post_name", "since_on": "t.since", "months": "%(acting)s::int"},
        law=("acting_months", "acting_extension_months"),
    ),
)  # fmt: skip
