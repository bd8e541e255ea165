"""Who sees what is due in careers, who has it worked out, and who sees what changes in salaries."""

from __future__ import annotations

READ, PREPARE = "career:read", "career:prepare"
CHANGES = "career:changes"
