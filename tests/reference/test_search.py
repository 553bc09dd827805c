"""The reference of 08_search against oracles that share no code with it."""

from math import comb

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from cs5045ae.reference import search, search_addresses, search_neighbours


@pytest.fixture
def rng():
    return np.random.default_rng(8)


@pytest.mark.parametrize("n", [1, 6, 7])
def test_each_bit_is_one_for_half_of_the_data(rng, n):
    a = rng.normal(size=(n, 5)) * [1, 2, 3, 4, 50] + [0, 9, -9, 1, 300]
    bits = search.to_bits(a, search.balanced_thresholds(a))
    assert bits.dtype == np.uint8
    assert bits.sum(axis=0).tolist() == [n // 2] * 5


def test_a_bit_is_set_strictly_above_the_threshold_of_its_own_unit():
    a = [[0.5, 0.5], [0.6, 2.0], [-1.0, 2.1]]
    assert search.to_bits(a, [0.5, 2.0]).tolist() == [[0, 0], [1, 0], [0, 1]]
    assert search.to_bits(a, 0.5).tolist() == [[0, 0], [1, 1], [0, 1]]


def test_a_byte_holds_eight_bits_as_a_binary_number_is_written(rng):
    bits = rng.integers(0, 2, size=(5, 24))
    codes = search.pack_bits(bits)
    assert codes.dtype == np.uint8
    for row, code in zip(bits, codes, strict=True):
        text = "".join(map(str, row))
        assert code.tolist() == [int(text[i : i + 8], 2) for i in (0, 8, 16)]
    np.testing.assert_array_equal(search.unpack_bits(codes), bits)
    np.testing.assert_array_equal(search.pack_bits(7.0 * bits), codes)


@pytest.mark.parametrize("bits", [np.zeros((3, 12)), np.zeros(16)])
def test_bits_that_fill_no_byte_are_refused(bits):
    with pytest.raises(ValueError, match="multiple of 8"):
        search.pack_bits(bits)


@pytest.mark.parametrize("d", [8, 64, 256, 1024])
def test_hamming_and_scan_count_the_bits_that_differ(rng, d):
    left, right = rng.integers(0, 2, size=(4, d)), rng.integers(0, 2, size=(9, d))
    right[0], right[1] = 1 - left[0], left[0]
    want = cdist(left, right, "cityblock")
    queries, codes = search.pack_bits(left), search.pack_bits(right)
    found = search.hamming(queries, codes)
    np.testing.assert_array_equal(found, want)
    assert found[0, :2].tolist() == [d, 0], "1,024 does not fit into a byte"
    if d >= 64:
        columns = search.as_columns(codes)
        assert columns.shape == (d // 64, 9)
        assert columns.flags.c_contiguous
        for query, row in zip(queries, want, strict=True):
            np.testing.assert_array_equal(search.scan(columns, query), row)


def test_codes_that_fill_no_word_are_refused():
    with pytest.raises(ValueError, match="b a multiple of 8"):
        search.as_columns(np.zeros((2, 12), dtype=np.uint8))


def test_codes_of_two_lengths_are_not_compared():
    with pytest.raises(ValueError, match="zip"):
        search.hamming([[1, 2]], [[1, 2, 3]])


def test_faiss_finds_the_same_distances(rng):
    import faiss

    codes = rng.integers(0, 256, size=(300, 32), dtype=np.uint8)
    queries = rng.integers(0, 256, size=(5, 32), dtype=np.uint8)
    index = faiss.IndexBinaryFlat(256)
    index.add(codes)
    theirs, ids = index.search(queries, 10)
    gaps = search.hamming(queries, codes)
    mine = search_neighbours.nearest(gaps, 10)
    np.testing.assert_array_equal(np.take_along_axis(gaps, mine, 1), theirs)
    np.testing.assert_array_equal(np.take_along_axis(gaps, ids, 1), theirs)


def test_squared_distances_agree_with_scipy_and_are_never_negative(rng):
    x = rng.normal(size=(200, 7)) + 100
    found = search_neighbours.squared_distances(x, x)
    np.testing.assert_allclose(found, cdist(x, x, "sqeuclidean"), atol=1e-8)
    assert (found >= 0).all()


def test_nearest_sorts_by_distance_then_by_id(rng):
    gaps = rng.integers(0, 5, size=(6, 30)).astype(float)
    before = gaps.copy()
    own = np.array([3, -1, 0, 29, -1, 7])
    found = search_neighbours.nearest(gaps, 12, own)
    for row, ids, mine in zip(gaps, found, own, strict=True):
        others = [(gap, i) for i, gap in enumerate(row) if i != mine]
        assert ids.tolist() == [i for _, i in sorted(others)[:12]]
    np.testing.assert_array_equal(gaps, before)


def test_nearest_gives_no_more_than_there_are():
    gaps = np.zeros((2, 3))
    assert search_neighbours.nearest(gaps, 3, [-1, -1]).shape == (2, 3)
    for k, own in [(0, None), (4, None), (3, [1, -1])]:
        with pytest.raises(ValueError, match="do not exist"):
            search_neighbours.nearest(gaps, k, own)


def test_precision_and_recall_count_as_sets_do(rng):
    labels, classes = rng.integers(0, 3, size=50), rng.integers(0, 3, size=8)
    exact = np.array([rng.permutation(50)[:10] for _ in classes])
    found = np.array([rng.permutation(50)[:10] for _ in classes])
    found[0, 3:] = -1
    shares = [
        sum(labels[i] == c for i in ids) / 10
        for ids, c in zip(exact, classes, strict=True)
    ]
    got = search_neighbours.precision_at_k(exact, labels, classes)
    assert got == pytest.approx(np.mean(shares))
    kept = [len(set(a) & set(b)) / 10 for a, b in zip(found, exact, strict=True)]
    assert search_neighbours.recall_at_k(found, exact) == pytest.approx(np.mean(kept))
    assert search_neighbours.recall_at_k(exact[:, ::-1], exact) == 1
    assert search_neighbours.recall_at_k([[4, 4]], [[4, 5]]) == 0.5, "found once"


def test_recall_over_radius_counts_what_lies_inside():
    gaps = np.array([[0, 2, 2, 5], [1, 3, 3, 4]])
    same = np.array([[1, 0, 1, 0], [0, 1, 0, 1]])
    recall, precision = search_neighbours.recall_over_radius(gaps, same, [-1, 2, 3, 9])
    assert recall.tolist() == [0, 2 / 4, 3 / 4, 1]
    assert precision.tolist() == [1, 2 / 4, 3 / 6, 4 / 8]


def test_expected_hits_is_the_published_table():
    """Addresses and hits of 28 bits, N = 1.6 million."""
    for radius, hits in [(2, 2.4), (3, 22), (4, 144), (5, 730)]:
        found = search_addresses.expected_hits(1_600_000, 28, radius)
        assert found == pytest.approx(hits, rel=0.02)
    assert search_addresses.expected_hits(77, 9, 9) == 77


@pytest.mark.parametrize("radius", [0, 1, 2, 9])
def test_a_look_up_gives_what_a_scan_gives(rng, radius):
    bits = rng.integers(0, 2, size=(200, 9))
    addresses = search_addresses.to_addresses(bits)
    assert addresses.tolist() == [int("".join(map(str, row)), 2) for row in bits]
    around = search_addresses.ball(9, radius)
    assert len(set(around.tolist())) == sum(comb(9, i) for i in range(radius + 1))
    counts = [bin(flip).count("1") for flip in around]
    assert counts == sorted(counts)
    assert max(counts) == radius
    buckets = search_addresses.Buckets(addresses, 9)
    for query in bits[:5]:
        gaps = (query != bits).sum(axis=1)
        address = search_addresses.to_addresses(query[None])[0]
        ids = buckets.look_up(address, radius)
        assert sorted(ids) == np.flatnonzero(gaps <= radius).tolist()
        assert (np.diff(gaps[ids]) >= 0).all(), "nearest addresses first"
