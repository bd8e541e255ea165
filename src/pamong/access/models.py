"""Users, their roles over periods, and the log of reads."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, JSONObject, Lower, Now

from pamong.access.choices import MOST_TRIES, RESETS, USERNAME, Act, RequestKind, RequestState
from pamong.access.roles import GRANTABLE
from pamong.kernel.ids import uuid7
from pamong.ledger.kinds import choices_of, known_kinds

PATH_PATTERN = r"^([A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*)?$"


class UserManager(BaseUserManager["User"]):
    """Makes accounts; names are kept in lower case, so that two can't differ in case alone."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Make and save one. Without a password nobody can sign in by one."""
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def with_grants(self) -> models.QuerySet[User]:
        """Accounts with the roles given to them and not superseded: ``given``, each as JSON text."""
        told = JSONObject(
            role="role", unit_path="unit_path", start="period__startswith", end="period__endswith"
        )
        rows = Grant.objects.filter(user=models.OuterRef("pk"), superseded_at=None).order_by("id")
        return self.annotate(given=ArraySubquery(rows.values_list(Cast(told, models.TextField()))))

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by the name as a person types it."""
        return self.get(username=(username or "").strip().lower())


class User(AbstractBaseUser):
    """An account. Whose it is, people says; what it may, its grants say: no flags, no groups here."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    username = models.CharField("nama pengguna", max_length=60)
    email = models.EmailField("alamat surel", null=True, blank=True)
    display_name = models.CharField("nama", max_length=200)
    is_active = models.BooleanField("aktif", default=True)
    wants_mail = models.BooleanField("surel pengingat", default=True, db_default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["username"], name="user_username_once"),
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(condition=Q(username=Lower("username")), name="user_username_lower"),
            models.CheckConstraint(condition=Q(username__regex=USERNAME), name="user_username_signs"),
        )

    def __str__(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        """How pages address the user."""
        return self.display_name


class Grant(models.Model):
    """One role of one user over one unit subtree for a period; dated rows, never rewritten."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.TextField(choices=[(role.code, role.title) for role in GRANTABLE.values()])
    unit_path = models.TextField(blank=True, default="")
    period = DateRangeField()
    reason = models.TextField(blank=True, default="")
    act = models.TextField(choices=choices_of(Act), default=Act.CHANGE.value)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    basis = models.ForeignKey("ledger.Seal", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(role__in=list(GRANTABLE)), name="grant_role"),
            known_kinds(Act, "act", "grant_act"),
            models.CheckConstraint(condition=Q(unit_path__regex=PATH_PATTERN), name="grant_unit_path"),
            models.CheckConstraint(
                condition=Q(period__isempty=False, period__startswith__isnull=False), name="grant_period"
            ),
            ExclusionConstraint(
                name="grant_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("unit_path", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.unit_path or '*'}"


_RESET = Q(kind__in=[kind.value for kind in RESETS], role="", unit_path="", person__isnull=True)
_ROLE = Q(kind=RequestKind.ROLE.value, role__in=list(GRANTABLE), person__isnull=True)
_LINK = Q(
    kind__in=[RequestKind.LINK.value, RequestKind.UNLINK.value], role="", unit_path="", person__isnull=False
)
_WAITING = Q(state=RequestState.WAITING.value)
_ALONE = Q(state__in=[RequestState.WAITING.value, RequestState.WITHDRAWN.value], decided_by__isnull=True)


class Request(models.Model):
    """What one operator asks for an account and another decides, neither of them its owner.

    ``role`` and ``unit_path`` say which role over what; ``person`` is the uid of whose the account becomes or
    was: people adds the key. ``answer`` says why it was refused.
    """

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="requests")
    kind = models.TextField(choices=choices_of(RequestKind))
    role = models.TextField(blank=True, default="")
    unit_path = models.TextField(blank=True, default="")
    person = models.UUIDField(null=True)
    reason = models.TextField()
    state = models.TextField(choices=choices_of(RequestState), default=RequestState.WAITING.value)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=_RESET | _ROLE | _LINK, name="request_kind"),
            known_kinds(RequestState, "state", "request_state"),
            models.CheckConstraint(condition=Q(unit_path__regex=PATH_PATTERN), name="request_unit_path"),
            models.CheckConstraint(
                condition=_ALONE | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="request_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(user=F("asked_by")) & (Q(decided_by__isnull=True) | ~Q(user=F("decided_by"))),
                name="request_not_oneself",
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "role", "unit_path"], condition=_WAITING, name="request_once_waiting"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"], condition=_WAITING, name="request_person_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class ReadLog(models.Model):
    """Who looked at whose data: one row a read, with the ids of everyone shown."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    actor = models.TextField()
    path = models.TextField()
    reason = models.TextField(blank=True, default="")
    subject_ids = ArrayField(models.UUIDField())

    class Meta:
        db_table = "access_read_log"
        indexes = (GinIndex(fields=["subject_ids"], name="read_log_subjects"),)

    def __str__(self) -> str:
        return f"{self.actor} {self.path}"


class Mail(models.Model):
    """The reminder of one account on one day: how often it was tried, since when it is on its way, and when
    it was sent. ``fault`` says why the last attempt failed, without names or addresses."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "on"], name="mail_once_a_day"),
            models.CheckConstraint(condition=Q(tries__lte=MOST_TRIES), name="mail_tries"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(tries__gt=0, fault=""), name="mail_sent_by_trying"
            ),
        )
        indexes = (models.Index(fields=["on"], name="mail_on"),)

    def __str__(self) -> str:
        return f"{self.on} {self.tries}"
