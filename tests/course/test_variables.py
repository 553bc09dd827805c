"""What is kept of a lecture's variables: plain numbers and text, and no more."""

import json

import numpy as np

from cs5045ae.course.variables import LIMIT, plain


def test_numbers_text_and_small_collections_are_kept_as_they_are():
    kept = {
        "flag": True,
        "size": 32,
        "error": 0.25,
        "name": "pca",
        "nothing": None,
        "table": {"pca": [1.0, 2.0], "deep": {"1": 3}},
    }
    assert plain(kept) == kept


def test_arrays_and_their_scalars_become_lists_and_numbers():
    told = plain({"a": np.arange(4).reshape(2, 2), "b": np.float32(0.5), "c": (1, 2)})
    assert told == {"a": [[0, 1], [2, 3]], "b": 0.5, "c": [1, 2]}
    assert type(told["b"]) is float


def test_keys_that_are_numbers_become_text():
    assert plain({"by_size": {2: 0.1, 32: 0.2}}) == {"by_size": {"2": 0.1, "32": 0.2}}


def test_what_is_private_large_or_something_else_is_left_out():
    assert not plain(
        {
            "_mine": 1,
            "images": np.zeros(LIMIT + 1),
            "nested": [[0.0] * 600, [0.0] * 600],
            "function": plain,
            "objects": np.array([None]),
            "text": "x" * (LIMIT + 1),
            "keys": {(1, 2): 3},
        }
    )


def test_exactly_the_limit_is_kept():
    assert len(plain({"x": np.zeros(LIMIT)})["x"]) == LIMIT


def test_what_json_has_no_word_for_becomes_text():
    told = plain({"x": np.array([np.nan, np.inf]), "y": float("-inf")})
    assert json.loads(json.dumps(told, allow_nan=False)) == {
        "x": ["nan", "inf"],
        "y": "-inf",
    }
