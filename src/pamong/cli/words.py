"""Click's own words in Indonesian. Click asks gettext, which would need compiled catalogues in the system's
folder; its modules hold the function under the name ``_``, so we answer there."""

from __future__ import annotations

from click import core, decorators, exceptions, formatting, parser, termui, types

WORDS = {
    "Usage:": "Cara pakai:",
    "Options": "Pilihan",
    "Commands": "Perintah",
    "Positional arguments": "Masukan",
    "Show this message and exit.": "Menampilkan bantuan ini.",
    "default: {default}": "bila kosong: {default}",
    "required": "wajib",
    "Aborted!": "Dihentikan.",
    "Error: {message}": "Tidak berhasil: {message}",
    "Try '{command} {option}' for help.": "Lihat bantuan dengan '{command} {option}'.",
    "No such command {name!r}.": "Perintah {name!r} tidak ada.",
    "No such option {name!r}.": "Pilihan {name!r} tidak ada.",
    "Missing command.": "Sebutkan perintahnya.",
    "Missing argument": "Masukan belum ada:",
    "Missing option": "Pilihan belum diisi:",
    "Invalid value: {message}": "Isian tidak sesuai: {message}",
    "Invalid value for {param_hint}: {message}": "Isian {param_hint} tidak sesuai: {message}",
    "Option {name!r} does not take a value.": "Pilihan {name!r} tidak memerlukan isian.",
    "Choose from:\n\t{choices}": "Pilih dari:\n\t{choices}",
    "Could not open file {filename!r}: {message}": "Berkas {filename!r} tidak dapat dibuka: {message}",
    "{value!r} is not a valid {number_type}.": "{value!r} bukan bilangan.",
    "{value} is not in the range {range}.": "{value} di luar jangkauan {range}.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} tidak ada.",
    "{name} {filename!r} is a file.": "{filename!r} adalah berkas, bukan folder.",
    "{name} {filename!r} is a directory.": "{filename!r} adalah folder, bukan berkas.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} tidak dapat dibaca.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} tidak dapat ditulisi.",
    "Error: The two entered values do not match.": "Kedua isian berbeda. Ketik lagi.",
    "Error: invalid input": "Isian itu tidak sesuai. Coba lagi.",
    "file": "berkas",
    "directory": "folder",
    "path": "jalur",
}
PLURALS = {
    "Got unexpected extra argument ({args})": "Masukan ini tidak dikenal: {args}",
    "{value!r} is not {choice}.": "{value!r} bukan {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} tidak ada di antara {choices}.",
    "Did you mean {possibility}?": "Mungkin maksud Anda {possibility}?",
    "(Possible options: {possibilities})": "(Pilihan yang mirip: {possibilities})",
    "(Did you mean one of: {possibilities}?)": "(Mungkin maksud Anda: {possibilities})",
    "Option {name!r} requires an argument.": "Pilihan {name!r} memerlukan isian.",
}


def in_indonesian() -> None:
    """Let click speak Indonesian from now on; words that are not listed stay English."""
    for module in (core, decorators, exceptions, formatting, parser, termui, types):
        vars(module)["_"] = lambda text: WORDS.get(text, text)
        if "ngettext" in vars(module):
            vars(module)["ngettext"] = _plural


def _plural(one: str, many: str, count: int) -> str:
    text = one if count == 1 else many
    return PLURALS.get(text, PLURALS.get(one, text))
