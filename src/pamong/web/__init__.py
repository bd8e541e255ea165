"""The pages: a view parses, makes one call of a domain's face, and renders."""

from pamong.web.rendering import render

__all__ = ["render"]
