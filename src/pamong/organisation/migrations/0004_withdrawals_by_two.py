"""That an adopted reorganisation is withdrawn waits for a second officer too."""

from django.db import models

from pamong.config import migrations

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
    ("reorganisation_withdraw", "Pembatalan penataan"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0003_proposal"),
    ]

    operations = [
        migrations.AlterField(model_name="proposal", name="kind", field=models.TextField(choices=KINDS)),
        migrations.RemoveConstraint(model_name="proposal", name="proposal_kind"),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [kind for kind, _ in KINDS])), name="proposal_kind"
            ),
        ),
    ]
