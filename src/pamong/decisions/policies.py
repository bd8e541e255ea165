"""Who may see decisions, object to them and file memos."""

from __future__ import annotations

from pamong.access import policies
from pamong.decisions.choices import Answer

READ = "decisions:read"  # all of them: who inspects
OBJECT = "decisions:object"
MEMO = "decisions:memo"
DELEGATE = "decisions:delegate"
APPOINT = "decisions:appoint"  # the appointing official, and who decides where nobody else is found
ANNUL = "decisions:annul"
EXCEPTIONS = "decisions:exceptions"


def says_why(text: str) -> bool:
    """Whether a text can be a reason."""
    return policies.says_why(text)


def needs_reason(answer: Answer) -> bool:
    """Every answer but the plain yes says why (the form's footnote ****)."""
    return answer is not Answer.AGREE
