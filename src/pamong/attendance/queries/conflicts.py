"""Days on which somebody punched though he was excused: they wait for a person to look at them."""

from __future__ import annotations

from datetime import timedelta

# In the words of the index that finds them.
CONFLICT = "r.superseded_at IS NULL AND r.state = 'excused' AND r.reasons @> '[[\"conflict\"]]'::jsonb"
BACK = timedelta(days=92)  # older days of that kind are paid, and corrected by other ways
