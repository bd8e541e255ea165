"""Punch files: recognised by content, every line accounted for."""

from datetime import date, datetime
from pathlib import Path

import pytest

from pamong.interop.punch_rows import PUNCH_SCHEMA
from pamong.interop.punches import FORMATS, read_punches, recognise_punches
from pamong.interop.write import (
    SCANLOG_HEADINGS,
    write_fingerspot_csv,
    write_monthly_csv,
    write_xlsx,
)

SAMPLES = Path(__file__).parent / "samples"
NIP = "198504172010011999"


def at(day, hour, minute, second=0, month=11):
    """A wall time of a machine in 2026."""
    return datetime(2026, month, day, hour, minute, second)  # noqa: DTZ001 - machines know no zone


def sample(name):
    """Read a sample; give its rows as (line, pin, at, device, precision), and the sentences."""
    frame, problems = read_punches((SAMPLES / name).read_bytes(), name)
    assert frame.schema == PUNCH_SCHEMA
    assert frame["file"].eq(name).all()
    rows = frame.select("line", "pin", "at", "device", "precision").rows()
    return rows, [str(problem) for problem in problems]


def attlog(*lines, name="1_attlog.dat", **options):
    """Read lines of an attlog; give rows as (line, pin, at) and the problems."""
    frame, problems = read_punches("".join(f"{line}\n" for line in lines).encode(), name, **options)
    return frame.select("line", "pin", "at").rows(), problems


def test_usb_export():
    rows, says = sample("1_attlog.dat")
    assert says == []
    assert rows == [
        (1, "1001", at(2, 7, 12, 9), "1", "second"),
        (2, "1002", at(2, 7, 14, 51), "1", "second"),
        (3, "1001", at(2, 16, 3, 30), "1", "second"),
        (4, "7", at(2, 16, 4), "1", "second"),
    ]


def test_variant_with_serial_number_and_checksum():
    rows, says = sample("1_attlog_ext_sn_header_checksum.dat")
    assert says == []
    assert rows == [
        (2, "1001", at(2, 7, 12, 9), "TESTSN0000001", "second"),
        (3, "1002", at(2, 7, 14, 51), "TESTSN0000001", "second"),
    ]


def test_variant_that_lost_its_end():
    data = (SAMPLES / "1_attlog_ext_sn_header_checksum.dat").read_bytes().removesuffix(b"48213\r\n")
    frame, problems = read_punches(data, "x.dat")
    assert frame.height == 2
    assert [problem.code for problem in problems] == ["checksum_missing"]


def test_swapped_columns_give_the_same_punches():
    rows, says = sample("TESTSN0000001_attlog_swapped_verify_state.dat")
    assert says == []
    assert [row[:3] for row in rows] == [
        (1, "1001", at(2, 7, 12, 9)),
        (2, "1002", at(2, 7, 14, 51)),
        (3, "1001", at(2, 16, 3, 30)),
    ]
    assert {row[3] for row in rows} == {"TESTSN0000001"}


def test_glg():
    rows, says = sample("glg_legacy.txt")
    assert says == []
    assert rows == [(2, "1001", at(2, 7, 12, 9), "1", "second"), (3, "1002", at(2, 7, 14, 51), "1", "second")]


def test_fingerspot_scanlog():
    name = "fingerspot_scanlog_export.csv"
    rows, says = sample(name)
    assert says == []
    assert rows == [
        (2, "1001", at(2, 7, 12), "", "minute"),
        (2, "1001", at(2, 16, 3), "", "minute"),
        (3, "1002", at(2, 7, 44), "", "minute"),
    ]
    frame, _ = read_punches((SAMPLES / name).read_bytes(), name)
    assert frame["nip"].to_list() == [NIP, NIP, "199001012020012998"]


def test_fingerspot_scanlog_as_workbook():
    rows = [
        {
            "No. ID": 1001,
            "NIP": NIP,
            "Tanggal": date(2026, 11, 2),
            "Scan Masuk": "07:12",
            "Scan Pulang": "16:03:30",
        }
    ]
    data = write_xlsx(SCANLOG_HEADINGS, rows, sheet="Scan")
    frame, problems = read_punches(data, "scan.xlsx")
    assert problems == []
    assert frame.select("line", "pin", "nip", "at", "precision").rows() == [
        (2, "1001", NIP, at(2, 7, 12), "minute"),
        (2, "1001", NIP, at(2, 16, 3, 30), "second"),
    ]


def test_fingerspot_reply_and_webhook():
    rows, says = sample("fingerspot_get_attlog_response.json")
    assert says == []
    assert rows == [(6, "1001", at(2, 7, 12, 9), "", "second"), (12, "1001", at(2, 16, 3, 30), "", "second")]
    rows, says = sample("fingerspot_webhook_attlog.json")
    assert says == []
    assert rows == [(5, "1001", at(2, 7, 12), "C000TEST0001", "minute")]


def test_webhooks_kept_one_per_line():
    one = '{"type":"attlog","cloud_id":"C1","data":{"pin":"1","scan":"2026-11-02 07:12"}}'
    bad = '{"type":"attlog","cloud_id":"C1","data":{"pin":"1","scan":"2026-02-30 07:12"}}'
    frame, problems = read_punches(f"{one}\n{bad}\n{one.replace('07:12', '16:03')}\n".encode(), "w.json")
    assert frame["line"].to_list() == [1, 3]
    assert [str(problem) for problem in problems] == ["w.json, baris 2, waktu 2026-02-30 07:12 tidak ada"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("fingerspot_error.json", "Fingerspot menolak permintaan (Invalid parameter)"),
        ("fingerspot_get_attlog_request.json", "tidak memuat data presensi"),
        ("export_data_asn_instansi.csv", "tampaknya daftar pegawai, bukan data presensi"),
    ],
)
def test_samples_that_are_no_punches(name, says):
    rows, sentences = sample(name)
    assert rows == []
    assert len(sentences) == 1
    assert says in sentences[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "berkas kosong"),
        (b"\r\n \r\n", "berkas kosong"),
        (b"No;NIP;Nama;Tanggal;Scan Masuk\r\n", "hanya berisi judul kolom"),
        (b"<!DOCTYPE html><table>", "simpan sebagai .xlsx"),
        (b"halo dunia\n", "belum dikenal"),
        (b'{"success": tru', "rusak atau terpotong"),
        (b"[1, 2]", "bukan balasan Fingerspot"),
        (b"No\tTMNo\tEnNo\tName\r\n1\t1\t1\tX\r\n", "kolom EnNo dan DateTime tidak ada"),
        (write_monthly_csv([{"NIP": NIP, "MENIT KERJA": 6000}]), "tampaknya isian bulanan"),
        (write_xlsx(("NIP", "NAMA"), [{"NIP": NIP}], sheet="A"), "kolom Tanggal dan Scan tidak ada"),
    ],
)
def test_files_that_cannot_be_used_say_so_in_one_sentence(data, says):
    frame, problems = read_punches(data, "salah.dat")
    assert frame.schema == PUNCH_SCHEMA
    assert frame.is_empty()
    assert [problem.code for problem in problems] == ["file"]
    assert says in str(problems[0])


def test_formats_by_name():
    seen = {
        recognise_punches(path.read_bytes(), path.name)
        for path in SAMPLES.glob("*")
        if "attlog" in path.name or path.name.startswith(("glg", "fingerspot_scan"))
    }
    assert seen == set(FORMATS)


def test_every_unreadable_line_keeps_number_text_and_reason():
    good = "1001\t2026-11-02 07:12:09\t1\t0\t1\t0"
    long = "x" * 500
    rows, problems = attlog(
        good,
        "1002\t2026-02-30 07:12:09\t1\t0\t1\t0",
        "",
        "1002\t2026-11-02 25:00:00\t1\t0\t1\t0",
        "1002\t2026-11-02 07:12:60\t1\t0\t1\t0",
        "\t2026-11-02 07:12:09\t1\t0\t1\t0",
        "10 02\t2026-11-02 07:12:09\t1",
        "1002\tkemarin\t1",
        "1002",
        long,
        "1003\t2026-11-02 07:13:0",
    )
    assert rows == [(1, "1001", at(2, 7, 12, 9))]
    assert [(problem.row, problem.code, problem.message) for problem in problems] == [
        (2, "impossible_time", "waktu 2026-02-30 07:12:09 tidak ada"),
        (4, "impossible_time", "waktu 2026-11-02 25:00:00 tidak ada"),
        (5, "impossible_time", "waktu 2026-11-02 07:12:60 tidak ada"),
        (6, "unreadable_line", "PIN tidak terbaca"),
        (7, "unreadable_line", "PIN tidak terbaca"),
        (8, "unreadable_line", "waktu tidak terbaca, contoh yang benar: 2026-10-05 07:12:09"),
        (9, "unreadable_line", "tidak ada waktu"),
        (10, "unreadable_line", "PIN tidak terbaca"),
        (11, "unreadable_line", "waktu tidak terbaca, contoh yang benar: 2026-10-05 07:12:09"),
    ]
    assert problems[0].value == "1002\t2026-02-30 07:12:09\t1\t0\t1\t0"
    assert problems[7].value == "x" * 200
    assert str(problems[0]) == "1_attlog.dat, baris 2, waktu 2026-02-30 07:12:09 tidak ada"


def test_a_machine_that_lost_its_clock():
    line = "1001\t{}\t1\t0\t1\t0"
    rows, problems = attlog(
        line.format("2000-01-01 00:01:02"),
        line.format("2026-11-02 07:12:09"),
        line.format("2136-11-02 07:12:09"),
        line.format("2027-01-01 07:00:00"),
        until=date(2027, 1, 1),
    )
    assert [row[0] for row in rows] == [2]
    assert [(problem.row, problem.code, problem.severity) for problem in problems] == [
        (1, "out_of_range", "warn"),
        (3, "out_of_range", "warn"),
        (4, "out_of_range", "warn"),
    ]
    rows, _ = attlog(line.format("2136-11-02 07:12:09"), line.format("2027-01-01 07:00:00"))
    assert [row[0] for row in rows] == [2]


def test_less_usual_lines_go_in():
    frame, problems = read_punches(
        b"1001\t2026-11-02 07:12\t1\n1002\t2026/11/02 07:12:09\t1\n1003\t1793750400\t1\n", "x.dat", "attlog"
    )
    assert frame.select("pin", "at", "precision").rows() == [
        ("1001", at(2, 7, 12), "minute"),
        ("1002", at(2, 7, 12, 9), "second"),
        ("1003", at(4, 0, 0), "epoch"),
    ]
    assert [problem.code for problem in problems] == ["epoch_times"]


def test_pins_lose_their_padding_only():
    rows, _ = attlog(*(f"{pin}\t2026-11-02 07:12:09\t1" for pin in ("    12", "0012", "000", "A07", NIP)))
    assert [row[1] for row in rows] == ["12", "0", "A07", NIP]
    frame, _ = read_punches(f"{NIP}\t2026-11-02 07:12:09\t1\n7\t2026-11-02 07:12:09\t1\n".encode(), "x.dat")
    assert frame["nip"].to_list() == [NIP, None]


def test_the_same_person_in_the_same_second_is_one_punch():
    line = "1001\t2026-11-02 07:12:09\t1\t0\t1\t0"
    rows, problems = attlog(line, "1002\t2026-11-02 07:12:09\t1", line, f"0{line}")
    assert [row[0] for row in rows] == [1, 2]
    assert [str(problem) for problem in problems] == [
        "1_attlog.dat, 2 baris berulang (orang dan detik yang sama) dihitung sekali"
    ]
    assert problems[0].severity == "info"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_missing_last_one(end):
    text = end.join(["", "1001\t2026-11-02 07:12:09\t1", "", "rusak", "1002\t2026-11-02 07:12:10\t1"])
    frame, problems = read_punches(text.encode(), "x.dat")
    assert frame["line"].to_list() == [2, 5]
    assert [problem.row for problem in problems] == [4]


def test_bytes_that_are_no_utf8_cost_one_line_at_most():
    data = (
        b"1001\t2026-11-02 07:12:09\t\xff\n10\xff02\t2026-11-02 07:12:09\t1\n1003\t2026-11-02 07:12:09\t1\n"
    )
    frame, problems = read_punches(data, "x.dat")
    assert frame["line"].to_list() == [1, 3]
    assert [problem.row for problem in problems] == [2]
    frame, _ = read_punches(b"\xef\xbb\xbf1001\t2026-11-02 07:12:09\t1\n", "x.dat")
    assert frame["pin"].to_list() == ["1001"]
    frame, _ = read_punches("1001\t2026-11-02 07:12:09\t1\n".encode("utf-16"), "x.dat")
    assert frame["pin"].to_list() == ["1001"]


def test_a_huge_file_of_another_form_is_one_refusal():
    data = b"1\t2026-11-02 07:12:09\n" + b"1\t02.11.2026 07:12:09\n" * 3000
    frame, problems = read_punches(data, "x.dat")
    assert frame.is_empty()
    assert len(problems) == 1
    assert "lebih dari separuh isi file tidak terbaca, mulai baris 2" in str(problems[0])


def test_scanlog_rows_with_doubts():
    def row(**cells):
        return {
            "No. ID": "1001",
            "Tanggal": "02/11/2026",
            **{k.replace("_", " "): v for k, v in cells.items()},
        }

    data = write_fingerspot_csv(
        [
            row(Scan_Masuk="07:12", Scan_Pulang="25:00"),
            row(Tanggal="31/11/2026", Scan_Masuk="07:12"),
            row(Scan_Masuk="22:00", Scan_Pulang="06:03"),
            row(NIP="1985", Scan_Masuk="08:00"),
            {"Tanggal": "02/11/2026", "Scan Masuk": "07:12", "Scan Pulang": "16:00"},
        ]
    )
    frame, problems = read_punches(data, "s.csv")
    assert frame.select("line", "at").rows() == [
        (2, at(2, 7, 12)),
        (4, at(2, 22, 0)),
        (4, at(3, 6, 3)),
        (5, at(2, 8, 0)),
    ]
    assert [str(problem) for problem in problems] == [
        "s.csv, baris 2, SCAN PULANG, jam 25:00 tidak ada",
        "s.csv, baris 3, TANGGAL, 31/11/2026 tidak ada di kalender",
        "s.csv, baris 4, SCAN PULANG, lebih awal dari Scan Masuk, dihitung sebagai hari berikutnya",
        "s.csv, baris 5, NIP, 4 digit, harus 18",
        "s.csv, baris 6, PIN, PIN dan NIP kosong, orangnya tidak diketahui",
    ]


def test_a_line_of_zeros_after_a_power_cut_is_told_in_storable_words():
    """PostgreSQL takes no zero in a text: the line would end the whole run."""
    rows, problems = attlog(*["1001\t2026-11-02 07:12:09\t1\t0\t1\t0"] * 200, "\x00" * 30)
    assert len(rows) == 1
    (problem,) = [problem for problem in problems if problem.row == 201]
    assert problem.value == "\ufffd" * 30


@pytest.mark.parametrize(
    "text",
    [
        r'{"cloud_id": "\ud800", "data": [{"pin": "1", "scan_date": "2026-11-02 07:12:09"}]}',
        r'{"data": [{"pin": "\ud800", "scan_date": "2026-11-02 07:12:09"}]}',
        r'{"success": false, "message": "gagal \u0000 \udfff"}',
    ],
)
def test_half_characters_in_json_are_marked(text):
    frame, problems = read_punches(text.encode(), "cloud.json")
    told = "".join([*frame["device"], *(f"{problem}{problem.value}" for problem in problems)])
    assert "\ufffd" in told and "\x00" not in told
    assert told.encode()
