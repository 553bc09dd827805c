"""An index in shards, on real workers, finds what one index finds."""

import numpy as np
import pytest

from benchmarks.search_shards import merge, on_shards

BITS = 64


def test_of_equal_distances_the_lower_ids_are_kept_from_whatever_shard():
    one = np.array([[1, 4, 4]]), np.array([[7, 2, 9]])
    two = np.array([[0, 4, 4]]), np.array([[30, 1, 12]])
    distances, ids = merge([one, two], 4)
    assert distances.tolist() == [[0, 1, 4, 4]]
    assert ids.tolist() == [[30, 7, 1, 2]]


@pytest.mark.slow
def test_two_workers_find_what_one_index_finds():
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 256, (3_001, BITS // 8), dtype=np.uint8)
    queries = codes[::300] ^ (rng.random((11, BITS // 8)) < 0.2).astype(np.uint8)
    asked = []
    on_shards(codes, queries, 2, 5, lambda ask: asked.append(ask()))
    distances, ids = asked[0]
    for query, found, where in zip(queries, distances, ids, strict=True):
        all_distances = np.bitwise_count(codes ^ query).sum(axis=1)
        assert found.tolist() == np.sort(all_distances)[:5].tolist()
        assert all_distances[where].tolist() == found.tolist()
