"""One measured run of stored presence, in a process of its own: prints seconds as JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import django

FIRST, END = date(2026, 10, 1), date(2026, 11, 1)
DAY, FREE = date(2026, 10, 6), date(2026, 10, 4)
AT = datetime(2026, 11, 10, tzinfo=UTC)
ZONE = "Asia/Jakarta"
# One machine that knows everybody, and two punches on each working day of October, some of them late.
_WORLD = (
    "INSERT INTO attendance_devicegroup (uid, name) VALUES (gen_random_uuid(), 'Ukur')",
    "INSERT INTO attendance_device (uid, serial, group_id) "
    "SELECT gen_random_uuid(), 'UKUR-1', id FROM attendance_devicegroup",
    "INSERT INTO attendance_devicerow (uid, device_id, site_id, name, period, act, basis_id) "
    "SELECT gen_random_uuid(), d.id, s.id, '', '[2020-01-01,)', 'change', %(basis)s "
    "FROM attendance_device d CROSS JOIN (SELECT min(id) AS id FROM organisation_site) s",
    "INSERT INTO attendance_watermark (device_id, since, at) "
    "SELECT id, '2026-09-01', '2026-11-02' FROM attendance_device",
    "INSERT INTO attendance_pin (uid, group_id, pin, person_id, period, act, basis_id) "
    "SELECT gen_random_uuid(), g.id, p.id::text, p.id, '[2020-01-01,)', 'change', %(basis)s "
    "FROM people_person p CROSS JOIN attendance_devicegroup g",
    "INSERT INTO attendance_unitweek (uid, unit_id, week, period, act, basis_id) "
    "SELECT gen_random_uuid(), p.unit_id, '5', '[2020-01-01,)', 'change', %(basis)s "
    "FROM organisation_unitplace p WHERE p.depth = (SELECT min(depth) FROM organisation_unitplace) "
    "AND upper_inf(p.period)",
    "INSERT INTO attendance_punchfile (uid, device_id, name, sha256, size, format, stored, known, "
    "quarantined, by_name) SELECT gen_random_uuid(), id, 'ukur.dat', '', 0, 'attlog', 0, 0, 0, 'ukur' "
    "FROM attendance_device",
    "INSERT INTO attendance_punch (at, zone, local_at, local_on, source, device_id, group_id, pin, file_id, "
    "line) SELECT timezone('Asia/Jakarta', t.local), 'Asia/Jakarta', t.local, t.local::date, 'file', v.id, "
    "v.group_id, p.id::text, f.id, row_number() OVER () FROM people_person p "
    "CROSS JOIN generate_series('2026-10-01'::date, '2026-10-31', '1 day') d (day) "
    "CROSS JOIN (VALUES (interval '7 hours 5 minutes'), (interval '16 hours 35 minutes')) h (hour) "
    "CROSS JOIN LATERAL (SELECT d.day::timestamp + h.hour "
    "+ (p.id * 37 %% 1800) * interval '1 second' AS local) t "
    "CROSS JOIN attendance_device v CROSS JOIN attendance_punchfile f WHERE extract(isodow FROM d.day) < 6",
)


def main(step: str, people: int) -> None:
    """One step: the town, then days derived, then the month computed from what is stored."""
    django.setup()
    found = {"town": lambda: {"basis": town(people)}, "days": days, "pay": pay}[step]()
    sys.stdout.write(json.dumps(found | {"load": os.getloadavg()[0]}) + "\n")


def days() -> dict[str, Any]:
    """A day, the same again, a day on which everybody is free, a late punch, the whole month."""
    from pamong.attendance import services  # noqa: PLC0415 - after django.setup
    from pamong.kernel.period import Period  # noqa: PLC0415
    from pamong.law.engine.law import load_law  # noqa: PLC0415

    told: dict[str, Any] = {"actor": _actor(), "at": AT, "law": load_law("contoh"), "zone": ZONE}
    found: dict[str, Any] = {}
    for name, on in (("day", DAY), ("again", DAY), ("free_day", FREE)):
        found[name], _ = timed(services.derive_month, **told, month=Period(on, on + timedelta(days=1)))
    found["anchor"], found["look"] = _anchors()
    _late_punch()
    found["late"], late = timed(services.derive_stale, **told)
    found |= {"late_days": late.days, "late_looks": found["late"]["seconds"] / found["look"]}
    found["derive_month"], _ = timed(services.derive_month, **told, month=_october())
    return found


def _actor() -> Any:
    from pamong.kernel.actor import Actor  # noqa: PLC0415 - after django.setup

    return Actor.operator("ukur", date(2026, 11, 10))


def timed(what: Any, *args: Any, **more: Any) -> tuple[dict[str, float], Any]:
    """Seconds by the clock, seconds of work of this process and its database session; and what came out."""
    since, work = time.perf_counter(), _work()
    result = what(*args, **more)
    return {"seconds": round(time.perf_counter() - since, 3), "work": round(_work() - work, 2)}, result


def _work() -> float:
    """Seconds for which this process, its database session and what helped that have kept processors busy."""
    from django.db import connection  # noqa: PLC0415 - after django.setup

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        session = _told(cursor.fetchone()[0])
    helpers = _told(session[1])  # of those that have ended the server itself keeps the sum
    ticks = session[11] + session[12] + helpers[13] + helpers[14]
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _told(process: int) -> list[int]:
    """What the kernel tells of a process: state, parent, and so on, as ``proc(5)`` has it."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return [0, *map(int, told[1:])]


def _anchors() -> tuple[float, float]:
    """Seconds to copy the day's rows as they are, and to look for one of them by its index."""
    from django.db import connection  # noqa: PLC0415 - after django.setup

    rows = f"SELECT * FROM attendance_dayresult WHERE local_on = '{DAY}'"  # noqa: S608 - our own statements
    one = f"{rows} AND person_id = (SELECT min(id) FROM people_person)"  # noqa: S608
    looked = []
    with connection.cursor() as cursor:
        copied, _ = timed(cursor.execute, f"CREATE TEMPORARY TABLE anchor AS {rows}")
        for _ in range(21):
            since = time.perf_counter()
            cursor.execute(one)
            cursor.fetchall()
            looked.append(time.perf_counter() - since)
    return copied["work"] or copied["seconds"], median(looked)


def _october() -> Any:
    from pamong.kernel.period import month_period  # noqa: PLC0415

    return month_period(2026, 10)


def town(people: int) -> int:
    """A town with its week, one machine and a month of punches; on which basis they stand."""
    from uuid import uuid4  # noqa: PLC0415

    from django.db import connection, transaction  # noqa: PLC0415

    from pamong.demo.town.build import make  # noqa: PLC0415
    from pamong.demo.town.load import load  # noqa: PLC0415
    from pamong.ledger import services as ledger  # noqa: PLC0415
    from pamong.ledger.choices import SealKind  # noqa: PLC0415

    actor = _actor()
    load(make(people), actor=actor, at=AT, progress=lambda line: None)
    with transaction.atomic(), connection.cursor() as cursor:
        basis = ledger.seal(actor=actor, kind=SealKind.OPENING, ref=uuid4())
        for statement in _WORLD:
            cursor.execute(statement, {"basis": basis})
    return basis


def _late_punch() -> None:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO attendance_staleday (person_id, local_on) "
            "SELECT min(person_id), '2026-10-06' FROM attendance_dayresult"
        )


def pay() -> dict[str, Any]:
    """The month from stored results to published slips, with what each part took."""
    from benchmarks.month_process import Watch  # noqa: PLC0415
    from pamong.interop.month import keep_file, keep_presence, keep_register, run_month  # noqa: PLC0415
    from pamong.interop.write import write_monthly_csv  # noqa: PLC0415
    from pamong.pay.choices import FileKind  # noqa: PLC0415
    from pamong.pay.services import start_run  # noqa: PLC0415

    actor, sheet = _actor(), keep_file(FileKind.MONTHLY, "isian.csv", write_monthly_csv(_sheet()))

    def whole() -> dict[str, float]:
        watch = Watch()
        watch("register of people", 0, 0)
        files = [keep_register(actor=actor, at=AT, month=FIRST), sheet]
        watch("register of presence", 0, 0)
        files.append(keep_presence(actor=actor, at=AT, month=FIRST))
        started = start_run(actor=actor, at=AT, month=FIRST, profile="contoh", files=files)
        run_month(actor=actor, at=AT, uid=started.uid, progress=watch)
        return watch.parts()

    took, parts = timed(whole)
    return {"month": took, "parts": parts}


def _sheet() -> Any:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT nip FROM people_employment WHERE superseded_at IS NULL AND kind <> 'TKPK' "
            "AND period && daterange(%s, %s)",
            [FIRST, END],
        )
        nips = [row[0] for row in cursor.fetchall()]
    return [
        {
            "NIP": nip, "PIN": None, "KELAS JABATAN": 7, "KELOMPOK": "TPP", "MENIT KERJA": 6000,
            "NILAI PERILAKU": 100, "PENGHASILAN TETAP": 5_000_000, "LHKPN TERLAMBAT": False,
            "AKTIVITAS NEGATIF": False, "APEL TIDAK HADIR": 0, "JAM KELUAR TANPA IZIN": 0,
            "NILAI PRODUKTIVITAS": 100, "STATUS PTKP": "TK/0", "KETERANGAN HARI": "", "HARI KERJA": "5",
        }
        for nip in nips
    ]  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
