"""The tasks. Each is coarse and idempotent, and makes one call into a domain.

A service below this layer enqueues by name, inside its transaction:
``procrastinate.contrib.django.app.configure_task("pamong.month").defer(...)``.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from pamong.access import clock
from pamong.pay.errors import RunBusy
from pamong.people.errors import ImportBusy

KEEP_JOBS_HOURS = 24 * 30
LOST_SECONDS = 60  # a worker tells every 10 seconds that it lives


# PostgreSQL is restarted, the network holds a dead worker's session, or another is at the same work: none of
# that is the work's fault.
PASSING = (OperationalError, InterfaceError, RunBusy, ImportBusy)
AGAIN = RetryStrategy(max_attempts=20, wait=5, linear_wait=15, retry_exceptions=PASSING)
# What whoever waits for a task is told where it broke.
BROKEN = "Ada gangguan di sistem; sudah tercatat. Coba lagi; bila terulang, hubungi operator sistem."
# Tasks that somebody waits for on a page, and that another worker takes up when theirs has died.
LONG = (
    "pamong.month",
    "pamong.compare_paid",
    "pamong.differences",
    "pamong.import_check",
    "pamong.import_apply",
    "pamong.import_undo",
)


@app.task(name="pamong.month", pass_context=False, retry=AGAIN)
def month(uid: str, user_id: int) -> None:
    """Compute a run that somebody asked for on a page; asked again after a crash, it goes on."""
    from pamong.jobs.runs import compute  # noqa: PLC0415 (the web process reads this file, without Polars)

    compute(UUID(uid), user_id)


@app.periodic(cron="* * * * *")
@app.task(name="pamong.take_up_lost", queueing_lock="pamong.take_up_lost", pass_context=True)
async def take_up_lost(context, timestamp: int) -> None:  # type: ignore[no-untyped-def]
    """Give the work of workers that died to others, each minute."""
    manager = context.app.job_manager
    for name in LONG:
        for job in await manager.get_stalled_jobs(task_name=name, seconds_since_heartbeat=LOST_SECONDS):
            await manager.retry_job(job)


@app.periodic(cron="* * * * *")
@app.task(name="pamong.end_lost_imports", queueing_lock="pamong.end_lost_imports", pass_context=False)
def end_lost_imports(timestamp: int) -> None:
    """End imports that wait for work which nobody does, each minute."""
    from pamong.jobs import imports  # noqa: PLC0415 (the web process reads this file)

    imports.end_lost()


@app.periodic(cron="* * * * *")
@app.task(name="pamong.end_lost_searches", queueing_lock="pamong.end_lost_searches", pass_context=False)
def end_lost_searches(timestamp: int) -> None:
    """End searches for differences that wait for work which nobody does, each minute."""
    from pamong.jobs import runs  # noqa: PLC0415 (the web process reads this file, without Polars)

    runs.end_lost_searches()


@app.periodic(cron="17 2 * * *")
@app.task(name="pamong.tidy_sessions", queueing_lock="pamong.tidy_sessions", pass_context=False)
def tidy_sessions(timestamp: int) -> None:
    """Remove sessions that have run out, once a night."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()


@app.periodic(cron="27 2 * * *")
@app.task(name="pamong.tidy_jobs", queueing_lock="pamong.tidy_jobs", pass_context=True)
async def tidy_jobs(context, timestamp: int) -> None:  # type: ignore[no-untyped-def]
    """Remove jobs that ended well more than a month ago, once a night; failed ones stay to be seen."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEEP_JOBS_HOURS)


@app.periodic(cron="47 2 * * *")
@app.task(name="pamong.audit", queueing_lock="pamong.audit", pass_context=False)
def audit(timestamp: int) -> None:
    """Audit the whole log once a night, where this worker knows the auditor's address."""
    from pamong.jobs import audit  # noqa: PLC0415 (the web process reads this file)

    audit.run()


@app.periodic(cron="10 * * * *")
@app.task(name="pamong.remind", queueing_lock="pamong.remind", pass_context=False)
def remind(timestamp: int) -> None:
    """Remind by e-mail of what waits: each hour asked, sent in the early morning of the government's zone."""
    from pamong.jobs import reminders  # noqa: PLC0415 (the web process reads this file)

    reminders.remind()


@app.periodic(cron="47 2 * * *")
@app.task(name="pamong.tidy_mail", queueing_lock="pamong.tidy_mail", pass_context=False)
def tidy_mail(timestamp: int) -> None:
    """Remove what is kept of mails of long ago, once a night."""
    from pamong.jobs import reminders  # noqa: PLC0415 (the web process reads this file)

    reminders.forget()


@app.periodic(cron="*/10 * * * *")
@app.task(name="pamong.notice_outages", queueing_lock="pamong.notice_outages", pass_context=False)
def notice_outages(timestamp: int) -> None:
    """Look every ten minutes for sites that are silent though they never are by that time."""
    from pamong.jobs import presence  # noqa: PLC0415 (the web process reads this file)

    presence.notice_outages()


@app.task(name="pamong.compare_paid", pass_context=False, retry=AGAIN)
def compare_paid(uid: str, user_id: int) -> None:
    """Compare a list that was paid with a run, as somebody asked on a page."""
    from pamong.jobs.runs import compare  # noqa: PLC0415 (the web process reads this file, without Polars)

    compare(UUID(uid), user_id)


@app.task(name="pamong.differences", pass_context=False, retry=AGAIN)
def post_differences(month: str, user_id: int, search: str) -> None:
    """Write down what a paid month differs by, as somebody asked on a page; asked again it adds nothing."""
    from pamong.jobs.runs import post_differences as post  # noqa: PLC0415 (the web process reads this file)

    post(date.fromisoformat(month), user_id, UUID(search))


@app.task(name="pamong.import_check", pass_context=False, retry=AGAIN)
def import_check(uid: str, user_id: int) -> None:
    """Try a file that somebody uploaded; nothing of it is stored."""
    from pamong.jobs import imports  # noqa: PLC0415 (the web process reads this file, without Polars)

    imports.check(UUID(uid), user_id)


@app.task(name="pamong.import_apply", pass_context=False, retry=AGAIN)
def import_apply(uid: str, user_id: int) -> None:
    """Store a file that was tried; asked again after a crash, it does all of it."""
    from pamong.jobs import imports  # noqa: PLC0415 (the web process reads this file, without Polars)

    imports.apply(UUID(uid), user_id)


@app.task(name="pamong.import_undo", pass_context=False, retry=AGAIN)
def import_undo(uid: str, user_id: int) -> None:
    """Take back a file that was stored."""
    from pamong.jobs import imports  # noqa: PLC0415 (the web process reads this file, without Polars)

    imports.undo(UUID(uid), user_id)


@app.periodic(cron="*/2 * * * *")
@app.task(name="pamong.derive_stale", queueing_lock="pamong.derive_stale", pass_context=False)
def derive_stale(timestamp: int) -> None:
    """Derive the days that late facts touched, every other minute."""
    from pamong.jobs import presence  # noqa: PLC0415 (the web process reads this file, without Polars)

    presence.derive_stale()


@app.periodic(cron="11 * * * *")
@app.task(name="pamong.derive_due", queueing_lock="pamong.derive_due", pass_context=False)
def derive_due(timestamp: int) -> None:
    """Derive the days that have come, for everybody, once an hour: places differ in when theirs begins."""
    from pamong.jobs import presence  # noqa: PLC0415 (the web process reads this file, without Polars)

    presence.derive_due()


@app.periodic(cron="37 1 * * *")
@app.task(name="pamong.derive_months", queueing_lock="pamong.derive_months", pass_context=False)
def derive_months(timestamp: int) -> None:
    """Look at all days of this month and the last one anew, once a night: posts and units change too."""
    from pamong.jobs import presence  # noqa: PLC0415 (the web process reads this file, without Polars)

    presence.derive_months()


@app.periodic(cron="23 3 * * *")
@app.task(name="pamong.kgb_dues", queueing_lock="pamong.kgb_dues", pass_context=False)
def kgb_dues(timestamp: int) -> None:
    """Work out, once a night, whose periodic raise falls due in the months ahead."""
    from pamong.jobs import careers  # noqa: PLC0415 (the web process reads this file, without Polars)

    careers.prepare_dues()


@app.task(name="pamong.kgb_due", pass_context=False, retry=AGAIN)
def kgb_due(month: str) -> None:
    """Work out one month's periodic raises anew, as after a raise was given or a predicate agreed."""
    from pamong.jobs import careers  # noqa: PLC0415 (the web process reads this file, without Polars)

    careers.prepare_due(date.fromisoformat(month))
