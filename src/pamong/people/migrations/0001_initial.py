"""Persons and everything dated about them; entries and imports."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import models

import pamong.kernel.ids
import pamong.ledger.models
from pamong.config import migrations
from pamong.config.grants import append_only, dated, grant, grant_sequence

# Nobody holds a seat before he is in service. The person is locked, so that two sessions can't each see half.
# A new seat is looked at alone; where a service changes, all seats of the person.
SERVICE = """
CREATE FUNCTION people_within_service() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM people_person WHERE id = NEW.person_id FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM people_appointment a
    WHERE a.person_id = NEW.person_id AND a.superseded_at IS NULL AND a.kind = 'regular'
      AND (TG_OP = 'UPDATE' OR a.id = NEW.id)
      AND NOT EXISTS (SELECT 1 FROM people_employment e WHERE e.person_id = NEW.person_id
                        AND e.superseded_at IS NULL AND e.period @> lower(a.period))
  ) THEN
    RAISE EXCEPTION 'Jabatan dimulai di luar masa kerja.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appointment_within_service';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER appointment_within_service AFTER INSERT ON people_appointment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'regular') EXECUTE FUNCTION people_within_service();
ALTER TABLE people_appointment ENABLE ALWAYS TRIGGER appointment_within_service;
CREATE CONSTRAINT TRIGGER employment_within_service AFTER UPDATE ON people_employment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION people_within_service();
ALTER TABLE people_employment ENABLE ALWAYS TRIGGER employment_within_service;

CREATE FUNCTION people_born() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.birth_date > (clock_timestamp() AT TIME ZONE 'UTC')::date + 1 THEN
    RAISE EXCEPTION 'Tanggal lahir di masa depan.' USING ERRCODE = 'check_violation', CONSTRAINT = 'identity_born';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER identity_born BEFORE INSERT ON people_identity FOR EACH ROW EXECUTE FUNCTION people_born();
ALTER TABLE people_identity ENABLE ALWAYS TRIGGER identity_born;
"""
UNSERVICE = """
DROP TRIGGER identity_born ON people_identity; DROP FUNCTION people_born();
DROP TRIGGER employment_within_service ON people_employment;
DROP TRIGGER appointment_within_service ON people_appointment; DROP FUNCTION people_within_service();
"""
DATED = (
    "identity",
    "contact",
    "bankaccount",
    "employment",
    "rank",
    "salarystep",
    "appointment",
    "education",
    "relative",
)
DATED_RIGHTS = "SELECT, INSERT, UPDATE (superseded_at, superseded_basis_id)"
ACCEPTED = "rule, subject, mark, accepted, reason, until, by_id, by_name"
DECIDED = "state, decided_by_id, decided_name, decided_at, answer, basis_id"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0002_dated_basis"),
        ("organisation", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("register", "Data ASN (ekspor SIASN)"),
                            ("peta", "Peta jabatan"),
                            ("family", "Data keluarga"),
                            ("education", "Riwayat pendidikan"),
                        ]
                    ),
                ),
                ("name", models.TextField()),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                ("options", models.JSONField(default=dict)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("reading", "Sedang diperiksa"),
                            ("checked", "Sudah dicoba"),
                            ("applying", "Sedang disimpan"),
                            ("applied", "Tersimpan"),
                            ("undoing", "Sedang dibatalkan"),
                            ("undone", "Dibatalkan"),
                            ("failed", "Tidak dapat diperiksa"),
                        ],
                        default="checked",
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("problems", models.IntegerField(default=0)),
                ("stage", models.TextField(blank=True, default="")),
                ("done", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("failure", models.TextField(blank=True, default="")),
                ("checked_by", models.TextField()),
                (
                    "checked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("applied_by", models.TextField(blank=True, default="")),
                ("applied_at", models.DateTimeField(null=True)),
                ("undone_by", models.TextField(blank=True, default="")),
                ("undone_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "basis",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BatchProblem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("severity", models.TextField()),
                ("code", models.TextField()),
                ("line", models.IntegerField(null=True)),
                ("column", models.TextField(blank=True, default="")),
                ("value", models.TextField(blank=True, default="")),
                ("message", models.TextField()),
                ("unit", models.TextField(blank=True, default="")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problem_rows",
                        to="people.batch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Identity",
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
                ("name", models.TextField()),
                ("front_title", models.TextField(blank=True, default="")),
                ("back_title", models.TextField(blank=True, default="")),
                ("birth_place", models.TextField(blank=True, default="")),
                ("birth_date", models.DateField()),
                ("sex", models.TextField(choices=[("L", "Laki-laki"), ("P", "Perempuan")])),
                ("religion", models.TextField(blank=True, default="")),
                ("marital", models.TextField(blank=True, default="")),
                ("nik", models.TextField(null=True)),
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
                        to="people.identity",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identities",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "identitas",
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("title", models.TextField()),
                ("name", models.TextField()),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                ("media_type", models.TextField()),
                ("added_by", models.TextField()),
                (
                    "added_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("subject", models.TextField()),
                (
                    "act",
                    models.TextField(
                        choices=[
                            ("change", "Perubahan"),
                            ("correct", "Pembetulan"),
                            ("rescind", "Pembatalan"),
                        ]
                    ),
                ),
                ("target", models.UUIDField(null=True)),
                ("on", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("values", models.JSONField(default=dict)),
                ("reason", models.TextField()),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Menunggu pemeriksaan"),
                            ("applied", "Disetujui"),
                            ("refused", "Ditolak"),
                            ("withdrawn", "Ditarik"),
                        ],
                        default="waiting",
                    ),
                ),
                ("entered_name", models.TextField()),
                (
                    "entered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("decided_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
                (
                    "basis",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Employment",
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
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("PNS", "PNS"),
                            ("CPNS", "CPNS"),
                            ("PPPK", "PPPK"),
                            ("PPPK_PW", "PPPK paruh waktu"),
                            ("TKPK", "TKPK"),
                        ]
                    ),
                ),
                ("nip", models.TextField(null=True)),
                ("standing", models.TextField()),
                (
                    "end_reason",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("retired", "Pensiun"),
                            ("died", "Meninggal dunia"),
                            ("resigned", "Mengundurkan diri"),
                            ("dismissed", "Diberhentikan"),
                            ("moved", "Pindah instansi"),
                            ("expired", "Perjanjian kerja berakhir"),
                        ],
                        default="",
                    ),
                ),
                ("order_no", models.TextField(blank=True, default="")),
                ("order_on", models.DateField(null=True)),
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
                        to="people.employment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employments",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "kepegawaian",
            },
        ),
        migrations.CreateModel(
            name="Education",
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
                ("item", models.UUIDField(default=pamong.kernel.ids.uuid7)),
                ("level", models.TextField()),
                ("programme", models.TextField(blank=True, default="")),
                ("school", models.TextField(blank=True, default="")),
                ("graduated_on", models.DateField(null=True)),
                ("graduated_year", models.SmallIntegerField(null=True)),
                ("diploma_no", models.TextField(blank=True, default="")),
                ("front_title", models.TextField(blank=True, default="")),
                ("back_title", models.TextField(blank=True, default="")),
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
                        to="people.education",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="educations",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "pendidikan",
            },
        ),
        migrations.CreateModel(
            name="Contact",
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
                ("address", models.TextField(blank=True, default="")),
                ("phone", models.TextField(blank=True, default="")),
                ("email", models.TextField(blank=True, default="")),
                ("work_email", models.TextField(blank=True, default="")),
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
                        to="people.contact",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "kontak",
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField()),
                (
                    "outcome",
                    models.TextField(
                        choices=[
                            ("unverified", "Belum diperiksa"),
                            ("verified", "Terverifikasi"),
                            ("refused", "Ditolak"),
                        ]
                    ),
                ),
                ("how", models.TextField()),
                ("by_name", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("line", models.IntegerField()),
                (
                    "outcome",
                    models.TextField(
                        choices=[
                            ("new", "Baru"),
                            ("changed", "Berubah"),
                            ("same", "Sama"),
                            ("twin", "Mungkin orang yang sama"),
                            ("refused", "Tidak dapat disimpan"),
                        ]
                    ),
                ),
                ("label", models.TextField(blank=True, default="")),
                ("unit", models.TextField(blank=True, default="")),
                ("values", models.JSONField(null=True)),
                (
                    "twins",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("decision", models.TextField(blank=True, default="")),
                ("decided_by", models.TextField(blank=True, default="")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="people.batch"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BankAccount",
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
                ("bank", models.TextField()),
                ("number", models.TextField()),
                ("holder", models.TextField()),
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
                        to="people.bankaccount",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_accounts",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "rekening",
            },
        ),
        migrations.CreateModel(
            name="Appointment",
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
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("regular", "Definitif"),
                            ("plt", "Pelaksana Tugas (Plt.)"),
                            ("plh", "Pelaksana Harian (Plh.)"),
                            ("handover", "Serah terima"),
                            ("return_right", "Hak kembali"),
                        ]
                    ),
                ),
                ("stint", models.IntegerField(default=0)),
                ("order_no", models.TextField(blank=True, default="")),
                ("order_on", models.DateField(null=True)),
                ("note", models.TextField(blank=True, default="")),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="organisation.seat",
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
                        to="people.appointment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "jabatan",
            },
        ),
        migrations.CreateModel(
            name="Rank",
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
                ("golongan", models.TextField()),
                ("ground", models.TextField(blank=True, default="")),
                ("order_no", models.TextField(blank=True, default="")),
                ("order_on", models.DateField(null=True)),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ranks", to="people.person"
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
                        to="people.rank",
                    ),
                ),
            ],
            options={
                "verbose_name": "golongan",
            },
        ),
        migrations.CreateModel(
            name="Relative",
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
                ("item", models.UUIDField(default=pamong.kernel.ids.uuid7)),
                (
                    "relation",
                    models.TextField(
                        choices=[
                            ("spouse", "Suami/istri"),
                            ("child", "Anak"),
                            ("parent", "Orang tua"),
                            ("sibling", "Saudara kandung"),
                            ("in_law", "Mertua/ipar/menantu"),
                            ("other", "Kerabat lain"),
                        ]
                    ),
                ),
                ("name", models.TextField()),
                ("sex", models.TextField(blank=True, default="")),
                ("birth_date", models.DateField(null=True)),
                ("nik", models.TextField(null=True)),
                ("occupation", models.TextField(blank=True, default="")),
                ("entitled", models.BooleanField(default=False)),
                ("married_on", models.DateField(null=True)),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relatives",
                        to="people.person",
                    ),
                ),
                (
                    "relative",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="named_by",
                        to="people.person",
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
                        to="people.relative",
                    ),
                ),
            ],
            options={
                "verbose_name": "keluarga",
            },
        ),
        migrations.CreateModel(
            name="SalaryStep",
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
                ("mkg_years", models.SmallIntegerField()),
                ("mkg_months", models.SmallIntegerField(default=0)),
                ("ground", models.TextField(blank=True, default="")),
                ("order_no", models.TextField(blank=True, default="")),
                ("order_on", models.DateField(null=True)),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="salary_steps",
                        to="people.person",
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
                        to="people.salarystep",
                    ),
                ),
            ],
            options={
                "verbose_name": "masa kerja golongan",
            },
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["register", "peta", "family", "education"])),
                name="batch_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["reading", "checked", "applying", "applied", "undoing", "undone", "failed"],
                    )
                ),
                name="batch_state",
            ),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["kind", "sha256"], name="batch_file"),
        ),
        migrations.AddIndex(
            model_name="batchproblem",
            index=models.Index(fields=["batch", "line"], name="batchproblem_line"),
        ),
        migrations.AddIndex(
            model_name="identity",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower("name"), "gin_trgm_ops"
                ),
                condition=models.Q(("superseded_at__isnull", True)),
                name="identity_name_words",
            ),
        ),
        migrations.AddIndex(
            model_name="identity",
            index=models.Index(
                django.db.models.functions.text.Lower("name"),
                models.F("person"),
                condition=models.Q(("superseded_at__isnull", True)),
                name="identity_name_order",
            ),
        ),
        migrations.AddIndex(
            model_name="identity",
            index=models.Index(
                condition=models.Q(("superseded_at__isnull", True)),
                fields=["birth_date"],
                name="identity_birth",
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="identity_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="identity_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="identity_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("person", "="), ("period", "&&")],
                name="identity_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True), ("nik__isnull", False)),
                expressions=[("nik", "="), ("person", "<>")],
                name="identity_nik_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.CheckConstraint(
                condition=models.Q(("sex__in", ["L", "P"])), name="identity_sex"
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.CheckConstraint(
                condition=models.Q(("nik__isnull", True), ("nik__regex", "^\\d{16}$"), _connector="OR"),
                name="identity_nik",
            ),
        ),
        migrations.AddConstraint(
            model_name="identity",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="identity_name"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["state", "-id"], name="entry_state_newest"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["basis"], name="entry_basis"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "applied", "refused", "withdrawn"])),
                name="entry_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="entry_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["applied", "refused"]), _negated=True),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("entered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="entry_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "applied"), _negated=True), ("basis__isnull", False), _connector="OR"
                ),
                name="entry_applied",
            ),
        ),
        migrations.AddIndex(
            model_name="employment",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(models.F("nip"), "text_pattern_ops"),
                condition=models.Q(("superseded_at__isnull", True)),
                name="employment_nip_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="employment_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="employment_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="employment_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("person", "="), ("period", "&&")],
                name="employment_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["PNS", "CPNS", "PPPK", "PPPK_PW", "TKPK"])),
                name="employment_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_reason__in", ["retired", "died", "resigned", "dismissed", "moved", "expired", ""])
                ),
                name="employment_end_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True), ("nip__isnull", False)),
                expressions=[("nip", "="), ("person", "<>")],
                name="employment_nip_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "TKPK"), ("nip__regex", "^\\d{18}$"), _connector="OR"),
                name="employment_nip",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_reason", ""), ("period__endswith__isnull", False), _connector="OR"),
                name="employment_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="education",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="education_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="education",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="education_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="education",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="education_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="education",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("item", "="), ("period", "&&")],
                name="education_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="contact_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="contact_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="contact_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("person", "="), ("period", "&&")],
                name="contact_no_overlap",
            ),
        ),
        migrations.AddIndex(
            model_name="check",
            index=models.Index(fields=["subject", "-id"], name="check_subject"),
        ),
        migrations.AddConstraint(
            model_name="check",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["unverified", "verified", "refused"])),
                name="check_outcome",
            ),
        ),
        migrations.AddIndex(
            model_name="batchrow",
            index=models.Index(fields=["batch", "outcome", "line"], name="batchrow_outcome_line"),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["new", "changed", "same", "twin", "refused"])),
                name="batchrow_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("decision__in", ["same", "different", ""])), name="batchrow_decision"
            ),
        ),
        migrations.AddConstraint(
            model_name="batchrow",
            constraint=models.UniqueConstraint(fields=("batch", "line"), name="batchrow_line_once"),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="bankaccount_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="bankaccount_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="bankaccount_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("person", "="), ("period", "&&")],
                name="bankaccount_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankaccount",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^[0-9]{5,20}$")), name="bankaccount_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="appointment_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="appointment_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="appointment_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("person", "="), ("kind", "="), ("stint", "="), ("period", "&&")],
                name="appointment_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["regular", "plt", "plh", "handover", "return_right"])),
                name="appointment_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True), ("kind", "regular")),
                expressions=[("seat", "="), ("period", "&&")],
                name="appointment_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True), ("kind", "regular")),
                expressions=[("person", "="), ("period", "&&")],
                name="appointment_one_seat",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True), ("kind__in", ["plt", "plh"])),
                expressions=[("seat", "="), ("period", "&&")],
                name="appointment_one_acting",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["plt", "plh", "handover"]), _negated=True),
                    ("period__endswith__isnull", False),
                    _connector="OR",
                ),
                name="appointment_acting_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "regular"), _negated=True), ("stint", 0), _connector="OR"
                ),
                name="appointment_regular_stint",
            ),
        ),
        migrations.AddConstraint(
            model_name="rank",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="rank_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="rank",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="rank_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="rank",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="rank_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="rank",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("person", "="), ("period", "&&")],
                name="rank_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="rank",
            constraint=models.CheckConstraint(
                condition=models.Q(("golongan__regex", "^((I|II|III)/[a-d]|IV/[a-e]|[IVX]{1,5})$")),
                name="rank_golongan",
            ),
        ),
        migrations.AddConstraint(
            model_name="relative",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="relative_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="relative",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="relative_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="relative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="relative_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="relative",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("item", "="), ("period", "&&")],
                name="relative_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="relative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("relation__in", ["spouse", "child", "parent", "sibling", "in_law", "other"])
                ),
                name="relative_relation",
            ),
        ),
        migrations.AddConstraint(
            model_name="relative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("relative__isnull", True),
                    models.Q(("relative", models.F("person")), _negated=True),
                    _connector="OR",
                ),
                name="relative_not_oneself",
            ),
        ),
        migrations.AddConstraint(
            model_name="salarystep",
            constraint=models.CheckConstraint(
                condition=models.Q(("period__isempty", False), ("period__startswith__isnull", False)),
                name="salarystep_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="salarystep",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "correct", "rescind"])), name="salarystep_act"
            ),
        ),
        migrations.AddConstraint(
            model_name="salarystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("superseded_at__isnull", True), ("superseded_basis__isnull", True)),
                    models.Q(("superseded_at__isnull", False), ("superseded_basis__isnull", False)),
                    _connector="OR",
                ),
                name="salarystep_superseded",
            ),
        ),
        migrations.AddConstraint(
            model_name="salarystep",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True)),
                expressions=[("person", "="), ("period", "&&")],
                name="salarystep_no_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="salarystep",
            constraint=models.CheckConstraint(
                condition=models.Q(("mkg_months__range", (0, 11)), ("mkg_years__range", (0, 60))),
                name="salarystep_mkg",
            ),
        ),
        migrations.CreateModel(
            name="QualityAccept",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("rule", models.TextField()),
                ("subject", models.UUIDField()),
                ("mark", models.TextField()),
                ("accepted", models.BooleanField()),
                ("reason", models.TextField()),
                ("until", models.DateField(null=True)),
                ("by_name", models.TextField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["rule", "subject", "-id"], name="qualityaccept_last")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="qualityaccept_reason"
                    )
                ],
            },
        ),
        migrations.RunSQL(SERVICE, UNSERVICE),
        *(dated(f"people_{name}") for name in DATED),
        append_only("people_check"),
        append_only("people_evidence"),
        append_only("people_qualityaccept"),
        *(grant(f"people_{name}", app=DATED_RIGHTS, auditor="SELECT") for name in DATED),
        *(grant_sequence(f"people_{name}") for name in ("person", *DATED)),
        grant("people_person", app="SELECT, INSERT, UPDATE (user_id)", auditor="SELECT"),
        grant("people_evidence", app="SELECT, INSERT", auditor="SELECT"),
        grant("people_check", app="SELECT, INSERT", auditor="SELECT"),
        grant("people_qualityaccept", app=f"SELECT, INSERT ({ACCEPTED})", auditor="SELECT"),
        grant("people_entry", app=f"SELECT, INSERT, UPDATE ({DECIDED})", auditor="SELECT"),
        grant("people_batch", app="SELECT, INSERT, UPDATE", auditor="SELECT"),
        grant("people_batchrow", app="SELECT, INSERT, UPDATE", auditor="SELECT"),
        grant_sequence("people_batchrow"),
        grant("people_batchproblem", app="SELECT, INSERT", auditor="SELECT"),
        grant_sequence("people_batchproblem"),
    ]
