"""Grants on the tables of the libraries, which state none themselves."""

from __future__ import annotations

from pamong.config import migrations
from pamong.config.grants import grant, grant_sequence

CHANGING = "SELECT, INSERT, UPDATE, DELETE"


class Migration(migrations.Migration):
    """One line a table; Django's own groups and permissions stay closed, since roles are ours."""

    dependencies = [
        ("access", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("procrastinate", "0041_post_retry_failed_job"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        grant("django_migrations", app="SELECT", auditor="SELECT"),
        grant("django_content_type", app="SELECT"),
        grant("django_session", app=CHANGING),
        grant("account_emailaddress", app=CHANGING),
        grant("account_emailconfirmation", app=CHANGING),
        grant("mfa_authenticator", app=CHANGING),
        grant("procrastinate_jobs", app=CHANGING),
        grant_sequence("procrastinate_jobs"),
        grant("procrastinate_events", app=CHANGING),
        grant_sequence("procrastinate_events"),
        grant("procrastinate_periodic_defers", app=CHANGING),
        grant_sequence("procrastinate_periodic_defers"),
        grant("procrastinate_workers", app=CHANGING),
        grant_sequence("procrastinate_workers"),
    ]
