"""Whom a request about an account names: access knows no persons, so that the key is added here."""

from pamong.config import migrations

ADD = (
    "ALTER TABLE access_request ADD CONSTRAINT request_person "
    "FOREIGN KEY (person) REFERENCES people_person (uid)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_requests"),
        ("people", "0006_closing_of_imports"),
    ]

    operations = [
        migrations.RunSQL(ADD, "ALTER TABLE access_request DROP CONSTRAINT request_person"),
    ]
