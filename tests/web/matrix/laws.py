"""Which kinds of objects each role is let in to; the words of the matrix (see ``objects``)."""

from __future__ import annotations

from collections.abc import Mapping

from tests.support.rights import SUBJECTS

Law = Mapping[str, str]


def law(*said: str, treasury: str = "") -> Law:
    """One word for each column: the kinds that are let in, or ``-``. The treasury, of no column, is an
    employee of the office except where it is named."""
    columns = [subject for subject in SUBJECTS if subject != "treasury"]
    return dict(zip(columns, said, strict=True)) | {"treasury": treasury or said[0]}


_ALL = {"treasury": "OBAFE"}
# fmt: off
#                employee superior clerk  officer  head     inspector auditor  operator office gone
NOBODY     = law("-",     "-",     "-",   "-",     "-",     "-",      "-",     "-",     "-",   "-")
# The file without what is private: whom one leads, whom one looks after; everybody his own, for good.
FILE       = law("O",     "OB",    "OBA", "OBAFE", "OBAFE", "OBAFE",  "OBAFE", "O",     "OBA", "O")
# What is private: who leads somebody need not know his family or his account.
PRIVATE    = law("O",     "O",     "O",   "OBAFE", "O",     "OBAFE",  "O",     "O",     "OBA", "O")
# Who looked at somebody: those who watch; the person has a page of his own for it.
WATCH      = law("-",     "-",     "-",   "-",     "-",     "OBAFE",  "-",     "OBAFE", "-",   "-")
# Proposals: of one's own contact, or for those whose data one keeps; rank never for oneself.
PROPOSE    = law("O",     "O",     "OBA", "OBAFE", "O",     "O",      "O",     "O",     "OBA", "O")
PROPOSE_SK = law("-",     "-",     "BA",  "BAFE",  "-",     "-",      "-",     "-",     "BA",  "-")
# An entry is seen by whom it is about and by who may decide it, decided by others than himself, taken back by
# who entered it.
ENTRY      = law("O",     "O",     "O",   "OBAFE", "O",     "O",      "O",     "O",     "OBA", "O")
DECIDE     = law("-",     "-",     "-",   "BAFE",  "-",     "-",      "-",     "-",     "BA",  "-")
WITHDRAW   = law("O",     "O",     "O",   "O",     "O",     "O",      "O",     "O",     "O",   "O")
# A request to correct a day: its owner, who is to answer it, the personnel office in its part, who inspects.
CORRECTION = law("O",     "OB",    "O",   "OBAFE", "O",     "OBAFE",  "O",     "O",     "OBA", "O")
# Answered by the superior whose turn it is; of those who have none, by the personnel office.
ANSWER     = law("-",     "B",     "-",   "E",     "-",     "-",      "-",     "-",     "-",   "-")
# Outages of a unit's site: reported by its clerk, its head and officers; confirmed by who leads all there.
OUTAGE     = law("-",     "OB",    "OB",  "OBAFE", "-",     "-",      "-",     "-",     "OB",  "-")
CONFIRM    = law("-",     "OB",    "-",   "OBAFE", "-",     "-",      "-",     "-",     "OB",  "-")
# A list of who was present: who may write such lists about everybody on it; another agrees, not for himself.
SHEET      = law("-",     "OB",    "OBA", "OBAFE", "-",     "-",      "-",     "-",     "OBA", "-")
AGREE      = law("-",     "B",     "-",   "BAFE",  "-",     "-",      "-",     "-",     "BA",  "-")
# What letters of a unit's rosters mean: who writes its rosters; of units that are gone nobody changes it.
ROSTERS    = law("-",     "-",     "OB",  "OBAF",  "-",     "-",      "-",     "-",     "OB",  "-")
# Somebody's month on a roster: who writes the rosters of the unit of his post; who is gone has none.
ROSTERED   = law("-",     "-",     "OBA", "OBAF",  "-",     "-",      "-",     "-",     "OBA", "-")
# Findings are about people in service; an officer may not say of himself that all is well.
FINDING    = law("-",     "-",     "OBA", "OBAF",  "-",     "OBAF",   "-",     "-",     "OBA", "-")
ACCEPT     = law("-",     "-",     "-",   "BAF",   "-",     "-",      "-",     "-",     "BA",  "-")
# Documents that excuse: read by whom they are about and who has him within reach; entered and decided by
# others than himself; a file opens to who decides. Letters and permits are decided by who leads, too.
PAPER      = law("O",     "OB",    "OBA", "OBAFE", "O",     "OBAFE",  "O",     "O",     "OBA", "O")
ENTER_DUTY = law("-",     "OB",    "OBA", "OBAFE", "-",     "-",      "-",     "-",     "OBA", "-")
DUTY       = law("-",     "B",     "-",   "BAFE",  "-",     "-",      "-",     "-",     "BA",  "-")
DUTY_FILE  = law("O",     "OB",    "O",   "OBAFE", "O",     "O",      "O",     "O",     "OBA", "O")
MUSTER     = law("-",     "OB",    "OB",  "OBAFE", "-",     "OBAFE",  "-",     "-",     "OB",  "-")
MUSTERED   = law("-",     "OB",    "-",   "OBAFE", "-",     "-",      "-",     "-",     "OB",  "-")
# Calling somebody back from leave: who leads him or keeps his leave; his own he ends on another page.
RECALL     = law("-",     "B",     "BA",  "BAFE",  "-",     "-",      "-",     "-",     "BA",  "-")
LISTS      = law("-",     "-",     "W",   "W",     "-",     "-",      "-",     "-",     "W",   "-")
LISTED     = law("-",     "-",     "-",   "W",     "-",     "-",      "-",     "-",     "W",   "-")
# Raises: one's own, of whom one leads or looks after; prepared by officers, never for themselves.
RAISE      = law("O",     "OB",    "OBA", "OBAFE", "OBAFE", "OBAFE",  "O",     "O",     "OBA", "O")
RAISE_ACT  = law("-",     "-",     "-",   "OBAFE", "-",     "-",      "-",     "-",     "OBA", "-")
# Pay: never by leading somebody (case S-02), nor by keeping his data without computing.
SLIP       = law("O",     "O",     "O",   "OBAFE", "OBAFE", "OBAFE",  "OBAFE", "O",     "OBA", "O")
READ_RUN   = law("-",     "-",     "-",   "W",     "W",     "W",      "W",     "-",     "-",   "-")
EXPORT_RUN = law("-",     "-",     "-",   "W",     "-",     "-",      "W",     "-",     "-",   "-")
# What reaches everybody is done by officers of the whole government, not of one office.
OFFICER    = law("-",     "-",     "-",   "W",     "-",     "-",      "-",     "-",     "-",   "-")
# Accounts: seen by those who watch; roles are never given to oneself, resets never asked for oneself.
ACCOUNT    = law("-",     "-",     "-",   "-",     "-",     "OBAFE",  "-",     "OBAFE", "-",   "-")
OPERATE    = law("-",     "-",     "-",   "-",     "-",     "-",      "-",     "BAFE",  "-",   "-")
END_ROLE   = law("-",     "-",     "-",   "-",     "-",     "-",      "-",     "OBAFE", "-",   "-")
# Units are no secret within the government; who left it reads what is public. Below one's own, one changes.
UNIT       = law("OBAF",  "OBAF",  "OBAF", "OBAF", "OBAF",  "OBAF",   "OBAF",  "OBAF",  "OBAF", "-")
CHANGE     = law("-",     "-",     "-",   "OBAF",  "-",     "-",      "-",     "-",     "OB",  "-")
# What one officer proposes another decides, each in his part; units that are gone are looked for at the last.
PROPOSED   = law("-",     "-",     "-",   "OBAFE", "-",     "-",      "-",     "-",     "OB",  "-")
# A seat's class decides the allowance of who has it: nobody changes the seat that he has himself.
SEAT       = law("-",     "-",     "-",   "OBAF",  "-",     "-",      "-",     "-",     "OBA", "-")
# Whom to propose for a seat: asked by who keeps the data of those who sit in that office.
FILL       = law("-",     "-",     "OBA", "OBAF",  "-",     "-",      "-",     "-",     "OBA", "-")
SEAT_ACT   = law("-",     "-",     "-",   "BAF",   "-",     "-",      "-",     "-",     "BA",  "-")
# Lists of payment are of whole offices: their head and clerk, who prepares, and those who check, submit, pay.
LIST       = law("-",     "OB",    "OB",  "OBAFE", "OBAFE", "OBAFE",  "OBAFE", "-",     "OB",  "-", **_ALL)
PREPARE    = law("-",     "-",     "OB",  "OBAFE", "-",     "-",      "-",     "-",     "OB",  "-")
SUBMIT     = law("-",     "-",     "OB",  "-",     "-",     "-",      "-",     "-",     "-",   "-", **_ALL)
BUDGET     = law("-",     "-",     "-",   "OBAFE", "-",     "-",      "-",     "-",     "-",   "-", **_ALL)
# What opens the log is destroyed by the head of government, never of himself.
ERASURE    = law("-",     "-",     "-",   "-",     "BAFE",  "-",      "-",     "-",     "-",   "-")
# Decisions about somebody: seen as his file is, signed by the appointing official, never about himself.
APPOINT    = law("-",     "-",     "-",   "-",     "BAFE",  "-",      "-",     "-",     "-",   "-")
# A file that came with it: for whom it is about and whose turn it is or was; nobody else, who inspects
# neither.
NOTE       = law("O",     "O",     "O",   "O",     "OBAFE", "O",      "O",     "O",     "O",   "O")
# Who inspects objects, and is content again; he may object to what is about himself as well.
INSPECT    = law("-",     "-",     "-",   "-",     "-",     "OBAFE",  "-",     "-",     "-",   "-")
# Overpayments: plans are the officer's, deposits the treasury's, and never one's own.
OWED       = law("O",     "O",     "O",   "OBAFE", "OBAFE", "OBAFE",  "OBAFE", "O",     "O",   "O", **_ALL)
_BAFE = {"treasury": "BAFE"}
OWED_PLAN  = law("-",     "-",     "-",   "BAFE",  "-",     "-",      "-",     "-",     "-",   "-")
OWED_WORD  = law("-",     "-",     "-",   "OBAFE", "-",     "-",      "-",     "-",     "-",   "-")
DEPOSIT    = law("-",     "-",     "-",   "-",     "-",     "-",      "-",     "-",     "-",   "-", **_BAFE)
REVERSE    = law("-",     "-",     "-",   "-",     "-",     "-",      "-",     "-",     "-",   "-", **_ALL)
# Vacancies are everybody's in service once announced; who judges is on a panel, and nobody here is.
VACANCY    = law("W",     "W",     "W",   "W",     "W",     "W",      "W",     "W",     "W",   "-")
POOL       = law("-",     "-",     "-",   "W",     "W",     "W",      "-",     "-",     "-",   "-")
# fmt: on
