"""Take what could act out of a student's text, and what no page is made for.

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

__all__ = ["clean_markdown", "shortened", "without_tags"]

TAGS = {
    *("b", "blockquote", "br", "code", "del", "details", "em", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "hr", "i", "kbd", "li", "ol", "p", "pre", "s", "strong", "sub"),
    *("summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
}
"""Tags that only mark up; none of them keeps an attribute."""

OPENERS = re.compile(r"```|~~~|`|\$\$|\$|\\\[|\\\(|\\begin\{")
"""Where code or a formula may begin."""

CLOSERS = {
    "```": "```",
    "~~~": "~~~",
    "`": "`",
    "$$": "$$",
    "$": "$",
    "\\[": "\\]",
    "\\(": "\\)",
    "\\begin{": "\\end{",
}
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


CELL, LINE = 100_000, 1_000
"""Characters of a cell, and of a line of code, that are shown."""


def clean_markdown(text: str) -> str:
    """Return a student's Markdown without anything that could act.

    Of very long text the beginning is returned, with a note.

    Parameters
    ----------
    text : str
        The source of a cell.
    """
    if len(text) > CELL:
        text = f"{text[:CELL]}\n\n… the rest of this text is not shown."
    parts = _parts(text)
    for at, part in enumerate(parts):
        parts[at] = without_tags(part) if at % 2 else _cleaned(part)
    joined = ACTS.sub(r"\\ ", "".join(parts))
    if ADDRESS.search(html.unescape(html.unescape(joined))):
        joined = LINK.sub(r"] \1", joined)
    return joined


def without_tags(text: str) -> str:
    """Return text in which nothing is a tag any more."""
    return TAG.sub("< ", text)


def shortened(code: str) -> str:
    """Return a student's code as it is shown: colouring takes the square of a line."""
    if len(code) > CELL:
        code = f"{code[:CELL]}\n# … the rest of this cell is not shown."
    if any(len(line) > LINE for line in code.split("\n")):
        lines = code.split("\n")
        code = "\n".join(x if len(x) <= LINE else f"{x[:LINE]} …" for x in lines)
    return code


def _parts(text: str) -> list[str]:
    """Split a text: every second part is code or a formula.

    A regular expression would look for the end of each of a million beginnings; here
    an end that is not there is looked for once.
    """
    parts, done, at = [], 0, 0
    absent: set[str] = set()
    while found := OPENERS.search(text, at):
        opener, at = found[0], found.start() + 1
        if opener in absent:
            continue
        end = _end(text, opener, found.end())
        if end < 0:
            if opener != "$":
                absent.add(opener)
            continue
        parts += [text[done : found.start()], text[found.start() : end]]
        done = at = end
    return [*parts, text[done:]]


def _end(text: str, opener: str, start: int) -> int:
    """Return where the code or formula ends that begins before `start`; -1: nowhere."""
    closer = CLOSERS[opener]
    end = text.find(closer, start)
    if opener in ("```", "~~~"):  # what is not closed goes on to the end
        return len(text) if end < 0 else end + len(closer)
    if opener == "$$" and end < 0:
        return start
    if opener == "$":
        line = text.find("\n", start, end if end >= 0 else None)
        return -1 if line >= 0 else end + 1 if end >= 0 else -1
    if opener == "\\begin{" and end >= 0:
        end, closer = text.find("}", end), "}"
    return end if end < 0 else end + len(closer)


def _cleaned(text: str) -> str:
    if not TAG.search(text):
        return text
    # A reader of HTML takes the rest of the text for a comment or a script.
    clean = nh3.clean(text, tags=TAGS, attributes={}, link_rel=None)
    return clean.replace("&gt;", ">").replace("&amp;", "&")
