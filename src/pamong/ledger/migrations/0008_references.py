"""Entries are found by what they name: a page asks for the entry of its thing, a reader for that of a file."""

from django.contrib.postgres.indexes import BrinIndex

from pamong.config import migrations

# Ids and hashes of files as they stand in an entry's bytes: no reading as JSON, so that nothing that somebody
# writes behind our back can stop a statement. What is found is compared with the entry itself.
FUNCTION = r"""
CREATE FUNCTION pamong_refs(body text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT COALESCE(m[1], m[2])) FROM regexp_matches(
        body,
        '"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"|sha256":"([0-9a-f]{64})"',
        'g'
    ) AS m
$$
"""
# Added to in bulk; the short list keeps a search from reading much of what is not sorted in yet.
INDEX = """
CREATE INDEX intake_refs ON ledger_intake USING gin (pamong_refs(body)) WITH (gin_pending_list_limit = 512)
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_audit")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION pamong_refs(text)"),
        migrations.RunSQL(INDEX, "DROP INDEX intake_refs"),
        migrations.AddIndex("intake", BrinIndex(fields=["at"], name="intake_at")),
    ]
