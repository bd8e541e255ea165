"""Plain SQL of organisation: statements and the units of a date, as known now or at an instant."""

from __future__ import annotations

from pamong.ledger.dated import Known
from pamong.ledger.sql import fetch as fetch  # noqa: PLC0414 - part of the face


def units_source(known: Known) -> str:
    """A derived table ``u`` with the columns of ``organisation_units``, with paths as known at the instant.

    What is known now comes from the table of places, what was known then from the rows of that time.
    """
    if known.at is None:
        return "organisation_units(%(on)s::date) u"
    return f"""(
      WITH RECURSIVE down AS (
        SELECT r.unit_id, x.code::ltree AS path, 0::smallint AS depth,
          CASE WHEN r.is_opd THEN r.unit_id END AS opd_id
        FROM organisation_unitrow r JOIN organisation_unit x ON x.id = r.unit_id
        WHERE r.parent_id IS NULL AND {known.sql("r")}
        UNION ALL
        SELECT r.unit_id, d.path || x.code, (d.depth + 1)::smallint,
          CASE WHEN r.is_opd THEN r.unit_id ELSE d.opd_id END
        FROM down d JOIN organisation_unitrow r ON r.parent_id = d.unit_id AND {known.sql("r")}
        JOIN organisation_unit x ON x.id = r.unit_id WHERE d.depth < 32
      )
      SELECT x.id AS unit_id, x.uid, x.code, r.name, r.short_name, r.kind, r.unit_class, r.is_opd,
        r.parent_id, r.site_id, r.external_code, d.path, d.depth, d.opd_id, o.code AS opd_code,
        w.name AS opd_name
      FROM organisation_unit x JOIN organisation_unitrow r ON r.unit_id = x.id AND {known.sql("r")}
      LEFT JOIN down d ON d.unit_id = x.id
      LEFT JOIN organisation_unit o ON o.id = d.opd_id
      LEFT JOIN organisation_unitrow w ON w.unit_id = d.opd_id AND {known.sql("w")}
    ) u"""
