"""Who sees what is due in careers, and who has it worked out."""

from __future__ import annotations

READ, PREPARE = "career:read", "career:prepare"
