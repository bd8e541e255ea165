"""Files that show something, handed out to be looked at and not to be run."""

from __future__ import annotations

from django.http import HttpResponse


def hand_out(data: bytes, media_type: str) -> HttpResponse:
    """The answer that shows a file."""
    answer = HttpResponse(data, content_type=media_type)
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
