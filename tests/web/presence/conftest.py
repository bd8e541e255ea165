"""Where most pages of presence begin: an office beside a machine."""

from tests.attendance.test_my_days import make_office
from tests.support.worlds import stage

stage_office = stage(make_office)
