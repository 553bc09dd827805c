"""Nothing in a student's Markdown acts when nbgrader shows it; its text stays."""

import html.parser
import time

import pytest
from nbconvert.filters.markdown import markdown2html

from cs5045ae.grading.judge.markup import clean_markdown, shortened, without_tags

HOSTILE = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=x ONERROR=alert(1)//",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>a</a>",
    "<b onclick=alert(1)>b</b>",
    "<details ontoggle=alert(1) open>x</details>",
    "<form action=javascript:alert(1)><button>go</button></form>",
    "<base href='https://example.org/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<style>@import 'x'</style>",
    "[a](javascript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](  JaVaScRiPt:alert(1))",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](vbscript:x)",
    "![a](javascript:alert(1))",
    "<javascript:alert(1)>",
    "$<script>alert(1)</script>$",
    "$$<img src=x onerror=alert(1)>$$",
    "`<script>alert(1)</script>`",
    "a `b <script>alert(1)</script>",
    "```\n<script>alert(1)</script>\n```",
    "```\n</code></pre><script>alert(1)</script>\n```\n<script>alert(2)</script>",
    "~~~x onload=alert(1)\n<script>alert(1)</script>",
    '```html"><script>alert(1)</script>\nx\n```',
    "    <script>alert(1)</script>",
    "<!-- ` --><script>alert(1)</script><!-- ` -->",
    "<!-- $ --><img src=x onerror=alert(1)><!-- $ -->",
    "<x `><img src=x onerror=alert(1)>` y>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;alert(1)</script>",
    "\\<script>alert(1)</script>",
    "\\begin{align}<script>alert(1)</script>\\end{align}",
    "\\begin{x}<img src=x onerror=alert(1)>",
    "<scr\0ipt>alert(1)</script>",
    "<\nscript>alert(1)</script>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "# <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "- <svg onload=alert(1)>",
    "\u2028<script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea><script>alert(1)</script>",
    "<template><script>alert(1)</script></template>",
    "<?xml <script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<details><summary>\n\n<script>alert(1)</script>\n\n</summary></details>",
    '"><script>alert(1)</script>',
    '![x" onerror=alert(1) y="](x)',
    '[x](y " onmouseover=alert(1) ")',
]
OWN = {
    *("a", "img", "div", "span", "p", "pre", "code", "em", "strong", "ul", "ol", "li"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
    *("blockquote", "br", "hr", "del", "b", "i", "sub", "sup", "details", "summary"),
    *("kbd", "s", "u"),
}


class Acts(html.parser.HTMLParser):
    """Lists what of a page could act."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in OWN:
            self.found.append(tag)
        for name, value in attrs:
            value = "".join((value or "").split()).lower()
            if name.startswith("on") or name in ("style", "srcdoc", "action"):
                self.found.append(name)
            if ("script:" in value or value.startswith("data:")) and "href" in name:
                self.found.append(value)
            if "src" in name and "script:" in value:
                self.found.append(value)

    def handle_decl(self, decl):
        self.found.append(decl)


def test_the_reader_of_this_test_sees_what_acts():
    page = markdown2html("<script>x</script> <img src=x onerror=y>")
    assert Acts(page).found == ["script", "onerror"]
    assert Acts("<a href='javascript:x'>").found == ["javascript:x"]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_acts_in_what_nbgrader_shows(text):
    clean = clean_markdown(text)
    assert Acts(markdown2html(clean)).found == []
    assert Acts(markdown2html(f"Before.\n\n{clean}\n\nAfter, $x$ and `y`.")).found == []


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_a_tag_where_none_may_be(text):
    assert Acts(without_tags(text)).found == []


@pytest.mark.parametrize(
    "text",
    [
        "Plain *words*, **bold**, `code` and a [link](https://example.org/a?b=1&c=2).",
        "If a < b & c > d, then $\\|x - \\hat x\\|^2 \\le \\epsilon$.",
        "> a quotation\n\n- a list\n  1. in a list\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$",
        "```python\nif a < 3 and b > 4:\n    x = y & z\n```",
        "H<sub>2</sub>O and x<sup>2</sup>, <b>bold</b><br>new line",
        "ü, é, 漢字, \u2264, &amp; and &lt;",
    ],
)
def test_honest_text_stays_as_it_is(text):
    assert clean_markdown(text) == text


@pytest.mark.parametrize(
    "sign", [r"\begin{a", r"\(", r"\[", r"\([", "`", "$$a", "<b>", "]("]
)
def test_half_a_formula_a_million_times_takes_no_time(sign):
    start = time.process_time()
    clean = clean_markdown(sign * 1_000_000)
    markdown2html(clean[:20_000])
    assert time.process_time() - start < 5
    assert "not shown." in clean


def test_what_is_not_closed_hides_nothing_that_follows():
    text = r"\( \begin{x} \[ <script>alert(1)</script> `a` \] <img src=x onerror=f()>"
    assert Acts(markdown2html(clean_markdown(text))).found == []


def test_long_code_is_shown_in_part():
    honest = "x = [\n" + "    1,\n" * 1000 + "]"
    assert shortened(honest) == honest
    assert shortened("x = 0" + ".a" * 10_000) == "x = 0" + (".a" * 500)[:995] + " …"
    assert shortened("x = 1\n" * 20_000).endswith("is not shown.")
