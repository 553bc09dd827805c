"""A picture is shown, or costs a line of the page; none comes from the network."""

import base64
import io

import pytest
from PIL import Image

from cs5045ae.grading.pages import pictures
from cs5045ae.grading.pages.drawing import draw


def data_of(kind, size=(2, 2)):
    stream = io.BytesIO()
    Image.new("RGB", size).save(stream, kind)
    return base64.b64encode(stream.getvalue()).decode()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_of_a_known_kind_is_shown(kind):
    data, mime = data_of(kind), f"image/{kind.lower()}"
    attached = draw(
        "markdown", "![a](attachment:my%20plot.x)", {"my plot.x": {mime: data}}
    )
    assert f'src="data:{mime};base64,{data}"' in attached
    within = draw("markdown", f'![a](data:{mime};base64,{data} "t")')
    assert f'src="data:{mime};base64,{data}" alt="a" title="t"' in within
    sized = draw("html", f'<img src="data:{mime};base64,{data}" width="40" onload=f()>')
    assert sized == f'<img src="data:{mime};base64,{data}" width="40">'


@pytest.mark.parametrize(
    "attachments",
    [
        {},
        None,
        [],
        "x",
        {"other.png": {"image/png": data_of("PNG")}},
        {"gone.png": {}},
        {"gone.png": "x"},
        {"gone.png": {"image/png": None}},
        {"gone.png": {"image/png": {"a": 1}}},
        {"gone.png": {"image/png": "not base64 é"}},
        {"gone.png": {"image/png": base64.b64encode(b"<script>").decode()}},
        {"gone.png": {"image/png": data_of("JPEG")}},
        {"gone.png": {"image/svg+xml": "<svg onload='alert(1)'/>"}},
        {"gone.png": {"text/html": "<script>alert(1)</script>"}},
        {"gone.png": {"image/png": "A" * 7_000_000}},
    ],
)
def test_any_other_attachment_costs_a_line(attachments):
    made = draw("markdown", "Before ![a](attachment:gone.png) after", attachments)
    assert made.startswith('<p>Before <em>[The picture "gone.png" is not shown: ')
    assert made.endswith("]</em> after</p>\n")
    assert "<img" not in made
    assert len(made) < 500


def test_lines_of_base64_are_joined():
    data = data_of("PNG")
    forms = {"a.png": {"image/png": [data[:10] + "\n", data[10:]]}}
    assert data in draw("markdown", "![](attachment:a.png)", forms)


def test_a_picture_of_too_many_pixels_is_not_shown(monkeypatch):
    monkeypatch.setattr(pictures, "PIXELS", 99)
    made = draw("markdown", f"![](data:image/png;base64,{data_of('PNG', (10, 10))})")
    assert "too many pixels (10 x 10)" in made


@pytest.mark.parametrize(
    "text",
    [
        "![a](http://spy.example/x.png)",
        "![a](HTTPS://spy.example/x.png)",
        "![a](//spy.example/x.png)",
        "<img src='https://spy.example/x.png'>",
        "<img src=' https://spy.example/x.png'>",
        "<img srcset='https://spy.example/x.png 2x'>",
        "<p style='background: url(https://spy.example/x.png)'>a</p>",
        "<style>p { background: url('//spy.example/x.png') }</style>",
        "<svg><image href='https://spy.example/x.png'/></svg>",
        "<video poster='https://spy.example/x.png'></video>",
        "![a][b]\n\n[b]: https://spy.example/x.png",
        "[![a](https://spy.example/x.png)](https://honest.example)",
    ],
)
def test_a_remote_picture_is_named_and_not_loaded(text):
    made = draw("markdown", text)
    assert "spy.example/x.png]</em>" in made
    assert "<img" not in made.replace("<img>", "")
    assert "url(" not in made
    assert 'src="' not in made


def test_a_long_or_hostile_address_is_a_short_text():
    made = draw("markdown", "![a](https://x.example/" + "a" * 5000 + ")")
    assert len(made) < 400
    made = draw("html", '<img src="https://x/\'><script>alert(1)</script>">')
    assert "<script" not in made
    assert "A picture is not shown" in draw("markdown", "![a](plot.png)")
