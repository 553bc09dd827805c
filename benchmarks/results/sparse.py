"""The headline of 06_sparse: a linear classifier on k-sparse codes."""

import numpy as np

from benchmarks.results.headlines import Data, headline

CODE_SIZE, K = 1000, 25


@headline(
    "06_sparse",
    "1,000 nodes, k = 25, logistic regression on the code: mistakes on test digits, %",
    "1.35 on the full set; raw pixels 7.20 (Makhzani & Frey 2013, Table 1)",
)
def k_sparse_1000(data: Data, seed: int) -> float:
    from sklearn.linear_model import LogisticRegression

    from cs5045ae.reference import sparse_k_networks

    epochs = data.epochs(15, 4)
    network = sparse_k_networks.train_k_sparse(data.x_train, CODE_SIZE, K, epochs, seed)

    def codes(x: np.ndarray) -> np.ndarray:
        # In pieces: the order of 60,000 x 1,000 activations would take gigabytes.
        pieces = np.array_split(x, max(1, len(x) // 2000))
        coded = [sparse_k_networks.k_sparse_code(network, piece, K) for piece in pieces]
        return np.concatenate([z.astype(np.float32) for z in coded])

    probe = LogisticRegression(max_iter=100).fit(codes(data.x_train), data.y_train)
    return 100 * (1 - probe.score(codes(data.x_test), data.y_test))
