"""Runs, slips, lines and their locks."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import models

from pamong.config import migrations
from pamong.config.grants import append_only, grant, grant_sequence

UNCHANGING = ("pay_runfile", "pay_runchunk", "pay_runproblem", "pay_slip", "pay_slipline", "pay_slipinput")

# A run that has ended is over: it is not changed, and nothing is added to it. It ends as published only with the
# totals of its slips. Whoever adds rows holds the run in share, so that publishing waits for them.
LOCKS = """
CREATE FUNCTION pay_run_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('published', 'cancelled', 'failed') THEN
    RAISE EXCEPTION 'Hitungan yang sudah berakhir tidak dapat diubah.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Hitungan tidak dapat dihapus, hanya dibatalkan.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.uid, NEW.month, NEW.profile, NEW.overlay, NEW.mode, NEW.fingerprint, NEW.inputs_hash, NEW.basis_id,
      NEW.started_by, NEW.started_at)
     IS DISTINCT FROM (OLD.uid, OLD.month, OLD.profile, OLD.overlay, OLD.mode, OLD.fingerprint, OLD.inputs_hash,
      OLD.basis_id, OLD.started_by, OLD.started_at) THEN
    RAISE EXCEPTION 'Asal hitungan tidak dapat diubah.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'published' AND (
    SELECT (count(*), coalesce(sum(ceiling), 0), coalesce(sum(earned), 0), coalesce(sum(gross), 0),
            coalesce(sum(tax), 0), coalesce(sum(health), 0), coalesce(sum(net), 0))
           IS DISTINCT FROM (NEW.people, NEW.ceiling, NEW.earned, NEW.gross, NEW.tax, NEW.health, NEW.net)
    FROM pay_slip WHERE run_id = NEW.id
  ) THEN
    RAISE EXCEPTION 'Jumlah hitungan berbeda dari jumlah rinciannya.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION pay_run_takes_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM pay_run WHERE id IN (SELECT run_id FROM added) FOR SHARE;
  IF EXISTS (SELECT 1 FROM pay_run WHERE id IN (SELECT run_id FROM added) AND state <> ALL (TG_ARGV)) THEN
    RAISE EXCEPTION 'Rincian hanya dapat ditambahkan selama hitungan berjalan.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION pay_slip_takes_parts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  runs bigint[] := ARRAY(SELECT DISTINCT s.run_id FROM added a JOIN pay_slip s ON s.id = a.slip_id);
BEGIN
  PERFORM 1 FROM pay_run WHERE id = ANY (runs) FOR SHARE;
  IF EXISTS (SELECT 1 FROM pay_run WHERE id = ANY (runs) AND state <> 'staging') THEN
    RAISE EXCEPTION 'Rincian hanya dapat ditambahkan selama hitungan berjalan.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER pay_run_over BEFORE UPDATE OR DELETE ON pay_run FOR EACH ROW EXECUTE FUNCTION pay_run_is_over();
ALTER TABLE pay_run ENABLE ALWAYS TRIGGER pay_run_over;
"""
UNLOCKS = """
DROP TRIGGER pay_run_over ON pay_run;
DROP FUNCTION pay_run_is_over();
DROP FUNCTION pay_run_takes_rows();
DROP FUNCTION pay_slip_takes_parts();
"""
# Which rows a run takes while it is in which states.
OPEN = {
    "pay_runfile": "pay_run_takes_rows('waiting')",
    "pay_runchunk": "pay_run_takes_rows('staging')",
    "pay_runproblem": "pay_run_takes_rows('waiting', 'staging')",
    "pay_slip": "pay_run_takes_rows('staging')",
    "pay_slipline": "pay_slip_takes_parts()",
    "pay_slipinput": "pay_slip_takes_parts()",
}


def only_while_open(table: str) -> migrations.RunSQL:
    """Refuse rows for a run that does not take them any more."""
    return migrations.RunSQL(
        [
            f"CREATE TRIGGER {table}_open AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {OPEN[table]}",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_open",
        ],
        [f"DROP TRIGGER {table}_open ON {table}"],
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(unique=True)),
                ("number", models.IntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                ("nip", models.TextField()),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("golongan", models.TextField()),
                ("job_class", models.SmallIntegerField(null=True)),
                ("post_name", models.TextField()),
                ("unit_name", models.TextField()),
                ("opd_name", models.TextField()),
                ("pay_group", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("computed", "Dihitung"),
                            ("delayed", "Ditunda sebulan"),
                            ("held", "Belum dapat dihitung"),
                            ("elsewhere", "Dibayar melalui jalur lain"),
                            ("none", "Tidak menerima TPP"),
                        ]
                    ),
                ),
                ("reason", models.TextField()),
                ("ceiling", models.BigIntegerField(null=True)),
                ("earned", models.BigIntegerField(null=True)),
                ("gross", models.BigIntegerField(null=True)),
                ("tax", models.BigIntegerField(null=True)),
                ("health", models.BigIntegerField(null=True)),
                ("net", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(unique=True)),
                ("month", models.DateField()),
                ("profile", models.TextField()),
                ("overlay", models.TextField(blank=True, default="")),
                (
                    "mode",
                    models.TextField(
                        choices=[("demo", "Peragaan"), ("shadow", "Pembanding"), ("real", "Sungguhan")]
                    ),
                ),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("staging", "Sedang dihitung"),
                            ("published", "Selesai"),
                            ("failed", "Gagal"),
                            ("cancelled", "Dibatalkan"),
                        ],
                        default="waiting",
                    ),
                ),
                ("fingerprint", models.TextField()),
                ("inputs_hash", models.TextField()),
                ("started_by", models.TextField()),
                ("started_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("published_at", models.DateTimeField(null=True)),
                ("stage", models.TextField(blank=True, default="")),
                ("done", models.IntegerField(default=0)),
                ("chunk", models.IntegerField(default=0)),
                ("people", models.IntegerField(default=0)),
                ("computed", models.IntegerField(default=0)),
                ("held", models.IntegerField(default=0)),
                ("elsewhere", models.IntegerField(default=0)),
                ("problems", models.IntegerField(default=0)),
                ("ceiling", models.BigIntegerField(default=0)),
                ("earned", models.BigIntegerField(default=0)),
                ("gross", models.BigIntegerField(default=0)),
                ("tax", models.BigIntegerField(default=0)),
                ("health", models.BigIntegerField(default=0)),
                ("net", models.BigIntegerField(default=0)),
                ("slips_hash", models.TextField(blank=True, default="")),
                ("failure", models.TextField(blank=True, default="")),
                (
                    "basis",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.seal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RunChunk",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "run_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.IntegerField()),
                ("slips", models.IntegerField()),
                ("done_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chunks",
                        to="pay.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RunFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.SmallIntegerField()),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("people", "Data pegawai"),
                            ("punches", "Rekaman presensi"),
                            ("monthly", "Isian bulanan"),
                        ]
                    ),
                ),
                ("name", models.TextField()),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="pay.run"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RunProblem",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "run_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.IntegerField()),
                ("severity", models.TextField()),
                ("code", models.TextField()),
                ("file", models.TextField()),
                ("line", models.IntegerField(null=True)),
                ("column", models.TextField()),
                ("value", models.TextField()),
                ("message", models.TextField()),
                ("subject", models.TextField()),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="problem_rows",
                        to="pay.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SlipInput",
            fields=[
                (
                    "slip",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="input",
                        serialize=False,
                        to="pay.slip",
                    ),
                ),
                ("facts", models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name="slip",
            name="run",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="slips",
                to="pay.run",
            ),
        ),
        migrations.CreateModel(
            name="SlipLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "slip_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.SmallIntegerField()),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("ceiling", "TPP maksimal"),
                            ("earned", "Yang diperoleh"),
                            ("cut", "Potongan"),
                            ("tax", "Pajak"),
                            ("contribution", "Iuran"),
                        ]
                    ),
                ),
                ("code", models.TextField()),
                ("method", models.TextField()),
                ("amount", models.BigIntegerField()),
                (
                    "slip",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="pay.slip",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["-month", "-id"], name="run_by_month"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["cancelled", "failed"]), _negated=True),
                fields=("inputs_hash",),
                name="run_once_for_same_inputs",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="run_month_is_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", False), ("state", "published")),
                    models.Q(models.Q(("state", "published"), _negated=True), ("published_at__isnull", True)),
                    _connector="OR",
                ),
                name="run_published_has_instant",
            ),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "net",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("gross"), "-", models.F("tax")
                            ),
                            "-",
                            models.F("health"),
                        ),
                    )
                ),
                name="run_totals_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="runfile",
            constraint=models.UniqueConstraint(fields=("run", "number"), name="run_file_number"),
        ),
        migrations.AddConstraint(
            model_name="slip",
            constraint=models.UniqueConstraint(fields=("run", "nip"), name="slip_once_a_person"),
        ),
        migrations.AddConstraint(
            model_name="slip",
            constraint=models.UniqueConstraint(fields=("run", "number"), name="slip_number"),
        ),
        migrations.AddConstraint(
            model_name="slip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ceiling__isnull", False),
                        ("earned__isnull", False),
                        ("gross__isnull", False),
                        ("health__isnull", False),
                        (
                            "net",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("gross"), "-", models.F("tax")
                                ),
                                "-",
                                models.F("health"),
                            ),
                        ),
                        ("net__isnull", False),
                        ("state__in", ["computed", "delayed"]),
                        ("tax__isnull", False),
                    ),
                    models.Q(
                        ("ceiling__isnull", True),
                        ("earned__isnull", True),
                        ("gross__isnull", True),
                        ("health__isnull", True),
                        ("net__isnull", True),
                        ("state__in", ["held", "elsewhere", "none"]),
                        ("tax__isnull", True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="slip_has_amount_or_reason",
            ),
        ),
        *(append_only(table) for table in UNCHANGING),
        # Texts of some 1.5 KB, read one at a time: compressing each costs more than the writing of all.
        migrations.RunSQL(
            "ALTER TABLE pay_slipinput ALTER COLUMN facts SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
        migrations.RunSQL(LOCKS, UNLOCKS),
        *(only_while_open(table) for table in UNCHANGING),
        grant("pay_run", app="SELECT, INSERT, UPDATE", auditor="SELECT"),
        *(grant(table, app="SELECT, INSERT", auditor="SELECT") for table in UNCHANGING),
        *(grant_sequence(table) for table in ("pay_run", "pay_runfile", "pay_slip")),
    ]
