"""Instants that the database stamped, as the API tells them: on the clock of the edge, like the pages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import PlainSerializer

from pamong.access import clock

# Moved once, when the answer is written: a schema may be read more than once on its way.
Stamp = Annotated[datetime, PlainSerializer(clock.shown, return_type=datetime)]
