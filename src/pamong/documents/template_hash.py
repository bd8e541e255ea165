"""What a document was printed by: the hash of its template, as shipped."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

# Beside ``rendering``, which the web process does not load.
TEMPLATES = Path(__file__).resolve().parent / "templates"
_SHARED = "frame"  # what every template imports


@cache
def template_hash(template: str) -> str:
    """SHA-256 over the text of a template (`slip`, `pay_list`), behind that of the frame that it imports."""
    digest = hashlib.sha256()
    for name in (_SHARED, template):
        digest.update((TEMPLATES / f"{name}.typ").read_bytes())
    return digest.hexdigest()
