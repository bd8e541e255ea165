"""Where most tests of presence begin: machines alone, and an office beside one."""

from tests.attendance.test_facts import make_machines
from tests.attendance.test_my_days import make_office
from tests.support.worlds import stage

stage_machines = stage(make_machines)
stage_office = stage(make_office)
