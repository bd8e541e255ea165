"""The site's addresses and one more: a page that looks up one person by his id and says his name.

What it takes is what every page takes that is asked for by somebody signed in: session, account, roles.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.urls import include, path

from pamong.access import policies
from pamong.access.middleware import ActingRequest


@login_required
def anchor(request: ActingRequest, uid: UUID) -> HttpResponse:
    """One row by its index, within a request like any other."""
    policies.require(request.actor, "people:read")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.name FROM people_person p JOIN people_identity i ON i.person_id = p.id "
            "WHERE p.uid = %s AND i.superseded_at IS NULL ORDER BY i.period DESC LIMIT 1",
            [uid],
        )
        return HttpResponse(cursor.fetchone()[0])


urlpatterns = [
    path("ukur/<uuid:uid>/", anchor),
    path("", include("pamong.config.urls")),
]
