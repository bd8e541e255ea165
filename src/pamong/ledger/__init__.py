"""The tamper-evident log. So far: the intake of entries, and the seals that protected rows point to."""
