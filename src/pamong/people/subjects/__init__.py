"""What can be entered about a person: subjects with their fields in words, and reading of values."""

from pamong.people.subjects.catalogue import GOLONGAN_PNS, GOLONGAN_PPPK, SUBJECTS
from pamong.people.subjects.fields import REOPEN, Field, Input, Subject, as_json, read
from pamong.people.subjects.masks import MASKS, masked

__all__ = [
    "GOLONGAN_PNS",
    "GOLONGAN_PPPK",
    "MASKS",
    "REOPEN",
    "SUBJECTS",
    "Field",
    "Input",
    "Subject",
    "as_json",
    "masked",
    "read",
]
