"""Two sessions at once: no score slips in while a vacancy is being closed to scores."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, connection, transaction

from pamong.merit import models as merit
from tests.support import selections as s

PATIENCE_SECONDS = 20


def waits() -> bool:
    """Whether some session waits for another."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.01)
    return False


def test_case_J_03_a_correction_waits_for_the_step_and_is_refused(committed_db: str) -> None:
    vacancy = s.closed(applicants=2, members=3)
    s.score_all(vacancy)
    score = merit.Score.objects.filter(application__vacancy=vacancy).order_by("id")[0]
    values = s.score_values(score.member, score.application, score.element, 9999)
    started = threading.Event()

    def correct() -> str:
        started.wait(PATIENCE_SECONDS)
        try:
            merit.Score.objects.create(**values, supersedes=score, reason="Titipan")
        except DatabaseError as error:
            return str(error)
        finally:
            connection.close()
        return "stored"

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(correct)
        with transaction.atomic():
            s.step(vacancy, "scored")
            started.set()
            assert waits()
        assert "sudah diambil" in late.result(PATIENCE_SECONDS)


def test_case_J_03_the_step_waits_for_a_correction_and_sees_it(committed_db: str) -> None:
    vacancy = s.closed(applicants=2, members=3)
    s.score_all(vacancy)
    extra = s.member_values(vacancy)
    started = threading.Event()
    seal = s.seal()

    def close() -> str:
        started.wait(PATIENCE_SECONDS)
        try:
            merit.VacancyStep.objects.create(vacancy=vacancy, step="scored", on=s.DAY, basis_id=seal)
        except DatabaseError as error:
            return str(error)
        finally:
            connection.close()
        return "stored"

    with ThreadPoolExecutor(1) as pool:
        step = pool.submit(close)
        with transaction.atomic():
            merit.PanelMember.objects.create(**extra)
            started.set()
            assert waits()
        assert "Masih ada nilai" in step.result(PATIENCE_SECONDS), "the new member has not scored yet"
