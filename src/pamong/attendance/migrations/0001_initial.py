"""Devices, PINs, punches by the month, quarantine."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import append_only, dated, grant, grant_sequence

PUNCHES = """
CREATE SEQUENCE attendance_punch_id_seq;
CREATE TABLE attendance_punch (
  id bigint NOT NULL DEFAULT nextval('attendance_punch_id_seq'),
  at timestamptz NOT NULL,
  zone text NOT NULL,
  local_at timestamp NOT NULL,
  local_on date NOT NULL,
  source text NOT NULL,
  device_id bigint REFERENCES attendance_device (id),
  group_id bigint REFERENCES attendance_devicegroup (id),
  pin text NOT NULL DEFAULT '',
  person_id bigint REFERENCES people_person (id),
  direction text NOT NULL DEFAULT '',
  grain text NOT NULL DEFAULT 'second',
  raw text NOT NULL DEFAULT '',
  -- What became of a file is known only when its punches are stored: its row comes after them.
  file_id bigint REFERENCES attendance_punchfile (id) DEFERRABLE INITIALLY DEFERRED,
  line integer,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (at, id),
  CONSTRAINT punch_place CHECK (local_at = timezone(zone, at) AND local_on = local_at::date),
  CONSTRAINT punch_source CHECK (source IN ('file', 'manual', 'terminal', 'phone')),
  CONSTRAINT punch_direction CHECK (direction IN ('in', 'out', '')),
  CONSTRAINT punch_grain CHECK (grain IN ('second', 'minute', 'epoch')),
  CONSTRAINT punch_raw CHECK (raw <> '' OR (file_id IS NOT NULL AND line IS NOT NULL)),
  CONSTRAINT punch_somebody CHECK (person_id IS NOT NULL OR (pin <> '' AND group_id IS NOT NULL)),
  CONSTRAINT punch_sane CHECK (at >= '2015-01-01T00:00:00Z' AND at < received_at + interval '1 day')
) PARTITION BY RANGE (at);
CREATE INDEX punch_pin ON attendance_punch (group_id, pin, at) WHERE person_id IS NULL;
CREATE INDEX punch_person ON attendance_punch (person_id, at) WHERE person_id IS NOT NULL;
ALTER SEQUENCE attendance_punch_id_seq OWNED BY attendance_punch.id;
CREATE TABLE attendance_punch_other PARTITION OF attendance_punch DEFAULT;

-- Partitions from a year ago until so many months ahead; returns how many were lacking.
CREATE FUNCTION attendance_make_room(ahead integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC') - interval '12 months';
  until timestamp := date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead + 1);
  name text;
  made integer := 0;
BEGIN
  WHILE month < until LOOP
    name := 'attendance_punch_' || to_char(month, 'YYYY_MM');
    IF to_regclass(name) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF attendance_punch FOR VALUES FROM (%L) TO (%L)',
        name, month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC');
      EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
        'EXECUTE FUNCTION pamong_refuse_change()', name || '_whole', name);
      EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I', name, name || '_whole');
      made := made + 1;
    END IF;
    month := month + interval '1 month';
  END LOOP;
  RETURN made;
END $$;

CREATE FUNCTION attendance_months_left() RETURNS integer LANGUAGE plpgsql STABLE AS $$
DECLARE
  month timestamp := date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month';
  found integer := 0;
BEGIN
  WHILE to_regclass('attendance_punch_' || to_char(month, 'YYYY_MM')) IS NOT NULL LOOP
    found := found + 1;
    month := month + interval '1 month';
  END LOOP;
  RETURN found;
END $$;
"""
NO_PUNCHES = """
DROP FUNCTION attendance_months_left();
DROP FUNCTION attendance_make_room(integer);
DROP TABLE attendance_punch;
"""
DATED_RIGHTS = "SELECT, INSERT, UPDATE (superseded_at, superseded_basis_id)"
ADDED_RIGHTS = "SELECT, INSERT"
PUNCH_COLUMNS = (
    "id, at, zone, local_at, local_on, source, device_id, group_id, pin, person_id, direction, grain, "
    "raw, file_id, line"
)
UNCHANGING = ("punchfile", "punchkey", "quarantined", "punch", "punch_other")
HELD = ("devicegroup", "device")  # locked while their rows are written
ADDED = ("punchfile", "punchkey", "quarantined")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0002_dated_basis"),
        ("organisation", "0004_withdrawals_by_two"),
        ("people", "0007_persons_of_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="Punch",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "at", "id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("zone", models.TextField()),
                ("local_at", models.DateTimeField()),
                ("local_on", models.DateField()),
                (
                    "source",
                    models.TextField(
                        choices=[
                            ("file", "Berkas mesin"),
                            ("manual", "Dicatat petugas"),
                            ("terminal", "Mesin yang terhubung"),
                            ("phone", "Telepon"),
                        ]
                    ),
                ),
                ("pin", models.TextField(blank=True, default="")),
                ("direction", models.TextField(blank=True, default="")),
                ("grain", models.TextField(blank=True, default="second")),
                ("raw", models.TextField(blank=True, default="")),
                ("line", models.IntegerField(null=True)),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "db_table": "attendance_punch",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PunchKey",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "source", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("source", models.TextField()),
                ("key", models.TextField()),
                ("hash", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="DeviceGroup",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("name", models.TextField(unique=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="devicegroup_named"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("serial", models.TextField(unique=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="attendance.devicegroup",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DeviceRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "act",
                    models.TextField(
                        choices=[
                            ("change", "Perubahan"),
                            ("correct", "Pembetulan"),
                            ("rescind", "Pembatalan"),
                        ],
                        default="change",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                ("name", models.TextField(blank=True, default="")),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="attendance.device",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.site"
                    ),
                ),
                (
                    "superseded_basis",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="attendance.devicerow",
                    ),
                ),
            ],
            options={
                "verbose_name": "mesin presensi",
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "act",
                    models.TextField(
                        choices=[
                            ("change", "Perubahan"),
                            ("correct", "Pembetulan"),
                            ("rescind", "Pembatalan"),
                        ],
                        default="change",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                ("pin", models.TextField()),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pins",
                        to="attendance.devicegroup",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "superseded_basis",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="attendance.pin",
                    ),
                ),
            ],
            options={
                "verbose_name": "PIN presensi",
            },
        ),
        migrations.CreateModel(
            name="PunchFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("name", models.TextField()),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                ("format", models.TextField()),
                ("stored", models.IntegerField()),
                ("known", models.IntegerField()),
                ("quarantined", models.IntegerField()),
                ("by_name", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="attendance.device"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Quarantined",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("line", models.IntegerField()),
                (
                    "fault",
                    models.TextField(
                        choices=[
                            ("no_time", "Waktunya tidak ada di kalender"),
                            ("too_old", "Jam mesin tertinggal jauh"),
                            ("future", "Jam mesin mendahului"),
                            ("nobody", "PIN dan NIP kosong"),
                            ("unreadable", "Baris tidak terbaca"),
                            ("other_content", "Nomor kejadian sudah dipakai untuk isi lain"),
                        ]
                    ),
                ),
                ("raw", models.TextField()),
                ("message", models.TextField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quarantine",
                        to="attendance.punchfile",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnitWeek",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("period", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "act",
                    models.TextField(
                        choices=[
                            ("change", "Perubahan"),
                            ("correct", "Pembetulan"),
                            ("rescind", "Pembatalan"),
                        ],
                        default="change",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=pamong.ledger.models.ClockTimestamp(), editable=False),
                ),
                ("superseded_at", models.DateTimeField(editable=False, null=True)),
                ("week", models.TextField()),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "superseded_basis",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "supersedes",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="attendance.unitweek",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "pola hari kerja",
            },
        ),
        migrations.CreateModel(
            name="Watermark",
            fields=[
                (
                    "device",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="watermark",
                        serialize=False,
                        to="attendance.device",
                    ),
                ),
                ("since", models.DateTimeField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("since__lte", models.F("at"))), name="watermark_order"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(("serial", ""), _negated=True), name="device_serial"
            ),
        ),
        migrations.AddConstraint(
            model_name="devicerow",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="device_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="devicerow",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="device_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="devicerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="device_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="devicerow",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("device", "="), ("period", "&&")],
                name="device_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="pin",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="pin_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="pin",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="pin_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="pin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="pin_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="pin",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("group", "="), ("pin", "="), ("period", "&&")],
                name="pin_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="pin",
            constraint=models.CheckConstraint(
                condition=models.Q(("pin__regex", "^[0-9A-Za-z]{1,24}$")), name="pin_form"
            ),
        ),
        migrations.AddIndex(
            model_name="punchfile",
            index=models.Index(fields=["sha256"], name="punchfile_bytes"),
        ),
        migrations.AddConstraint(
            model_name="quarantined",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fault__in", ["no_time", "too_old", "future", "nobody", "unreadable", "other_content"])
                ),
                name="quarantine_fault",
            ),
        ),
        migrations.AddConstraint(
            model_name="quarantined",
            constraint=models.UniqueConstraint(fields=("file", "line", "fault"), name="quarantine_once"),
        ),
        migrations.AddConstraint(
            model_name="unitweek",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="unitweek_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitweek",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="unitweek_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitweek",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="unitweek_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitweek",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("unit", "="), ("period", "&&")],
                name="unitweek_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitweek",
            constraint=models.CheckConstraint(
                condition=models.Q(("week__in", ("5", "6"))), name="unitweek_week"
            ),
        ),
        migrations.RunSQL(PUNCHES, NO_PUNCHES),
        dated("attendance_devicerow"),
        dated("attendance_pin"),
        dated("attendance_unitweek"),
        *(append_only(f"attendance_{name}") for name in UNCHANGING),
        *(
            grant(f"attendance_{name}", app=DATED_RIGHTS, auditor="SELECT")
            for name in ("devicerow", "pin", "unitweek")
        ),
        *(grant(f"attendance_{name}", app=ADDED_RIGHTS, auditor="SELECT") for name in ADDED),
        *(grant(f"attendance_{name}", app="SELECT, INSERT, UPDATE (uid)", auditor="SELECT") for name in HELD),
        grant("attendance_punch", app=f"SELECT, INSERT ({PUNCH_COLUMNS})", auditor="SELECT"),
        grant_sequence("attendance_punch"),
        grant_sequence("attendance_punchfile"),
        grant("attendance_watermark", app="SELECT, INSERT, UPDATE (since, at)", auditor="SELECT"),
    ]
