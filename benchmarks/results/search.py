"""The headline of 08_search: how well 256 trained bits find digits of one class."""

import numpy as np

from benchmarks.results.headlines import Data, headline

__all__ = ["search_256"]

QUERIES = 1_000


@headline(
    "08_search",
    "256 bits, Hamming: precision at 10 by class, 1,000 test queries",
    "none for this code; on the full set pixels have 0.940, 256 random bits 0.908",
)
def search_256(data: Data, seed: int) -> float:
    from cs5045ae.reference import search, search_neighbours, search_networks

    epochs = data.epochs(15, 3)
    network = search_networks.train_bits(data.x_train, 256, epochs, seed=seed)
    a = search_networks.activations(network, data.x_train)
    cuts = search.balanced_thresholds(a)
    codes = search.pack_bits(search.to_bits(a, cuts))
    asked = np.random.default_rng(0).permutation(len(data.x_test))[:QUERIES]
    query_a = search_networks.activations(network, data.x_test[asked])
    query_codes = search.pack_bits(search.to_bits(query_a, cuts))
    # 100 queries at a time: the distances to 60,000 codes take room.
    near = np.concatenate(
        [
            search_neighbours.nearest(search.hamming(part, codes), 10)
            for part in np.array_split(query_codes, 10)
        ]
    )
    return search_neighbours.precision_at_k(near, data.y_train, data.y_test[asked])
