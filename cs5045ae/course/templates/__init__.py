"""The look of the report: page templates and styles."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import jinja2

__all__ = ["fill", "template"]


def template(name: str) -> str:
    """Return the text of a file that stands here."""
    return (files(__name__) / name).read_text(encoding="utf-8")


def fill(name: str, values: Mapping[str, Any]) -> str:
    """Return a page template filled with values; text is escaped."""
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(template(name)).render(values)
