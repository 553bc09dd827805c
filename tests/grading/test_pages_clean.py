"""Nothing that is made from a student's text acts; honest text stays as it was."""

import html.parser

import pytest
from nbconvert.filters.markdown import markdown2html

from cs5045ae.grading.pages.clean import clean_html
from cs5045ae.grading.pages.drawing import draw

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
    "[a](javascript\\:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](java&NewLine;script&colon;alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](/files/javascript:alert(1))",
    "[a](/files/files/javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[![a](x)](javascript\\:alert(1))",
    "[a][]\n\n[a]: <javascript\\:alert(1)>",
    "[a](view-source:javascript:alert(1))",
    "[a](blob:x)",
    "<a href='JaVaScRiPt:alert(1)'>a</a>",
    "<a href='&#x6A;avascript:alert(1)'>a</a>",
    "<a href='java&#10;script:alert(1)'>a</a>",
    "<a href=' &#14; javascript:alert(1)'>a</a>",
    "<a href='javascript&#0000058alert(1)'>a</a>",
    "<a href='javascript:alert(1)' target=_blank>a</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>a</a>",
    "<a href='data:image/svg+xml,<svg onload=alert(1)>'>a</a>",
    "<a href='feed:javascript:alert(1)'>a</a>",
    "<a href='http:javascript:alert(1)'>a</a>",
    "<a href=`javascript:alert(1)`>a</a>",
    "<a href='x' href='javascript:alert(1)' onclick=alert(1)>a</a>",
    "<a href='#' onfocus=alert(1) autofocus tabindex=1>a</a>",
    "<a href='https://a.example' onmouseover='alert(1)'>a</a>",
    "<a ping='https://a.example' href='javascript://%0aalert(1)'>a</a>",
    '<https://a.example/" onclick=alert(1) x=">',
    "<a href='java\nscript:alert(1)'>a</a>",
    "<svg><a xlink:href='javascript:alert(1)'><text>a</text></a></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>a</mi></math>",
    "<button formaction='javascript:alert(1)'>a</button>",
    "<area href='javascript:alert(1)'>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<video poster='javascript:alert(1)'></video>",
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
@pytest.mark.parametrize("kind", ["markdown", "html"])
def test_nothing_acts_in_what_is_made(text, kind):
    assert Acts(draw(kind, text)).found == []
    assert Acts(draw(kind, f"Before.\n\n{text}\n\nAfter, $x$ and `y`.")).found == []


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_acts_in_code_and_plain_text(text):
    for kind in ("code", "raw"):
        assert set(Acts(draw(kind, text)).found) <= {"div", "pre", "span"}


@pytest.mark.parametrize(
    "text",
    [
        "Plain *words*, **bold**, ~~old~~ and `code`.",
        "If a < b & c > d, then $\\|x - \\hat x\\|^2 \\le \\epsilon$.",
        "> a quotation\n\n- a list\n  1. in a list\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$",
        "```\nif a < 3 and b > 4:\n    x = y & z\n```",
        "```python\ndef f(x):\n    return x[1:] @ y\n```",
        "| a | b |\n|:-:|--:|\n| $x$ | 2 |",
        "H<sub>2</sub>O and x<sup>2</sup>, <b>bold</b>",
        "ü, é, 漢字, \u2264, &amp; and &lt;",
        "<details><summary>More</summary>\n\nText\n\n</details>",
    ],
)
def test_honest_text_is_what_nbconvert_makes_of_it(text):
    assert draw("markdown", text) == markdown2html(text)


def test_an_honest_link_and_heading_stay():
    made = draw("markdown", "# One two\n\n[a](https://example.org/?b=1&c=2) [b](#One)")
    assert '<h1 id="text-One-two">One two' in made
    assert 'href="https://example.org/?b=1&amp;c=2"' in made
    assert 'href="#text-One"' in made
    assert 'href="mailto:a@example.org"' in draw("markdown", "<a@example.org>")
    assert draw("html", "<p id='x' class='panel' name='y'>z</p>") == "<p>z</p>"
    assert 'href="../../lectures/01_pca.ipynb"' in draw(
        "markdown", "[l](../../lectures/01_pca.ipynb)"
    )


@pytest.mark.parametrize(
    "formula",
    [
        r"$\href{javascript:alert(1)}{x}$",
        r"$$\class{score}{x}$$",
        r"\begin{align}\cssId{notebook}{x}\end{align}",
        r"$\style{position:fixed}{x}$",
        r"$\require{action}\toggle{a}{b}\endtoggle$",
        r"$\unicode[x;color:red]{x41}$",
        r"$\href1{x}$",
        r"<p>$\hr<!-- -->ef{x}{y}$</p>",
        r"<p>$\h&#114;ef{x}{y}$</p>",
    ],
)
def test_a_command_that_acts_is_cut_in_two(formula):
    made = draw("html", formula)
    assert "\\<span>" in made
    assert "\\href" not in made
    assert "\\href" not in draw("markdown", formula)


def test_code_keeps_the_same_words():
    assert "\\href{x}" in draw("markdown", "`\\href{x}`")
    assert clean_html("<p>C:\\data $\\hrefs$</p>").count("<span>") == 1
