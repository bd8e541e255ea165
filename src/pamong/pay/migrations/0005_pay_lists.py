"""The lists on which a month is paid: items, steps, files, budgets, and what holds them."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.conf import settings
from django.db import models

import pamong.kernel.ids
import pamong.pay.choices
from pamong.config import migrations
from pamong.config.grants import append_only, grant, grant_sequence
from pamong.ledger.dated import ClockTimestamp

UNCHANGING = ("pay_liststep", "pay_payfile")

# A list goes forward one state at a time, or back to the first; what is paid stays. Its origin never changes.
# From the first signature on its amounts are those of its items, and stay so. An item comes to, or changes on,
# a list that is not signed; it is never deleted, and once released it is over. Who writes an item holds its list
# in share, so that a signature waits for it.
LOCKS = """
CREATE FUNCTION pay_list_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  states CONSTANT text[] := ARRAY['computed', 'verified', 'checked', 'submitted', 'paid'];
  was int := array_position(states, OLD.state);
  is_now int;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Daftar pembayaran tidak dapat dihapus.' USING ERRCODE = 'restrict_violation';
  END IF;
  is_now := array_position(states, NEW.state);
  IF OLD.state = 'paid' THEN
    RAISE EXCEPTION 'Daftar yang sudah cair tidak dapat diubah.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.uid, NEW.reference, NEW.month, NEW.opd_id, NEW.opd_name, NEW.kind, NEW.number, NEW.basis_id,
      NEW.recorded_at)
     IS DISTINCT FROM (OLD.id, OLD.uid, OLD.reference, OLD.month, OLD.opd_id, OLD.opd_name, OLD.kind, OLD.number,
      OLD.basis_id, OLD.recorded_at) THEN
    RAISE EXCEPTION 'Asal daftar pembayaran tidak dapat diubah.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF is_now = 1 THEN
    RETURN NEW;
  END IF;
  IF is_now IS DISTINCT FROM was + 1 THEN
    RAISE EXCEPTION 'Daftar pembayaran maju satu tahap demi satu tahap.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF was > 1 AND (NEW.run_id, NEW.people, NEW.held, NEW.gross, NEW.tax, NEW.health, NEW.net, NEW.items_hash,
      NEW.entered_by_id, NEW.signed_by_id)
     IS DISTINCT FROM (OLD.run_id, OLD.people, OLD.held, OLD.gross, OLD.tax, OLD.health, OLD.net, OLD.items_hash,
      OLD.entered_by_id, OLD.signed_by_id) THEN
    RAISE EXCEPTION 'Daftar yang sudah ditandatangani tidak dapat diubah.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF was > 2 AND NEW.checked_by_id IS DISTINCT FROM OLD.checked_by_id THEN
    RAISE EXCEPTION 'Pemeriksa daftar tidak dapat diganti.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF was > 3 AND (NEW.spp_number, NEW.spm_number, NEW.spm_on, NEW.spm_amount)
     IS DISTINCT FROM (OLD.spp_number, OLD.spm_number, OLD.spm_on, OLD.spm_amount) THEN
    RAISE EXCEPTION 'SPM yang sudah diajukan tidak dapat diubah.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF was = 1 AND (
    SELECT (count(DISTINCT person_id) FILTER (WHERE state = 'included'),
            count(DISTINCT person_id) FILTER (WHERE state = 'held'),
            coalesce(sum(gross) FILTER (WHERE state = 'included'), 0),
            coalesce(sum(tax) FILTER (WHERE state = 'included'), 0),
            coalesce(sum(health) FILTER (WHERE state = 'included'), 0),
            coalesce(sum(net) FILTER (WHERE state = 'included'), 0))
           IS DISTINCT FROM (NEW.people, NEW.held, NEW.gross, NEW.tax, NEW.health, NEW.net)
    FROM pay_payitem WHERE list_id = NEW.id AND released_at IS NULL
  ) THEN
    RAISE EXCEPTION 'Jumlah daftar berbeda dari jumlah isinya.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION pay_list_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'computed' THEN
    RAISE EXCEPTION 'Daftar pembayaran mulai dari hitungan.' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION pay_item_is_held() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  list_state text;
  list_kind text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Isi daftar pembayaran tidak dapat dihapus.' USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT state, kind INTO list_state, list_kind FROM pay_paylist WHERE id = NEW.list_id FOR SHARE;
  IF NEW.state = 'held' AND NEW.sequence > 0 AND list_kind <> 'arrears' THEN
    RAISE EXCEPTION 'Selisih tidak ditangguhkan sendiri.' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF list_state <> 'computed' OR NEW.released_at IS NOT NULL THEN
      RAISE EXCEPTION 'Daftar yang sudah ditandatangani tidak menerima isi.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.released_at IS NOT NULL THEN
    RAISE EXCEPTION 'Isi yang sudah dilepas tidak dapat diubah.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.uid, NEW.list_id, NEW.person_id, NEW.slip_id, NEW.nip, NEW.name, NEW.component,
      NEW.service_month, NEW.sequence, NEW.gross, NEW.tax, NEW.health, NEW.net, NEW.payee, NEW.recorded_at)
     IS DISTINCT FROM (OLD.id, OLD.uid, OLD.list_id, OLD.person_id, OLD.slip_id, OLD.nip, OLD.name, OLD.component,
      OLD.service_month, OLD.sequence, OLD.gross, OLD.tax, OLD.health, OLD.net, OLD.payee, OLD.recorded_at) THEN
    RAISE EXCEPTION 'Isi daftar pembayaran tidak dapat diubah.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF list_state <> 'computed' AND (OLD.state <> 'held' OR (NEW.state, NEW.reason) <> (OLD.state, OLD.reason)) THEN
    RAISE EXCEPTION 'Daftar yang sudah ditandatangani tidak dapat diubah.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.released_at IS NOT NULL THEN
    NEW.released_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION pay_budget_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Pagu tidak dapat dihapus.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.id, NEW.uid, NEW.opd_id, NEW.year, NEW.amount, NEW.document, NEW.proposed_by_id, NEW.proposed_name,
      NEW.proposed_at)
     IS DISTINCT FROM (OLD.id, OLD.uid, OLD.opd_id, OLD.year, OLD.amount, OLD.document, OLD.proposed_by_id,
      OLD.proposed_name, OLD.proposed_at) THEN
    RAISE EXCEPTION 'Usulan pagu tidak dapat diubah.' USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.state = 'waiting' AND NEW.state IN ('agreed', 'refused') THEN
    RETURN NEW;
  END IF;
  IF OLD.state = 'agreed' AND NEW.state = 'replaced'
     AND (NEW.decided_by_id, NEW.decided_name, NEW.decided_at, NEW.basis_id)
     IS NOT DISTINCT FROM (OLD.decided_by_id, OLD.decided_name, OLD.decided_at, OLD.basis_id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Keputusan pagu ditulis satu kali.' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER pay_budget_decided BEFORE UPDATE OR DELETE ON pay_budget
  FOR EACH ROW EXECUTE FUNCTION pay_budget_once();
ALTER TABLE pay_budget ENABLE ALWAYS TRIGGER pay_budget_decided;
CREATE TRIGGER pay_paylist_path BEFORE UPDATE OR DELETE ON pay_paylist
  FOR EACH ROW EXECUTE FUNCTION pay_list_goes_on();
ALTER TABLE pay_paylist ENABLE ALWAYS TRIGGER pay_paylist_path;
CREATE TRIGGER pay_paylist_begins AFTER INSERT ON pay_paylist FOR EACH ROW EXECUTE FUNCTION pay_list_begins();
ALTER TABLE pay_paylist ENABLE ALWAYS TRIGGER pay_paylist_begins;
CREATE TRIGGER pay_payitem_held BEFORE INSERT OR UPDATE OR DELETE ON pay_payitem
  FOR EACH ROW EXECUTE FUNCTION pay_item_is_held();
ALTER TABLE pay_payitem ENABLE ALWAYS TRIGGER pay_payitem_held;
"""
UNLOCKS = """
DROP TRIGGER pay_budget_decided ON pay_budget;
DROP FUNCTION pay_budget_once();
DROP TRIGGER pay_payitem_held ON pay_payitem;
DROP TRIGGER pay_paylist_begins ON pay_paylist;
DROP TRIGGER pay_paylist_path ON pay_paylist;
DROP FUNCTION pay_item_is_held();
DROP FUNCTION pay_list_begins();
DROP FUNCTION pay_list_goes_on();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_dated_basis"),
        ("organisation", "0004_withdrawals_by_two"),
        ("pay", "0004_pay_facts"),
        ("people", "0008_drops_of_recalls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TreasuryFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("month", models.DateField()),
                ("name", models.TextField()),
                ("sha256", models.TextField(unique=True)),
                ("size", models.BigIntegerField()),
                ("rows", models.JSONField(default=list)),
                ("paid", models.IntegerField()),
                ("refused", models.IntegerField()),
                ("read_by", models.TextField()),
                ("read_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="PayList",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("reference", models.TextField(unique=True)),
                ("month", models.DateField()),
                ("opd_name", models.TextField()),
                (
                    "kind",
                    models.TextField(
                        choices=[("main", "Induk"), ("supplementary", "Susulan"), ("arrears", "Rapel")]
                    ),
                ),
                ("number", models.SmallIntegerField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("computed", "Dihitung"),
                            ("verified", "Diverifikasi OPD"),
                            ("checked", "Diperiksa BKPSDM"),
                            ("submitted", "Diajukan"),
                            ("paid", "Cair"),
                        ],
                        default="computed",
                    ),
                ),
                ("people", models.IntegerField(default=0)),
                ("held", models.IntegerField(default=0)),
                ("gross", models.BigIntegerField(default=0)),
                ("tax", models.BigIntegerField(default=0)),
                ("health", models.BigIntegerField(default=0)),
                ("net", models.BigIntegerField(default=0)),
                ("items_hash", models.TextField(blank=True, default="")),
                ("spp_number", models.TextField(blank=True, default="")),
                ("spm_number", models.TextField(blank=True, default="")),
                ("spm_on", models.DateField(null=True)),
                ("spm_amount", models.BigIntegerField(null=True)),
                ("budget_reason", models.TextField(blank=True, default="")),
                ("sp2d_number", models.TextField(blank=True, default="")),
                ("sp2d_on", models.DateField(null=True)),
                ("sp2d_amount", models.BigIntegerField(null=True)),
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
                    "checked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opd",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lists",
                        to="pay.run",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PayItem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("nip", models.TextField()),
                ("name", models.TextField()),
                ("component", models.TextField(choices=[("tpp", "TPP")], default="tpp")),
                ("service_month", models.DateField()),
                ("sequence", models.SmallIntegerField(default=0)),
                ("gross", models.BigIntegerField()),
                ("tax", models.BigIntegerField()),
                ("health", models.BigIntegerField()),
                ("net", models.BigIntegerField()),
                (
                    "state",
                    models.TextField(
                        choices=[("included", "Dibayarkan"), ("held", "Ditangguhkan")], default="included"
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "payee",
                    models.TextField(
                        choices=[("own", "Yang bersangkutan"), ("heir", "Ahli waris")], default="own"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=ClockTimestamp(), editable=False),
                ),
                ("released_at", models.DateTimeField(editable=False, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "slip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="pay.slip",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="pay.paylist"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PayFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("kind", models.TextField(choices=[("treasury", "Perbendaharaan (SIPD)"), ("bank", "Bank")])),
                ("template", models.TextField()),
                ("name", models.TextField()),
                ("sha256", models.TextField()),
                ("size", models.BigIntegerField()),
                ("people", models.IntegerField()),
                ("total", models.BigIntegerField()),
                ("made_by", models.TextField()),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="pay.paylist"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("opened", "Daftar dibuat"),
                            ("replaced", "Diganti dengan hitungan yang lebih baru"),
                            ("entered", "Dinyatakan lengkap"),
                            ("signed", "Rekapitulasi dan SPTJM ditandatangani"),
                            ("checked", "Diperiksa BKPSDM"),
                            ("submitted", "SPM diajukan"),
                            ("paid", "Cair dengan SP2D"),
                            ("reopened", "Dibuka kembali"),
                            ("held", "Ditangguhkan"),
                            ("released", "Penangguhan dicabut"),
                        ]
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("items_hash", models.TextField(blank=True, default="")),
                ("by_name", models.TextField()),
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
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="pay.payitem",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="pay.paylist"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Budget",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("uid", models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True)),
                ("year", models.SmallIntegerField()),
                ("amount", models.BigIntegerField()),
                ("document", models.TextField()),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("waiting", "Menunggu persetujuan"),
                            ("agreed", "Berlaku"),
                            ("refused", "Ditolak"),
                            ("replaced", "Diganti"),
                        ],
                        default="waiting",
                    ),
                ),
                ("proposed_name", models.TextField()),
                (
                    "proposed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("decided_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "basis",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.seal",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opd",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "agreed")),
                        fields=("opd", "year"),
                        name="budget_one_agreed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("opd", "year"),
                        name="budget_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "agreed", "refused", "replaced"])),
                        name="budget_state",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="budget_amount"),
                    models.CheckConstraint(
                        condition=models.Q(("document", ""), _negated=True), name="budget_document"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "waiting"),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="budget_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["agreed", "replaced"]), _negated=True),
                            ("basis__isnull", False),
                            _connector="OR",
                        ),
                        name="budget_agreed_has_basis",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="paylist",
            index=models.Index(fields=["opd", "month"], name="pay_list_by_opd"),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.UniqueConstraint(
                fields=("month", "opd_name", "kind", "number"), name="pay_list_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "main")), fields=("month", "opd"), name="pay_list_one_main"
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("spm_number", ""), _negated=True),
                fields=("spm_number",),
                name="pay_list_spm_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sp2d_number", ""), _negated=True),
                fields=("sp2d_number",),
                name="pay_list_sp2d_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["main", "supplementary", "arrears"])), name="pay_list_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["computed", "verified", "checked", "submitted", "paid"])),
                name="pay_list_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="pay_list_month_is_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__gte", 1),
                    models.Q(models.Q(("kind", "main"), _negated=True), ("number", 1), _connector="OR"),
                ),
                name="pay_list_number_from_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(("run__isnull", False), ("kind", "arrears"), _connector="OR"),
                name="pay_list_run",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
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
                name="pay_list_totals_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                pamong.pay.choices.PathState["VERIFIED"],
                                pamong.pay.choices.PathState["CHECKED"],
                                pamong.pay.choices.PathState["SUBMITTED"],
                                pamong.pay.choices.PathState["PAID"],
                            ],
                        ),
                        models.Q(("items_hash", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                [
                                    pamong.pay.choices.PathState["VERIFIED"],
                                    pamong.pay.choices.PathState["CHECKED"],
                                    pamong.pay.choices.PathState["SUBMITTED"],
                                    pamong.pay.choices.PathState["PAID"],
                                ],
                            ),
                            _negated=True,
                        ),
                        ("items_hash", ""),
                    ),
                    _connector="OR",
                ),
                name="pay_list_signed_is_frozen",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                pamong.pay.choices.PathState["VERIFIED"],
                                pamong.pay.choices.PathState["CHECKED"],
                                pamong.pay.choices.PathState["SUBMITTED"],
                                pamong.pay.choices.PathState["PAID"],
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(
                        ("entered_by__isnull", False),
                        ("signed_by__isnull", False),
                        models.Q(("entered_by", models.F("signed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="pay_list_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                pamong.pay.choices.PathState["CHECKED"],
                                pamong.pay.choices.PathState["SUBMITTED"],
                                pamong.pay.choices.PathState["PAID"],
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(
                        ("checked_by__isnull", False),
                        models.Q(("checked_by", models.F("entered_by")), _negated=True),
                        models.Q(("checked_by", models.F("signed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="pay_list_three_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [pamong.pay.choices.PathState["SUBMITTED"], pamong.pay.choices.PathState["PAID"]],
                        ),
                        models.Q(("spp_number", ""), _negated=True),
                        models.Q(("spm_number", ""), _negated=True),
                        ("spm_amount", models.F("gross")),
                        ("spm_amount__isnull", False),
                        ("spm_on__isnull", False),
                    ),
                    models.Q(
                        models.Q(
                            (
                                "state__in",
                                [
                                    pamong.pay.choices.PathState["SUBMITTED"],
                                    pamong.pay.choices.PathState["PAID"],
                                ],
                            ),
                            _negated=True,
                        ),
                        ("spm_amount__isnull", True),
                        ("spm_number", ""),
                        ("spm_on__isnull", True),
                        ("spp_number", ""),
                    ),
                    _connector="OR",
                ),
                name="pay_list_submitted_to_the_rupiah",
            ),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", [pamong.pay.choices.PathState["PAID"]]),
                        models.Q(("sp2d_number", ""), _negated=True),
                        ("sp2d_amount", models.F("gross")),
                        ("sp2d_amount__isnull", False),
                        ("sp2d_on__isnull", False),
                    ),
                    models.Q(
                        models.Q(("state__in", [pamong.pay.choices.PathState["PAID"]]), _negated=True),
                        ("sp2d_amount__isnull", True),
                        ("sp2d_number", ""),
                        ("sp2d_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="pay_list_paid_to_the_rupiah",
            ),
        ),
        migrations.AddConstraint(
            model_name="payitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("released_at__isnull", True)),
                fields=("person", "component", "service_month", "sequence"),
                name="pay_item_never_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="payitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("component__in", ["tpp"])), name="pay_item_component"
            ),
        ),
        migrations.AddConstraint(
            model_name="payitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["included", "held"])), name="pay_item_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="payitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("payee__in", ["own", "heir"])), name="pay_item_payee"
            ),
        ),
        migrations.AddConstraint(
            model_name="payitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("service_month__day", 1)), name="pay_item_month_is_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="payitem",
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
                name="pay_item_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="payitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gross__gte", 0), ("net__gte", 0), ("sequence", 0), ("slip__isnull", False)),
                    models.Q(("sequence__gte", 1), ("slip__isnull", True)),
                    _connector="OR",
                ),
                name="pay_item_base_has_slip",
            ),
        ),
        migrations.AddConstraint(
            model_name="payitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "held"), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "held"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="pay_item_held_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="payfile",
            constraint=models.UniqueConstraint(fields=("list", "kind", "sha256"), name="pay_file_once"),
        ),
        migrations.AddConstraint(
            model_name="payfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["treasury", "bank"])), name="pay_file_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="liststep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "opened",
                            "replaced",
                            "entered",
                            "signed",
                            "checked",
                            "submitted",
                            "paid",
                            "reopened",
                            "held",
                            "released",
                        ],
                    )
                ),
                name="list_step_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="liststep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["held", "released", "reopened"]), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="list_step_reason",
            ),
        ),
        *(append_only(table) for table in UNCHANGING),
        migrations.RunSQL(LOCKS, UNLOCKS),
        grant("pay_paylist", app="SELECT, INSERT, UPDATE", auditor="SELECT"),
        grant(
            "pay_treasuryfile",
            app="SELECT, INSERT, UPDATE (rows, paid, refused, read_by, read_at)",
            auditor="SELECT",
        ),
        grant(
            "pay_budget",
            app="SELECT, INSERT, UPDATE (state, decided_by_id, decided_name, decided_at, basis_id)",
            auditor="SELECT",
        ),
        grant(
            "pay_payitem",
            app="SELECT, INSERT, UPDATE (state, reason, released_at)",
            auditor="SELECT",
        ),
        *(grant(table, app="SELECT, INSERT", auditor="SELECT") for table in UNCHANGING),
        grant_sequence("pay_payitem"),
    ]
