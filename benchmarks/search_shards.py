"""A binary index in shards, each on a Dask worker of its own: same neighbours."""

from collections.abc import Callable

import faiss
import numpy as np


def shard(codes: np.ndarray) -> faiss.IndexBinary:
    """Build the index of one shard, on the worker that keeps it."""
    index = faiss.IndexBinaryFlat(8 * codes.shape[1])
    index.add(codes)
    return index


def ask_shard(
    index: faiss.IndexBinary, first: int, queries: np.ndarray, near: int
) -> tuple:
    """Search one shard; its ids count from its first code in the whole."""
    distances, ids = index.search(queries, near)
    return distances, ids + first


def merge(
    answers: list[tuple[np.ndarray, np.ndarray]], near: int
) -> tuple[np.ndarray, np.ndarray]:
    """Keep the nearest of all shards' answers, equal distances by their ids."""
    distances = np.concatenate([d for d, _ in answers], axis=1)
    ids = np.concatenate([i for _, i in answers], axis=1)
    order = np.lexsort((ids, distances), axis=1)[:, :near]
    return np.take_along_axis(distances, order, 1), np.take_along_axis(ids, order, 1)


def on_shards(
    codes: np.ndarray,
    queries: np.ndarray,
    shards: int,
    near: int,
    time: Callable[[Callable[[], object]], float],
) -> float:
    """Search on Dask workers, a process each, and hold the answer against one index.

    Returns the seconds that `time` gives for the whole batch, transport included.
    """
    from dask.distributed import Client, LocalCluster

    whole = faiss.IndexBinaryFlat(8 * codes.shape[1])
    whole.add(codes)
    exact, exact_ids = whole.search(queries, near)
    parts = np.array_split(codes, shards)
    firsts = np.cumsum([0, *map(len, parts)])
    with (
        LocalCluster(
            n_workers=shards,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
        ) as cluster,
        Client(cluster) as client,
    ):
        workers = sorted(client.scheduler_info()["workers"])
        held = [
            client.submit(shard, client.scatter(part, workers=[w]), workers=[w])
            for part, w in zip(parts, workers, strict=True)
        ]

        def ask() -> tuple[np.ndarray, np.ndarray]:
            jobs = [
                client.submit(ask_shard, i, f, queries, near, workers=[w], pure=False)
                for i, f, w in zip(held, firsts, workers, strict=False)
            ]
            return merge(client.gather(jobs), near)

        distances, ids = ask()
        seconds = time(ask)
    if not np.array_equal(distances, exact):
        raise SystemExit("The shards and the whole index disagree on a distance.")
    # Which of several at the last distance are kept is faiss's own choice.
    for row in range(len(queries)):
        inside = exact[row] < exact[row, -1]
        if set(ids[row, inside]) != set(exact_ids[row, inside]):
            raise SystemExit(f"The shards found other neighbours for query {row}.")
    return seconds
