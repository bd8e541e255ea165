"""Pictures of tables, drawn in Python as SVG: the same on the page, on paper and without JavaScript."""

from pamong.web.charts.waterfall import Bar, waterfall

__all__ = ["Bar", "waterfall"]
