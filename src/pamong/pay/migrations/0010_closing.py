"""A list is closed by a decision. One that was said complete before is said complete once more."""

from django.db import models

from pamong.config import migrations
from pamong.config.binding import bound
from pamong.config.grants import decided_once

# Nothing is signed without its decision, nor under another than that by which it was signed.
BY_DECISION = """
(OLD.state <> 'computed' OR NEW.state = 'computed' OR NEW.closing IS NOT NULL)
AND (OLD.state = 'computed' OR NEW.state = 'computed' OR NEW.closing IS NOT DISTINCT FROM OLD.closing)
"""


class Migration(migrations.Migration):
    dependencies = [("pay", "0009_bound"), ("decisions", "0004_machine")]

    operations = [
        migrations.AddField(
            model_name="paylist",
            name="closing",
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
        migrations.AddConstraint(
            model_name="paylist",
            constraint=models.CheckConstraint(
                condition=models.Q(("closing__isnull", True), ("entered_by__isnull", False), _connector="OR"),
                name="pay_list_closing_by_somebody",
            ),
        ),
        decided_once("pay_paylist", BY_DECISION),
        bound("pay_paylist"),
    ]
