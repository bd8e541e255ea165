"""People of a whole file at once: matched, read, judged, written and taken back. For imports alone."""

from pamong.people.bulk.judging import fresh_of, judge, title_of, told_change
from pamong.people.bulk.matching import Match, find_matches
from pamong.people.bulk.records import Mark, Records, Strand, read_holders, read_records
from pamong.people.bulk.undoing import undo
from pamong.people.bulk.writing import Planned, create_persons, in_words, lock_persons, write

__all__ = [
    "Mark",
    "Match",
    "Planned",
    "Records",
    "Strand",
    "create_persons",
    "find_matches",
    "fresh_of",
    "in_words",
    "judge",
    "lock_persons",
    "read_holders",
    "read_records",
    "title_of",
    "told_change",
    "undo",
    "write",
]
