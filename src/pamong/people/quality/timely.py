"""Rules of timeliness: what should have ended or changed by now."""

from __future__ import annotations

from pamong.people.quality.kinds import Group, Mend, Owner, Rule, Severity
from pamong.people.quality.kinds import marked as _

RULES = (
    Rule(
        "past_retirement", "melewati-batas-usia", Group.TIMELINESS, Severity.URGENT, Owner.OFFICER,
        Mend.EMPLOYMENT,
        _("Masih bertugas sesudah batas usia pensiun"),
        _("Pegawai pensiun pada bulan sesudah mencapai batas usia jabatannya."),
        {"": _("Batas usia jabatannya %(age)s tahun, jadi pensiun mulai %(starts_on)s, tetapi masih tercatat "
               "bertugas. Catat pensiunnya, atau betulkan tanggal lahir atau jabatannya.")},
        """FROM base b JOIN ages x ON x.kind = b.post_kind AND x.jenjang = b.jenjang AND x.family = b.family
           CROSS JOIN LATERAL (SELECT (date_trunc('month', b.birth_date::timestamp)
             + make_interval(years => x.age, months => %(pension_start)s::int))::date AS starts_on) t
           WHERE t.starts_on <= %(on)s::date""",
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
        """FROM base b JOIN LATERAL (SELECT min(lower(m.period)) AS since FROM people_employment m
             WHERE m.person_id = b.id AND m.kind = 'CPNS' AND m.nip = b.nip
             AND m.superseded_at IS NULL) f ON TRUE
           WHERE b.kind = 'CPNS' AND f.since + make_interval(months => %(probation)s::int) <= %(on)s::date""",
        told={"since_on": "f.since", "months": "%(probation)s::int"},
        law=("cpns_probation_highest",),
    ),
    Rule(
        "acting_over", "plt-terlalu-lama", Group.TIMELINESS, Severity.URGENT, Owner.OFFICER, Mend.APPOINTMENT,
        _("Merangkap sebagai Plt. melewati batas"),
        _("Tugas Plt. di samping jabatan sendiri mempunyai batas, termasuk satu kali perpanjangan."),
        {"": _("Plt. %(post)s sejak %(since_on)s, melewati %(months)s bulan termasuk perpanjangan. "
               "Catat pengakhirannya, atau pejabat tetap yang menggantikan.")},
        """FROM base b JOIN LATERAL (
             SELECT s.post_name, lower(w.stretch) AS since FROM people_appointment a
             JOIN organisation_seats(%(on)s) s ON s.seat_id = a.seat_id
             CROSS JOIN LATERAL (SELECT unnest(range_agg(o.period)) AS stretch FROM people_appointment o
               WHERE o.person_id = a.person_id AND o.seat_id = a.seat_id AND o.kind = 'plt'
               AND o.superseded_at IS NULL) w
             WHERE a.person_id = b.id AND a.kind = 'plt' AND a.superseded_at IS NULL
               AND a.period @> %(on)s::date AND w.stretch @> %(on)s::date
             ORDER BY w.stretch LIMIT 1) t ON TRUE
           WHERE t.since + make_interval(months => %(acting)s::int) <= %(on)s::date""",
        told={"post": "t.post_name", "since_on": "t.since", "months": "%(acting)s::int"},
        law=("acting_months", "acting_extension_months"),
    ),
)  # fmt: skip
