r"""Take what could act out of the HTML that was made from a student's text.

Only listed tags, attributes and addresses stay. The result is the cleaner's own
writing: whatever a browser would have made of the original, it reads this in one way.

>>> clean_html('<p onclick="f()">Is <a href="javascript:f()">this</a> true?</p>')
'<p>Is <a>this</a> true?</p>'
"""

import re

import nh3

__all__ = ["TAG", "clean_html", "deepest", "without_commands"]

TAGS = {
    *("a", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt"),
    *("em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "kbd", "li"),
    *("ol", "p", "pre", "s", "section", "small", "span", "strong", "sub", "summary"),
    *("sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}

ATTRIBUTES = {
    "a": {"class", "href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan", "style"},
    "th": {"align", "colspan", "rowspan", "style"},
    "div": {"class"},
    "span": {"class"},
    "input": {"checked"},
    **{heading: {"id"} for heading in HEADINGS},
}

ALLOWED = {
    ("a", "class"): re.compile(r"anchor-link"),
    ("div", "class"): re.compile(r" ?highlight(?: hl-[a-z0-9]+)?"),
    ("span", "class"): re.compile(r"[a-z][a-z0-9]{0,2}"),  # the colours of code
    **{
        (tag, name): re.compile(pattern)
        for tag in ("td", "th")
        for name, pattern in (
            ("align", "left|right|center"),
            ("style", r"text-align: ?(?:left|right|center);?"),
            ("colspan", "[1-9][0-9]?"),
            ("rowspan", "[1-9][0-9]?"),
        )
    },
    ("img", "width"): re.compile(r"\d{1,4}(?:px|%)?"),
    ("img", "height"): re.compile(r"\d{1,4}(?:px|%)?"),
    ("ol", "start"): re.compile(r"\d{1,9}"),
}
"""What the whole value must look like; other attributes hold any text."""

LINK = re.compile(
    r"https?://[^\s\x00-\x1f]+|mailto:[^\s\x00-\x1f]+"
    r"|(?:\.\./)*[\w-]+(?:/[\w-]+)*\.ipynb(?:#[\w.-]*)?",
    re.IGNORECASE,
)
"""Where a link may lead; a relative one to a notebook only."""

PREFIX = "text-"
"""Before every id, so that no heading takes the name of a part of the page."""

TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [\w-]+="[^"]*")*)>')
"""A tag as the cleaner writes it."""

COMMAND = re.compile(
    r"\\(?=(?:href|url|class|cssId|cssClass|style|data|require|include|mmlToken"
    r"|unicode|bbox|enclose|toggle|mathtip|texttip|tooltip|tip"
    r"|html(?:Class|Id|Style|Data))(?![A-Za-z]))",
    re.IGNORECASE,
)
"""Commands of formulas that make links, change the page or load something."""

VOID = {"br", "hr", "img", "input"}


def clean_html(html: str) -> str:
    """Return HTML in which nothing acts and formulas are only formulas.

    Pictures keep their address, whatever it is: `pictures.show_pictures` comes next.

    Parameters
    ----------
    html : str
        Of a student's text, as a renderer made it.
    """
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto", "data", "attachment"},
        set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}},
    )
    return without_commands(clean)


def without_commands(html: str) -> str:
    r"""Return clean HTML in which a formula that holds an acting command stays text.

    MathJax reads no formula across the border of an element, so one is put into the
    command. Code is left as it is: no formula is read in it.

    >>> without_commands(r"<p>$\\href{x}{y}$ <code>\\href</code></p>")
    '<p>$\\\\<span>href</span>{x}{y}$ <code>\\\\href</code></p>'
    """
    parts, done, code = [], 0, 0
    for tag in TAG.finditer(html):
        parts.append(_text(html[done : tag.start()], code > 0))
        parts.append(tag[0])
        done = tag.end()
        if tag[2] in ("code", "pre"):
            code += -1 if tag[1] else 1
    return "".join([*parts, _text(html[done:], code > 0)])


def deepest(html: str) -> int:
    """Return how many elements of clean HTML stand in one another at most."""
    depth = most = 0
    for tag in TAG.finditer(html):
        if tag[2] not in VOID:
            depth += -1 if tag[1] else 1
            most = max(most, depth)
    return most


def _text(text: str, code: bool) -> str:
    if code or not COMMAND.search(text):
        return text
    name = re.compile(COMMAND.pattern + r"([A-Za-z]+)", re.IGNORECASE)
    return name.sub(r"\\<span>\1</span>", text)


def _kept(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute as it is kept; None drops the attribute."""
    if (tag, name) in ALLOWED:
        return value if ALLOWED[tag, name].fullmatch(value) else None
    if name == "id":
        return PREFIX + value
    if name == "href":
        if value.startswith("#"):
            return "#" + PREFIX + value[1:]
        return value if LINK.fullmatch(value) else None
    return value
