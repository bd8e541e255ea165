"""Differences of paid months, where they went, and what is owed; and what holds their sums."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import models

import pamong.kernel.ids
from pamong.config import migrations
from pamong.config.grants import append_only, grant, grant_sequence
from pamong.ledger.dated import ClockTimestamp

UNCHANGING = (
    "pay_difference",
    "pay_differenceline",
    "pay_differencepart",
    "pay_overpayment",
    "pay_instalmentplan",
    "pay_instalment",
    "pay_plandecision",
    "pay_deposit",
)

# What holds over several rows. A difference is the sum of its lines, a plan that of its instalments: looked at when
# the transaction ends. What takes a difference back, by items, against another one, or by deposits, is never more
# than the difference; whoever adds to that holds the difference, so that two don't add at once.
LOCKS = """
CREATE FUNCTION pay_difference_is_its_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole bigint;
BEGIN
  IF TG_TABLE_NAME = 'pay_difference' THEN
    whole := NEW.id;
  ELSE
    whole := NEW.difference_id;
  END IF;
  IF (SELECT (gross, tax, health) FROM pay_difference WHERE id = whole) IS DISTINCT FROM (
    SELECT (coalesce(sum(gross), 0)::bigint, coalesce(sum(tax), 0)::bigint, coalesce(sum(health), 0)::bigint)
    FROM pay_differenceline WHERE difference_id = whole
  ) THEN
    RAISE EXCEPTION 'Selisih berbeda dari jumlah sebabnya.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pay_difference_lines AFTER INSERT ON pay_difference DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION pay_difference_is_its_lines();
CREATE CONSTRAINT TRIGGER pay_differenceline_lines AFTER INSERT ON pay_differenceline DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION pay_difference_is_its_lines();

CREATE FUNCTION pay_instalments_are_their_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  whole bigint;
BEGIN
  IF TG_TABLE_NAME = 'pay_instalment' THEN
    whole := NEW.plan_id;
  ELSE
    whole := NEW.id;
  END IF;
  IF (SELECT amount FROM pay_instalmentplan WHERE id = whole)
     IS DISTINCT FROM (SELECT coalesce(sum(amount), 0)::bigint FROM pay_instalment WHERE plan_id = whole) THEN
    RAISE EXCEPTION 'Jumlah angsuran berbeda dari sisa yang diangsur.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pay_instalmentplan_sum AFTER INSERT ON pay_instalmentplan DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION pay_instalments_are_their_plan();
CREATE CONSTRAINT TRIGGER pay_instalment_sum AFTER INSERT ON pay_instalment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION pay_instalments_are_their_plan();

CREATE FUNCTION pay_difference_left(which bigint) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  rest bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('pay_difference:' || which, 0));
  SELECT d.net
    - coalesce((SELECT sum(p.net) FROM pay_differencepart p LEFT JOIN pay_payitem i ON i.id = p.item_id
                WHERE p.difference_id = which AND i.released_at IS NULL), 0)
    + coalesce((SELECT sum(e.amount) FROM pay_deposit e JOIN pay_overpayment o ON o.id = e.overpayment_id
                WHERE o.difference_id = which), 0)
  INTO rest FROM pay_difference d WHERE d.id = which;
  RETURN rest;
END $$;

CREATE FUNCTION pay_part_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rest bigint := pay_difference_left(NEW.difference_id);
BEGIN
  IF NEW.net <> 0 AND (sign(NEW.net) <> sign(rest) OR abs(NEW.net) > abs(rest)) THEN
    RAISE EXCEPTION 'Bagian ini melebihi sisa selisihnya.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.item_id IS NOT NULL AND EXISTS (SELECT 1 FROM pay_overpayment WHERE difference_id = NEW.difference_id) THEN
    RAISE EXCEPTION 'Kelebihan bayar dikembalikan dengan STS, bukan dari daftar.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.item_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM pay_payitem i JOIN pay_difference d ON d.id = NEW.difference_id
    WHERE i.id = NEW.item_id AND i.sequence > 0 AND i.released_at IS NULL
      AND (i.person_id, i.component, i.service_month) = (d.person_id, d.component, d.service_month)
      AND (i.gross, i.tax, i.health) = (NEW.gross, NEW.tax, NEW.health)
  ) THEN
    RAISE EXCEPTION 'Isi daftar dan bagian selisihnya tidak sama.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.against_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM pay_difference a JOIN pay_difference d ON d.id = NEW.difference_id
    WHERE a.id = NEW.against_id
      AND (a.person_id, a.component, a.service_month) = (d.person_id, d.component, d.service_month)
  ) THEN
    RAISE EXCEPTION 'Selisih hanya dapat diperhitungkan dengan selisih bulan yang sama.'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pay_differencepart_fits BEFORE INSERT ON pay_differencepart
  FOR EACH ROW EXECUTE FUNCTION pay_part_fits();
ALTER TABLE pay_differencepart ENABLE ALWAYS TRIGGER pay_differencepart_fits;

CREATE FUNCTION pay_item_is_a_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pay_differencepart WHERE item_id = NEW.id) THEN
    RAISE EXCEPTION 'Selisih pada daftar harus berasal dari selisih yang tercatat.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pay_payitem_is_a_part AFTER INSERT ON pay_payitem DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.sequence > 0) EXECUTE FUNCTION pay_item_is_a_part();

CREATE FUNCTION pay_list_pays_nobody_less_than_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pay_payitem WHERE list_id = NEW.id AND released_at IS NULL AND state = 'included'
             GROUP BY person_id HAVING sum(net) < 0) THEN
    RAISE EXCEPTION 'Tidak seorang pun dibayar kurang dari nol.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pay_paylist_not_negative BEFORE UPDATE ON pay_paylist
  FOR EACH ROW WHEN (OLD.state = 'computed' AND NEW.state <> 'computed')
  EXECUTE FUNCTION pay_list_pays_nobody_less_than_nothing();
ALTER TABLE pay_paylist ENABLE ALWAYS TRIGGER pay_paylist_not_negative;

CREATE FUNCTION pay_overpayment_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pay_difference_left(NEW.difference_id) >= 0
     OR NEW.amount IS DISTINCT FROM (SELECT -net FROM pay_difference WHERE id = NEW.difference_id) THEN
    RAISE EXCEPTION 'Kelebihan bayar harus sebesar selisihnya.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pay_overpayment_fits BEFORE INSERT ON pay_overpayment
  FOR EACH ROW EXECUTE FUNCTION pay_overpayment_fits();
ALTER TABLE pay_overpayment ENABLE ALWAYS TRIGGER pay_overpayment_fits;

CREATE FUNCTION pay_decision_is_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.decided_by_id = (SELECT proposed_by_id FROM pay_instalmentplan WHERE id = NEW.plan_id) THEN
    RAISE EXCEPTION 'Rencana angsuran disetujui oleh orang lain.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pay_plandecision_two BEFORE INSERT ON pay_plandecision
  FOR EACH ROW EXECUTE FUNCTION pay_decision_is_by_another();
ALTER TABLE pay_plandecision ENABLE ALWAYS TRIGGER pay_plandecision_two;

CREATE FUNCTION pay_deposit_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rest bigint;
BEGIN
  SELECT pay_difference_left(difference_id) INTO rest FROM pay_overpayment WHERE id = NEW.overpayment_id;
  IF NEW.reverses_id IS NULL AND NEW.amount > -rest THEN
    RAISE EXCEPTION 'Setoran melebihi sisa kelebihan bayar.' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM pay_deposit d WHERE d.id = NEW.reverses_id AND d.reverses_id IS NULL
      AND (d.overpayment_id, d.sts_number, d.version, d.amount)
        = (NEW.overpayment_id, NEW.sts_number, NEW.version, -NEW.amount)
  ) THEN
    RAISE EXCEPTION 'Pembatalan setoran harus sama dengan setorannya.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pay_deposit_fits BEFORE INSERT ON pay_deposit FOR EACH ROW EXECUTE FUNCTION pay_deposit_fits();
ALTER TABLE pay_deposit ENABLE ALWAYS TRIGGER pay_deposit_fits;
"""
UNLOCKS = """
DROP TRIGGER pay_deposit_fits ON pay_deposit;
DROP TRIGGER pay_plandecision_two ON pay_plandecision;
DROP TRIGGER pay_overpayment_fits ON pay_overpayment;
DROP TRIGGER pay_paylist_not_negative ON pay_paylist;
DROP TRIGGER pay_payitem_is_a_part ON pay_payitem;
DROP TRIGGER pay_differencepart_fits ON pay_differencepart;
DROP TRIGGER pay_instalment_sum ON pay_instalment;
DROP TRIGGER pay_instalmentplan_sum ON pay_instalmentplan;
DROP TRIGGER pay_differenceline_lines ON pay_differenceline;
DROP TRIGGER pay_difference_lines ON pay_difference;
DROP FUNCTION pay_deposit_fits();
DROP FUNCTION pay_decision_is_by_another();
DROP FUNCTION pay_overpayment_fits();
DROP FUNCTION pay_list_pays_nobody_less_than_nothing();
DROP FUNCTION pay_item_is_a_part();
DROP FUNCTION pay_part_fits();
DROP FUNCTION pay_difference_left(bigint);
DROP FUNCTION pay_instalments_are_their_plan();
DROP FUNCTION pay_difference_is_its_lines();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_dated_basis"),
        ("pay", "0005_pay_lists"),
        ("people", "0008_drops_of_recalls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InstalmentPlan",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("amount", models.BigIntegerField()),
                ("document", models.TextField()),
                ("proposed_name", models.TextField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=ClockTimestamp(), editable=False),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Difference",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("component", models.TextField(choices=[("tpp", "TPP")], default="tpp")),
                ("service_month", models.DateField()),
                ("sequence", models.SmallIntegerField()),
                ("gross", models.BigIntegerField()),
                ("tax", models.BigIntegerField()),
                ("health", models.BigIntegerField()),
                ("net", models.BigIntegerField()),
                ("fingerprint", models.TextField()),
                ("facts", models.TextField()),
                ("posted_by", models.TextField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=ClockTimestamp(), editable=False),
                ),
                (
                    "base",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="differences",
                        to="pay.payitem",
                    ),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DifferenceLine",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "difference_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.SmallIntegerField()),
                (
                    "cause",
                    models.TextField(
                        choices=[
                            ("law", "Peraturan"),
                            ("post", "Jabatan dan kedudukan"),
                            ("person", "Data pegawai"),
                            ("work", "Isian bulanan"),
                            ("presence", "Presensi"),
                        ]
                    ),
                ),
                ("gross", models.BigIntegerField()),
                ("tax", models.BigIntegerField()),
                ("health", models.BigIntegerField()),
                ("net", models.BigIntegerField()),
                ("changes", models.JSONField(default=list)),
                (
                    "difference",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="pay.difference",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DifferencePart",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("gross", models.BigIntegerField()),
                ("tax", models.BigIntegerField()),
                ("health", models.BigIntegerField()),
                ("net", models.BigIntegerField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=ClockTimestamp(), editable=False),
                ),
                (
                    "against",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="pay.difference",
                    ),
                ),
                (
                    "difference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="pay.difference"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="part",
                        to="pay.payitem",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlanDecision",
            fields=[
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="decision",
                        serialize=False,
                        to="pay.instalmentplan",
                    ),
                ),
                ("agreed", models.BooleanField()),
                ("note", models.TextField(blank=True, default="")),
                ("decided_name", models.TextField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=ClockTimestamp(), editable=False),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "plan_id", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.SmallIntegerField()),
                ("due_on", models.DateField()),
                ("amount", models.BigIntegerField()),
                (
                    "plan",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalments",
                        to="pay.instalmentplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Overpayment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("amount", models.BigIntegerField()),
                (
                    "reason",
                    models.TextField(
                        choices=[
                            ("left", "Tidak lagi menerima TPP"),
                            ("larger", "Lebih besar daripada TPP bulan berikutnya"),
                        ]
                    ),
                ),
                ("opened_by", models.TextField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=ClockTimestamp(), editable=False),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "difference",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overpayment",
                        to="pay.difference",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="instalmentplan",
            name="overpayment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="pay.overpayment"
            ),
        ),
        migrations.CreateModel(
            name="Deposit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("sts_number", models.TextField()),
                ("version", models.SmallIntegerField(default=0)),
                ("paid_on", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("note", models.TextField(blank=True, default="")),
                ("recorded_name", models.TextField()),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=ClockTimestamp(), editable=False),
                ),
                (
                    "basis",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversal",
                        to="pay.deposit",
                    ),
                ),
                (
                    "overpayment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deposits",
                        to="pay.overpayment",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="difference",
            index=models.Index(fields=["service_month"], name="difference_by_month"),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.UniqueConstraint(
                fields=("person", "component", "service_month", "sequence"), name="difference_never_twice"
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=models.Q(("component__in", ["tpp"])), name="difference_component"
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=models.Q(("service_month__day", 1)), name="difference_month_is_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=models.Q(("sequence__gte", 1)), name="difference_follows_the_base"
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
            constraint=models.CheckConstraint(
                condition=models.Q(("gross", 0), ("health", 0), ("tax", 0), _negated=True),
                name="difference_is_not_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="difference",
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
                name="difference_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="differenceline",
            constraint=models.UniqueConstraint(
                fields=("difference", "cause"), name="difference_line_once_a_cause"
            ),
        ),
        migrations.AddConstraint(
            model_name="differenceline",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", ["law", "post", "person", "work", "presence"])),
                name="difference_line_cause",
            ),
        ),
        migrations.AddConstraint(
            model_name="differenceline",
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
                name="difference_line_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="differencepart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("against__isnull", True), ("item__isnull", False)),
                    models.Q(
                        ("against__isnull", False),
                        ("item__isnull", True),
                        models.Q(("against", models.F("difference")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="difference_part_has_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="differencepart",
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
                name="difference_part_adds_up",
            ),
        ),
        migrations.AddField(
            model_name="plandecision",
            name="basis",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="ledger.seal",
            ),
        ),
        migrations.AddField(
            model_name="plandecision",
            name="decided_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="instalment_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.UniqueConstraint(fields=("plan", "due_on"), name="instalment_one_a_day"),
        ),
        migrations.AddConstraint(
            model_name="overpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["left", "larger"])), name="overpayment_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="overpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="overpayment_is_owed"
            ),
        ),
        migrations.AddConstraint(
            model_name="instalmentplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="instalment_plan_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="instalmentplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("document", ""), _negated=True), name="instalment_plan_document"
            ),
        ),
        migrations.AddConstraint(
            model_name="deposit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", True)),
                fields=("sts_number", "version"),
                name="deposit_sts_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="deposit",
            constraint=models.CheckConstraint(
                condition=models.Q(("sts_number", ""), _negated=True), name="deposit_has_sts"
            ),
        ),
        migrations.AddConstraint(
            model_name="deposit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("reverses__isnull", True)),
                    models.Q(
                        ("amount__lt", 0), ("reverses__isnull", False), models.Q(("note", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="deposit_reversal_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="plandecision",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed", True), models.Q(("note", ""), _negated=True), _connector="OR"),
                name="plan_refused_with_reason",
            ),
        ),
        *(append_only(table) for table in UNCHANGING),
        migrations.RunSQL(LOCKS, UNLOCKS),
        *(grant(table, app="SELECT, INSERT", auditor="SELECT") for table in UNCHANGING),
        *(grant_sequence(table) for table in ("pay_difference", "pay_differencepart")),
    ]
