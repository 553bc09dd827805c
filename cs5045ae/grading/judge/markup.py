"""Take what could act out of a student's Markdown, and leave the text.

A page shows Markdown with its HTML: a script in it would run with the rights of who
looks at it. HTML that only marks up stays, cleaned; in formulas and code, where a
browser's reader and ours could differ on what is a tag, a space after ``<`` leaves
none.

>>> clean_markdown("Is $a<b$ **true**? <script>alert(1)</script><b onclick=f()>no</b>")
'Is $a< b$ **true**? <b>no</b>'
"""

import html
import re

import nh3

__all__ = ["clean_markdown", "without_tags"]

TAGS = {
    *("b", "blockquote", "br", "code", "del", "details", "em", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "hr", "i", "kbd", "li", "ol", "p", "pre", "s", "strong", "sub"),
    *("summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
}
"""Tags that only mark up; none of them keeps an attribute."""

APART = re.compile(
    r"(```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`]*`|\$\$.*?\$\$|\$[^$\n]*\$"
    r"|\\\[.*?\\\]|\\\(.*?\\\)|\\begin\{.*?\\end\{[^}]*\})",
    re.DOTALL,
)
TAG = re.compile(r"<(?=[a-zA-Z/!?])")
ACTS = re.compile(r"\\(?=(?:href|url|require|style|class|cssId|data|include)\b)")
"""Commands of formulas that make links or change the page."""

ADDRESS = re.compile(
    r"(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*(?::|&colon;|&#)"
    r"|data\s*:\s*(?:text|image/svg)",
    re.IGNORECASE,
)

LINK = re.compile(r"\](?=[(:\[])\s*([(:\[])")
"""Where a link's address or its name begins."""


def clean_markdown(text: str) -> str:
    """Return a student's Markdown without anything that could act.

    Parameters
    ----------
    text : str
        The source of a cell.
    """
    parts = APART.split(text)
    for at, part in enumerate(parts):
        parts[at] = without_tags(part) if at % 2 else _cleaned(part)
    joined = ACTS.sub(r"\\ ", "".join(parts))
    if ADDRESS.search(html.unescape(html.unescape(joined))):
        joined = LINK.sub(r"] \1", joined)
    return joined


def without_tags(text: str) -> str:
    """Return text in which nothing is a tag any more."""
    return TAG.sub("< ", text)


def _cleaned(text: str) -> str:
    if not TAG.search(text):
        return text
    # A reader of HTML takes the rest of the text for a comment or a script.
    clean = nh3.clean(text, tags=TAGS, attributes={}, link_rel=None)
    return clean.replace("&gt;", ">").replace("&amp;", "&")
