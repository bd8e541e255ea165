"""Who reads, enters and agrees leave."""

from __future__ import annotations

READ, ENTER, VERIFY = "leave:read", "leave:enter", "leave:verify"
