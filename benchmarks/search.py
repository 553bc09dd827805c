"""Search among a million codes and more: how many queries a second, and how right.

python -m benchmarks.search                          200,000 and 1 million codes
python -m benchmarks.search --codes 10000000         10 million, 320 MB of codes
python -m benchmarks.search --codes 1000000 --shards 2    two Dask workers beside it

The codes are those of lecture 08: 256 bits each, of real digits turned, scaled and
moved a little. All rows of a table come from one run on one machine; what to compare is
the last column, the ratio to the bound.

*The bound.* A query that looks at every code reads every code, so memory allows
(bytes a second) / (bytes of codes) queries a second. A batch of queries may beat it: a
code that is in the processor's cache serves them all.

*Recall.* Distances in bits have many ties. A neighbour counts as found if it is no
farther than the true tenth.
"""

import argparse
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import faiss
import numpy as np
from scipy import ndimage
from tqdm import tqdm

from benchmarks.search_shards import on_shards
from cs5045ae.data import load_mnist
from cs5045ae.reference.search import (
    as_columns,
    balanced_thresholds,
    pack_bits,
    scan,
    to_bits,
)
from cs5045ae.reference.search_networks import activations, train_bits
from cs5045ae.trained import trained

BITS, NEAR, EPOCHS = 256, 10, 15
BY_HAND = 20  # queries for the scan in numpy, which is slow
GRAPH_UP_TO = 1_000_000  # a larger graph was not tried
ROUNDS = 3  # the best of so many counts


@dataclass(frozen=True)
class Row:
    """What one method did."""

    method: str
    rate: float  # queries a second
    recall: float
    bytes_a_code: float


def make_codes(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return n codes of distorted training digits, and the codes of the test digits."""
    (x_train, _), (x_test, _) = load_mnist("small")
    network = trained(train_bits, x=x_train, n_bits=BITS, epochs=EPOCHS, noise=1.0)
    thresholds = balanced_thresholds(activations(network, x_train))
    rng = np.random.default_rng(0)
    dots, centre = np.eye(784, dtype=np.float32).reshape(-1, 28, 28), [0, 13.5, 13.5]
    codes = np.empty((n, BITS // 8), dtype=np.uint8)
    for start in tqdm(range(0, n, len(x_train)), "codes", leave=False):
        turn = np.eye(3)
        turn[1:, 1:] += rng.normal(0, 0.1, (2, 2))
        move = centre - turn @ centre + [0, *rng.normal(0, 0.7, 2)]
        distort = ndimage.affine_transform(dots, turn, move, order=1).reshape(784, 784)
        # Distorting is linear, so the first layer can do it on its way.
        kernel = distort @ network["kernel_hidden"]
        part = x_train[: n - start]
        a = activations({**network, "kernel_hidden": kernel}, part)
        codes[start : start + len(part)] = pack_bits(to_bits(a, thresholds))
    return codes, pack_bits(to_bits(activations(network, x_test), thresholds))


def best_seconds(run: Callable[[], object]) -> float:
    """Return the time of the fastest of a few rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def bandwidth(codes: np.ndarray, threads: int) -> float:
    """Measure how many bytes a second all threads together read from memory."""
    # Twenty times over if need be: a set that fits the cache would flatter itself.
    words = np.resize(codes.view(np.uint64).ravel(), max(codes.size // 8, 2**26))
    parts = np.array_split(words, threads)
    with ThreadPoolExecutor(threads) as pool:
        seconds = best_seconds(lambda: list(pool.map(np.bitwise_xor.reduce, parts)))
    return words.nbytes / seconds


def recall(found: np.ndarray, exact: np.ndarray) -> float:
    """Return the share of neighbours no farther than the true last one."""
    return float((found <= exact[:, -1:]).mean())


def by_hand(codes: np.ndarray, queries: np.ndarray, exact: np.ndarray) -> float:
    """Time the scan that the lecture shows, and see that it agrees with faiss."""
    columns = as_columns(codes)
    near = np.array([np.sort(scan(columns, query))[:NEAR] for query in queries])
    if not np.array_equal(near, exact):
        raise SystemExit("The scan in numpy and faiss disagree on a distance.")
    return best_seconds(lambda: [scan(columns, query) for query in queries])


def measure(codes: np.ndarray, queries: np.ndarray, threads: int) -> list[Row]:
    """Time each method on the same codes and queries."""
    faiss.omp_set_num_threads(threads)
    size = codes.shape[1]
    rows = [
        Row("bound: all codes once", bandwidth(codes, threads) / codes.nbytes, 1, size)
    ]

    flat = faiss.IndexBinaryFlat(BITS)
    flat.add(codes)
    exact, _ = flat.search(queries, NEAR)

    some = queries[:BY_HAND]
    seconds = by_hand(codes, some, exact[:BY_HAND])
    rows.append(Row("numpy, one at a time", BY_HAND / seconds, 1, size))
    seconds = best_seconds(lambda: [flat.search(q[None], NEAR) for q in some])
    rows.append(Row("faiss flat, one at a time", BY_HAND / seconds, 1, size))
    seconds = best_seconds(lambda: flat.search(queries, NEAR))
    rows.append(Row("faiss flat, in a batch", len(queries) / seconds, 1, size))

    lists = max(16, int(len(codes) ** 0.5))
    ivf = faiss.IndexBinaryIVF(faiss.IndexBinaryFlat(BITS), BITS, lists)
    ivf.train(np.random.default_rng(0).permutation(codes)[: 40 * lists])
    ivf.add(codes)
    for ivf.nprobe in (4, 16, 64):
        name = f"faiss IVF, {ivf.nprobe} of {lists} groups"
        rows.append(_timed(name, ivf, queries, exact, size + 8))
    del ivf

    if len(codes) > GRAPH_UP_TO:
        return rows
    links = 16
    graph = faiss.IndexBinaryHNSW(BITS, links)
    graph.hnsw.efConstruction = 40
    graph.add(codes)
    for graph.hnsw.efSearch in (16, 64, 256):
        name = f"faiss HNSW, {links} links, efSearch {graph.hnsw.efSearch}"
        rows.append(_timed(name, graph, queries, exact, size + 4 * 2 * links))
    return rows


def _timed(
    name: str,
    index: faiss.IndexBinary,
    queries: np.ndarray,
    exact: np.ndarray,
    size: int,
) -> Row:
    found, _ = index.search(queries, NEAR)
    seconds = best_seconds(lambda: index.search(queries, NEAR))
    return Row(name, len(queries) / seconds, recall(found, exact), size)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search")
    parser.add_argument("--codes", type=int, nargs="+", default=[200_000, 1_000_000])
    parser.add_argument("--queries", type=int, default=1_000, help="at most 1,000")
    parser.add_argument("--threads", type=int, default=faiss.omp_get_max_threads())
    parser.add_argument(
        "--shards", type=int, default=0, help="Dask workers; 0 for none"
    )
    asked = parser.parse_args()
    if min(asked.codes) < 1_000 or not BY_HAND <= asked.queries <= 1_000:
        parser.error(f"1,000 codes or more, and {BY_HAND} to 1,000 queries, please")
    for n in asked.codes:
        codes, queries = make_codes(n)
        queries = queries[: asked.queries]
        rows = measure(codes, queries, asked.threads)
        if asked.shards:
            seconds = on_shards(codes, queries, asked.shards, NEAR, best_seconds)
            name = f"faiss flat on {asked.shards} Dask workers, in a batch"
            rows.append(Row(name, len(queries) / seconds, 1, codes.shape[1]))
        print(f"\n{n:,} codes, {len(queries):,} queries, {asked.threads} threads\n")
        print(
            "| method | queries a second | recall at 10 | bytes a code | of the bound |"
        )
        print("| --- | ---: | ---: | ---: | ---: |")
        for r in rows:
            print(
                f"| {r.method} | {r.rate:,.1f} | {r.recall:.3f} "
                f"| {r.bytes_a_code:.0f} | {r.rate / rows[0].rate:.2f} |"
            )


if __name__ == "__main__":
    main()
