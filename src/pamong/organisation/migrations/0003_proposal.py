"""Acts on the organisation wait for a second officer."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import models
from django.db.models import F, Q

import pamong.kernel.ids
from pamong.config import migrations
from pamong.config.grants import grant

KINDS = [
    ("unit_change", "Perubahan unit"),
    ("unit_new", "Pembentukan unit"),
    ("unit_close", "Penutupan unit"),
    ("unit_rescind", "Pembatalan pembentukan unit"),
    ("seats_new", "Penambahan posisi"),
    ("unit_needs", "Kebutuhan pegawai"),
    ("seat_class", "Kelas jabatan"),
    ("seat_line", "Garis atasan"),
    ("seat_freeze", "Pembekuan posisi"),
    ("seat_unfreeze", "Pencairan posisi"),
    ("seat_close", "Penghapusan posisi"),
    ("seat_rescind", "Pembatalan posisi baru"),
]
STATES = [
    ("waiting", "Menunggu petugas kedua"),
    ("applied", "Disetujui"),
    ("refused", "Ditolak"),
    ("withdrawn", "Ditarik"),
]
DECIDED = "state, decided_by_id, decided_name, decided_at, answer, basis_id"


def key(to: str, name: str = "+", *, null: bool = False) -> models.Field:
    """A key that keeps what it points to."""
    return models.ForeignKey(null=null, on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("ledger", "0002_dated_basis"),
        ("organisation", "0002_counting"),
    ]

    operations = [
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "uid",
                    models.UUIDField(default=pamong.kernel.ids.uuid7, editable=False, unique=True),
                ),
                ("kind", models.TextField(choices=KINDS)),
                ("on", models.DateField()),
                ("values", models.JSONField(default=dict)),
                ("summary", models.TextField(blank=True, default="")),
                ("reason", models.TextField()),
                ("order_no", models.TextField(blank=True, default="")),
                ("order_on", models.DateField(null=True)),
                ("state", models.TextField(choices=STATES, default="waiting")),
                ("proposed_name", models.TextField()),
                (
                    "proposed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("decided_name", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
                ("basis", key("ledger.seal", null=True)),
                ("decided_by", key(settings.AUTH_USER_MODEL, null=True)),
                ("proposed_by", key(settings.AUTH_USER_MODEL)),
                ("seat", key("organisation.seat", "proposals", null=True)),
                ("unit", key("organisation.unit", "proposals")),
            ],
            options={
                "indexes": [
                    models.Index(condition=Q(("state", "waiting")), fields=["unit"], name="proposal_waiting")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("kind__in", [kind for kind, _ in KINDS])), name="proposal_kind"
                    ),
                    models.CheckConstraint(
                        condition=Q(("state__in", [state for state, _ in STATES])), name="proposal_state"
                    ),
                    models.CheckConstraint(
                        condition=Q(("reason", ""), _negated=True), name="proposal_reason"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("state__in", ["applied", "refused"]), _negated=True),
                            Q(
                                ("decided_by__isnull", False),
                                Q(("decided_by", F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_two_people",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("state", "applied"), _negated=True), ("basis__isnull", False), _connector="OR"
                        ),
                        name="proposal_applied",
                    ),
                ],
            },
        ),
        grant("organisation_proposal", app=f"SELECT, INSERT, UPDATE ({DECIDED})", auditor="SELECT"),
    ]
