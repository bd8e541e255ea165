"""Pictures of tables, drawn in Python as SVG: the same on the page, on paper and without JavaScript."""

from pamong.web.charts.orgchart import Node, org_chart
from pamong.web.charts.waterfall import Bar, waterfall

__all__ = ["Bar", "Node", "org_chart", "waterfall"]
