"""The nightly audit, in the worker: as the auditor's role, whose address the web process does not know."""

from __future__ import annotations

import os

import structlog
from django.conf import settings

from pamong.access import clock
from pamong.ledger.audit import checks, looking, running

ADDRESS = "PAMONG_AUDITOR_DATABASE_URL"

log = structlog.get_logger()


def run() -> None:
    """Audit and keep what was found. Without the auditor's address nothing happens, and that is told."""
    url = os.environ.get(ADDRESS, "")
    if not url:
        log.info("no audit", reason=f"{ADDRESS} is not set")
        return
    from pamong.pay.audit import slip_findings  # noqa: PLC0415 - with Polars, which only this needs

    checks.register("rincian pembayaran", slip_findings)
    means = looking.means_of(
        settings.PAMONG_LEDGER_SECRETS, settings.PAMONG_LEDGER, overlay=settings.PAMONG_LAW_OVERLAY
    )
    started_at = clock.now()
    report = running.audit(url, means, lambda what, done, total: None)
    running.keep(url, report, started_at)
    log.info("audited", ok=report.ok, findings=report.total, unseen=len(report.unseen))
