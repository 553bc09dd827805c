"""What the bank can't say: other seeds, and what the made cases promise."""

import subprocess
import sys

import numpy as np
import pytest

from cs5045ae.checks import (
    search,
    search_bytes,
    search_distances,
    search_measures,
    search_neighbours,
)
from cs5045ae.reference import search as right
from cs5045ae.reference import search_neighbours as near


def nearest(queries, x, k, own):
    return near.nearest(near.squared_distances(queries, x), k, own)


def test_importing_the_checks_imports_nothing_heavy():
    rooms = "search search_bytes search_distances search_measures search_neighbours"
    code = (
        f"import sys, {', '.join('cs5045ae.checks.' + r for r in rooms.split())}; "
        "sys.exit(bool({'tensorflow', 'matplotlib', 'sklearn'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.usefixtures("any_seed")
def test_right_answers_pass_with_any_seed():
    for room, function in [
        (search, right.to_bits),
        (search, right.balanced_thresholds),
        (search_distances, right.hamming),
        (search_neighbours, nearest),
        (search_measures, near.precision_at_k),
        (search_measures, near.recall_at_k),
    ]:
        own = [n for n in room.__all__ if n.startswith(f"check_{function.__name__}")]
        assert len(own) >= 2
        for name in own:
            getattr(room, name)(function)
    search_bytes.check_pack_bits(right.pack_bits)
    search_bytes.check_unpack_bits(right.unpack_bits)
    search_bytes.check_pack_unpack(right.pack_bits, right.unpack_bits)


@pytest.mark.parametrize("seed", range(50))
def test_the_made_searches_hold_no_id_twice(seed):
    rng = np.random.default_rng(seed)
    found, exact = search_measures._search(rng, 12, 30, 7)
    for row in (*found, *exact):
        assert len(set(row)) == 7
    assert set(found[0]) == set(exact[0])
    assert not set(found[1]) & set(exact[1])
    assert search_measures._search(rng, 1, 12, 1)[0].shape == (1, 1)


@pytest.mark.parametrize("seed", range(10))
def test_the_distances_of_task_5_are_exact_in_float32(seed):
    rng = np.random.default_rng(seed)
    queries, x = search_neighbours._apart(rng, 4, 30, 49)
    exact = near.squared_distances(queries, x)
    rough = ((queries[:, None].astype(np.float32) - x) ** 2).sum(axis=2)
    assert np.array_equal(rough, exact)
    assert all(len(set(row)) == 30 for row in exact)
