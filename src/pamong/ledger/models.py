"""The tables of the intake, the log, the rows bound to it, and the seals.

All are written by plain SQL, never by the ORM: by ``services`` in the writer's transaction, by triggers, and
by the sequencer. The application has no right to what the database stamps (``at``, ``xid``), and the ORM
would name it.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import Q

from pamong.ledger.choices import ErasureGround, SealKind
from pamong.ledger.kinds import choices_of, known_kinds

KIND_PATTERN = r"^[a-z][a-z_]*\.[a-z][a-z_]*$"


class ClockTimestamp(models.Func):
    """The database's own clock, which moves within a transaction."""

    template = "clock_timestamp()"
    output_field = models.DateTimeField()


class TransactionId(models.Func):
    """The number of the transaction that writes the row, the same for all its rows."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class RandomBytes(models.Func):
    """122 random bits in 16 bytes: the salt of a bound row."""

    template = "uuid_send(gen_random_uuid())"
    output_field = models.BinaryField()


class SessionUser(models.Func):
    """The role that signed in, whatever role it took on since."""

    template = "(session_user::text)"
    output_field = models.TextField()


class Intake(models.Model):
    """One entry on its way into the log: ``body`` holds the bytes of the leaf.

    ``mark`` tells that the application wrote it (``marks``); entries of the sequencer have none.
    """

    id = models.BigAutoField(primary_key=True)
    log = models.TextField()
    kind = models.TextField()
    body = models.TextField()
    mark = models.BinaryField(null=True)
    xid = models.BigIntegerField(db_default=TransactionId())
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__regex=KIND_PATTERN), name="intake_kind_form"),
        )
        indexes = (
            models.Index(fields=["xid"], name="intake_xid"),
            BrinIndex(fields=["at"], name="intake_at"),
        )

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class PersonKey(models.Model):
    """A person's key, wrapped by the installation's secret. Without it nothing that it sealed opens again.

    ``subject``: the uid of a person or an account, or one made up for a single entry.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.UUIDField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["subject"], name="person_key_once"),)

    def __str__(self) -> str:
        return f"{self.subject}"


class Personal(models.Model):
    """What opens one commitment of an entry, encrypted with a person's key: with the key it is erased.

    ``sealed_with`` is the id of the key, which stays when the key is gone; NULL marks what was kept before
    there were keys, in the clear.
    """

    pk = models.CompositePrimaryKey("intake_id", "field")
    intake = models.ForeignKey(
        Intake, models.PROTECT, related_name="openings", db_index=False, db_constraint=False
    )
    field = models.TextField()
    salt = models.BinaryField()
    value = models.BinaryField()
    sealed_with = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.field} #{self.intake_id}"


class Erasure(models.Model):
    """That the key ``key_id`` was destroyed, on which ground, and the entry that tells it."""

    key_id = models.BigIntegerField(primary_key=True)
    subject = models.UUIDField()
    ground = models.TextField(choices=choices_of(ErasureGround))
    reference = models.TextField()
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="erasures", db_index=False)
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = (
            known_kinds(ErasureGround, "ground", "erasure_ground"),
            models.CheckConstraint(condition=~Q(reference=""), name="erasure_reference"),
        )
        indexes = (models.Index(fields=["subject"], name="erasure_subject"),)

    def __str__(self) -> str:
        return f"{self.ground} {self.key_id}"


class Log(models.Model):
    """A log as far as the sequencer has numbered it. Of transactions before ``watermark`` all is placed."""

    name = models.TextField(primary_key=True)
    origin = models.TextField()
    size = models.BigIntegerField(default=0)
    root = models.BinaryField()
    watermark = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.origin


class Leaf(models.Model):
    """The place of an entry in its log, counted from 0, and the hash of its bytes.

    What entries are looked up by stands here and not in the intake, where writers would pay for it: the kind,
    and ids and hashes of files that the entry names (``refs``).
    """

    pk = models.CompositePrimaryKey("log_id", "seq")
    log = models.ForeignKey(Log, models.PROTECT, related_name="leaves", db_index=False)
    seq = models.BigIntegerField()
    intake = models.OneToOneField(Intake, models.PROTECT, related_name="leaf")
    hash = models.BinaryField()
    kind = models.TextField()
    refs = ArrayField(models.TextField(), default=list)
    placed_at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        indexes = (
            models.Index(fields=["hash"], name="leaf_hash"),
            models.Index(fields=["log", "kind", "seq"], name="leaf_kind"),
            GinIndex(fields=["refs"], name="leaf_refs", gin_pending_list_limit=512),
        )

    def __str__(self) -> str:
        return f"{self.log_id} {self.seq}"


class Checkpoint(models.Model):
    """A signed size and root of a log, as it was published, without what witnesses added."""

    id = models.BigAutoField(primary_key=True)
    log = models.ForeignKey(Log, models.PROTECT, related_name="checkpoints", db_index=False)
    size = models.BigIntegerField()
    note = models.TextField()
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["log", "size"], name="checkpoint_once"),)

    def __str__(self) -> str:
        return f"{self.log_id} {self.size}"


class Cosignature(models.Model):
    """What a witness added to a checkpoint: the line of the note, and the time that it states."""

    id = models.BigAutoField(primary_key=True)
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures", db_index=False)
    witness = models.TextField()
    line = models.TextField()
    signed_at = models.DateTimeField()
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["checkpoint", "witness"], name="cosigned_once"),)

    def __str__(self) -> str:
        return f"{self.witness} {self.checkpoint_id}"


class WitnessAnswer(models.Model):
    """How the last question to a witness ended; ``said`` is a sentence, empty where it countersigned."""

    pk = models.CompositePrimaryKey("log_id", "witness")
    log = models.ForeignKey(Log, models.PROTECT, related_name="answers", db_index=False)
    witness = models.TextField()
    size = models.BigIntegerField()
    said = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    good_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.log_id} {self.witness}"


class Row(models.Model):
    """A protected row as it was written: what the log vouches for. Triggers write it.

    ``content`` is the row as text, in the columns of the ``shape``. It and the salt may be erased together,
    in the transaction ``erased``; ``digest`` is what they gave, so that the group still verifies.
    """

    id = models.BigAutoField(primary_key=True)
    relation = models.TextField()
    row_id = models.TextField()
    act = models.TextField()
    shape = models.IntegerField()
    content = models.TextField(null=True)
    salt = models.BinaryField(null=True, db_default=RandomBytes())
    by_role = models.TextField(db_default=SessionUser())
    xid = models.BigIntegerField(db_default=TransactionId())
    digest = models.BinaryField(null=True)
    erased = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(act__in=["insert", "update", "delete"]), name="row_act"),
            models.CheckConstraint(
                condition=Q(
                    content__isnull=False, salt__isnull=False, digest__isnull=True, erased__isnull=True
                )
                | Q(content__isnull=True, salt__isnull=True, digest__isnull=False, erased__isnull=False),
                name="row_whole_or_erased",
            ),
        )
        indexes = (
            models.Index(fields=["xid"], name="row_xid"),
            models.Index(fields=["relation", "row_id"], name="row_of_relation"),
            models.Index(fields=["erased"], condition=Q(erased__isnull=False), name="row_erased_in"),
        )

    def __str__(self) -> str:
        return f"{self.relation} {self.row_id}"


class RowGroup(models.Model):
    """The leaf that vouches for all rows of one transaction."""

    xid = models.BigIntegerField(primary_key=True)
    intake = models.OneToOneField(Intake, models.PROTECT, related_name="rows")

    def __str__(self) -> str:
        return f"{self.xid}"


class Audit(models.Model):
    """What an audit of the whole log found; ``ok``: all could be looked at, and nothing was found."""

    id = models.BigAutoField(primary_key=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(db_default=ClockTimestamp())
    ok = models.BooleanField()
    counts = models.JSONField()
    findings = models.JSONField()

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}"


class Shape(models.Model):
    """The columns in which the rows of a bound table are told from some time on (``binding``).

    ``columns`` are pairs of name and type, ``key`` the names that tell rows apart, ``which`` which rows are
    told; the entry says the same.
    """

    id = models.BigAutoField(primary_key=True)
    relation = models.TextField()
    shape = models.IntegerField()
    columns = models.JSONField()
    key = models.JSONField()
    which = models.TextField(blank=True, default="")
    intake = models.OneToOneField(Intake, models.PROTECT, related_name="shape")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["relation", "shape"], name="shape_once"),)

    def __str__(self) -> str:
        return f"{self.relation} {self.shape}"


class FirstDay(models.Model):
    """The first day of the site: from then on opening data and imports carry no row of a career any more.
    Set once."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    on = models.DateField()
    told_by = models.TextField()
    at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="first_day_once"),)

    def __str__(self) -> str:
        return str(self.on)


class Seal(models.Model):
    """What a protected row rests on: the kind of act and its id. Other modules' rows point here."""

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(choices=choices_of(SealKind))
    ref = models.UUIDField()
    at = models.DateTimeField(db_default=ClockTimestamp())

    class Meta:
        constraints = (
            known_kinds(SealKind, "kind", "seal_kind"),
            models.UniqueConstraint(fields=["kind", "ref"], name="seal_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"
