"""What became of people's days, by the month; and what is to be derived anew."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import models

from pamong.config import migrations
from pamong.config.grants import append_only, dated, grant

RESULTS = """
CREATE TABLE attendance_dayresult (
  local_on date NOT NULL,
  person_id bigint NOT NULL REFERENCES people_person (id),
  starts timestamptz NOT NULL,
  version integer NOT NULL,
  ends timestamptz,
  opens timestamptz,
  closes timestamptz,
  zone text NOT NULL,
  site_id bigint REFERENCES organisation_site (id),
  source text NOT NULL,
  state text NOT NULL,
  expected integer,
  first_in timestamptz,
  last_out timestamptz,
  in_punch bigint,
  out_punch bigint,
  worked integer,
  over integer,
  under integer,
  late integer,
  early integer,
  excuse text NOT NULL DEFAULT '',
  covered boolean NOT NULL,
  numbered boolean NOT NULL,
  reasons jsonb NOT NULL,
  inputs_hash bytea NOT NULL,
  derived_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  superseded_at timestamptz,
  PRIMARY KEY (local_on, person_id, starts, version),
  CONSTRAINT dayresult_version CHECK (version >= 1),
  CONSTRAINT dayresult_source CHECK (source IN ('week', 'roster', 'none', 'unplanned')),
  CONSTRAINT dayresult_state CHECK (state IN ('free', 'planned', 'open', 'present', 'missing_in',
    'missing_out', 'absent', 'excused')),
  CONSTRAINT dayresult_expected CHECK (CASE WHEN state = 'free' THEN
    num_nonnulls(ends, opens, closes, expected, first_in, last_out) = 0
    ELSE num_nonnulls(ends, opens, closes, expected) = 4 AND opens <= starts AND starts < ends
      AND ends <= closes END),
  CONSTRAINT dayresult_ends CHECK ((first_in IS NULL) = (in_punch IS NULL)
    AND (last_out IS NULL) = (out_punch IS NULL)),
  CONSTRAINT dayresult_present CHECK (state <> 'present' OR num_nonnulls(first_in, last_out) = 2),
  CONSTRAINT dayresult_lengths CHECK (LEAST(worked, over, under, late, early) >= 0)
) PARTITION BY RANGE (local_on);
-- One result of a working period stands: the last word over two that derive at once.
CREATE UNIQUE INDEX dayresult_stands ON attendance_dayresult (local_on, person_id, starts)
  WHERE superseded_at IS NULL;
CREATE INDEX dayresult_person ON attendance_dayresult (person_id, local_on) WHERE superseded_at IS NULL;
CREATE INDEX dayresult_open ON attendance_dayresult (local_on)
  WHERE superseded_at IS NULL AND state IN ('planned', 'open');
CREATE TABLE attendance_dayresult_other PARTITION OF attendance_dayresult DEFAULT;

-- As ``attendance_make_room`` for punches, by local months.
CREATE FUNCTION attendance_make_room_days(ahead integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  month date := date_trunc('month', now() AT TIME ZONE 'UTC' - interval '12 months');
  until date := date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead + 1);
  name text;
  made integer := 0;
BEGIN
  WHILE month < until LOOP
    name := 'attendance_dayresult_' || to_char(month, 'YYYY_MM');
    IF to_regclass(name) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF attendance_dayresult FOR VALUES FROM (%L) TO (%L)',
        name, month, (month + interval '1 month')::date);
      EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
        'EXECUTE FUNCTION pamong_refuse_change()', name || '_whole', name);
      EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_whole');
      made := made + 1;
    END IF;
    month := (month + interval '1 month')::date;
  END LOOP;
  RETURN made;
END $$;
"""
NO_RESULTS = """
DROP FUNCTION attendance_make_room_days(integer);
DROP TABLE attendance_dayresult;
"""
COLUMNS = (
    "local_on, person_id, starts, version, ends, opens, closes, zone, site_id, source, state, expected, "
    "first_in, last_out, in_punch, out_punch, worked, over, under, late, early, excuse, covered, numbered, "
    "reasons, inputs_hash, derived_at"
)


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0003_shifts"),
        ("organisation", "0004_withdrawals_by_two"),
        ("people", "0008_drops_of_recalls"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayResult",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "local_on",
                        "person",
                        "starts",
                        "version",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("local_on", models.DateField()),
                ("starts", models.DateTimeField()),
                ("version", models.IntegerField()),
                ("ends", models.DateTimeField(null=True)),
                ("opens", models.DateTimeField(null=True)),
                ("closes", models.DateTimeField(null=True)),
                ("zone", models.TextField()),
                ("source", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("free", "Bukan hari kerja"),
                            ("planned", "Akan datang"),
                            ("open", "Belum diputuskan"),
                            ("present", "Hadir"),
                            ("missing_in", "Masuk tidak tercatat"),
                            ("missing_out", "Pulang tidak tercatat"),
                            ("absent", "Tidak ada presensi"),
                            ("excused", "Tidak diharapkan hadir"),
                        ]
                    ),
                ),
                ("expected", models.IntegerField(null=True)),
                ("first_in", models.DateTimeField(null=True)),
                ("last_out", models.DateTimeField(null=True)),
                ("in_punch", models.BigIntegerField(null=True)),
                ("out_punch", models.BigIntegerField(null=True)),
                ("worked", models.IntegerField(null=True)),
                ("over", models.IntegerField(null=True)),
                ("under", models.IntegerField(null=True)),
                ("late", models.IntegerField(null=True)),
                ("early", models.IntegerField(null=True)),
                ("excuse", models.TextField(blank=True, default="")),
                ("covered", models.BooleanField()),
                ("numbered", models.BooleanField()),
                ("reasons", models.JSONField()),
                ("inputs_hash", models.BinaryField()),
                ("derived_at", models.DateTimeField()),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "db_table": "attendance_dayresult",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="StaleDay",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("local_on", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="staleday",
            index=models.Index(fields=["local_on", "person"], name="staleday_day"),
        ),
        migrations.RunSQL(RESULTS, NO_RESULTS),
        dated("attendance_dayresult"),
        append_only("attendance_dayresult_other"),
        grant(
            "attendance_dayresult",
            app=f"SELECT, INSERT ({COLUMNS}), UPDATE (superseded_at)",
            auditor="SELECT",
        ),
        grant("attendance_staleday", app="SELECT, INSERT, DELETE", auditor="SELECT"),
    ]
