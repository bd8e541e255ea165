"""The settings of tests for a site on which the kind of decision of tests is known."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.deciding_app.DecidingConfig"]
