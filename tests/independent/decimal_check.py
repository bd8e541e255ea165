"""TPP of October 2026 in the demo's city, from its raw files with Decimal; imports nothing of the program."""

import csv
import re
import sys
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from python_calamine import CalamineWorkbook

AMOUNTS = [864248, 1092656, 1321065, 1598859, 2697688, 3234757, 3722440, 4221908, 5252832, 6038512, 6942044]
AMOUNTS += [8979200, 11229612, 12511954, 16435303]  # rupiah, of the job classes 1 to 15
TAX = dict.fromkeys(["III/a", "III/b", "III/c", "III/d", "IX", "X", "XI", "XII"], 5)  # percent; the others 0
TAX |= dict.fromkeys(["IV/a", "IV/b", "IV/c", "IV/d", "IV/e", "XIII", "XIV", "XV", "XVI", "XVII"], 15)
START = 27000  # 07:30 in seconds of the day; five days a week, to 16:00, on a Friday (2nd, 9th, ...) 16:30
ENDS = {day: 59400 if day % 7 == 2 else 57600 for day in range(1, 32) if day % 7 not in (3, 4)}
FORMS = [r"(\d+)\t2026-10-(\d\d) ", r"(\d+)\t[^\t]*\t\d\t\d\t2026/10/(\d\d)  "]  # dat, txt; scanlog in, out
FORMS += [r"^(?:\d+;')?(\d+);.*;(\d\d)/10/2026;\w*;", r"^(?:\d+;')?(\d+);.*;(\d\d)/10/2026;\w*;[\d:]*;"]


def punches(folder, nip, pin):
    text = "\n".join(file.read_text("utf-8") for file in folder.glob("*.[cdt]*"))  # csv, dat, txt
    for form in FORMS:
        for who, day, hour, minute, second in re.findall(form + r"(\d\d):(\d\d):?(\d*)", text, re.MULTILINE):
            if who.lstrip("0") in (nip, pin):
                yield int(day), int(hour) * 3600 + int(minute) * 60 + int(second or 0)


def points_and_absences(times, excused):
    points, absent = 0, 0
    for day in ENDS.keys() - excused:
        end, middle = ENDS[day], (START + ENDS[day]) / 2
        seconds = sorted(second for at, second in times if at == day)
        off = [(s - START) // 60 for s in seconds if START - 5400 <= s < middle][:1]  # minutes, first in
        off += [(end - s) // 60 for s in seconds if middle <= s <= end + 14400][-1:]  # minutes, last out
        points += 3 * (2 - len(off)) + sum((m > 0) + (m > 30) + (m > 60) for m in off)  # absent: 3 + 3 = 6
        absent += not off
    return points, absent


def rounded(dividend, divisor):
    return int((Decimal(dividend) / divisor).quantize(Decimal(1), ROUND_HALF_UP))


def recompute(folder, nip):
    """Whole rupiah of one person; empty without a right to TPP; health and net None without fixed income."""
    folder, pay = Path(folder), {"health": None, "net": None}
    head, *rows = CalamineWorkbook.from_path(next(folder.glob("*.xlsx"))).get_sheet_by_index(0).to_python()
    row = next(dict(zip(head, cells, strict=True)) for cells in rows if nip in cells)
    people = csv.DictReader((folder / "pegawai.csv").read_text("utf-8-sig").splitlines())
    person = next(person for person in people if nip in person["NIP BARU"])
    if row["KELOMPOK"] != "TPP" or person["KEDUDUKAN HUKUM NAMA"] not in ("Aktif", "PPPK Aktif"):
        return {}
    excused = {int(note[:2]) for note in row["KETERANGAN HARI"].split(",") if note}
    points, absent = points_and_absences(list(punches(folder, nip, row["PIN"])), excused)
    share = 80 if person["STATUS CPNS PNS"] == "CPNS" else 100
    ceiling = pay["ceiling"] = rounded(AMOUNTS[int(row["KELAS JABATAN"]) - 1] * share, 100)
    minutes = min(max(int(row["MENIT KERJA"]) - 300 * absent, 0), 6000)
    pay["productivity"] = rounded(ceiling * 60 * minutes * int(row["NILAI PERILAKU"]), 100 * 6000 * 100)
    pay["discipline"] = rounded(ceiling * 40 * max(100 - points, 0), 100 * 100)
    earned = pay["productivity"] + pay["discipline"]
    pay["lhkpn"] = rounded(3 * earned, 100) if row["LHKPN TERLAMBAT"] == "ya" else 0
    pay["negative"] = rounded(3 * earned, 100) if row["AKTIVITAS NEGATIF"] == "ya" else 0
    gross = pay["gross"] = max(earned - pay["lhkpn"] - pay["negative"], 0)
    pay["tax"] = rounded(TAX.get(person["GOL AKHIR NAMA"], 0) * gross, 100)
    if row["PENGHASILAN TETAP"] != "":
        pay["health"] = rounded(min(gross, max(0, 12_000_000 - int(row["PENGHASILAN TETAP"]))), 100)
        pay["net"] = gross - pay["tax"] - pay["health"]
    return pay


if __name__ == "__main__":
    sys.stdout.writelines(f"{nip} {recompute(sys.argv[1], nip)}\n" for nip in sys.argv[2:])
