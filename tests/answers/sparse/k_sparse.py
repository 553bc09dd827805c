# %% right: top_k and scatter
def k_sparse(h, k):
    from cs5045ae.backend import tf

    values, indices = tf.math.top_k(h, k)
    kept = tf.reduce_sum(tf.one_hot(indices, h.shape[1], dtype=h.dtype), axis=1)
    return kept * h

# %% right: row by row, with Python's stable sort
def k_sparse(h, k):
    code = np.zeros_like(h)
    for i, row in enumerate(h):
        for j in sorted(range(len(row)), key=lambda j: -row[j])[:k]:
            code[i, j] = row[j]
    return code

# %% right: ranks, from an order of order
def k_sparse(h, k):
    rank = np.argsort(np.argsort(-h, axis=1, kind="stable"), axis=1)
    return h * (rank < k)

# %% wrong (1 of 2): a threshold, which keeps all equal values
# check_k_sparse_edges: Of equal values those further left
def k_sparse(h, k):
    return np.where(h >= np.sort(h, axis=1)[:, -k][:, None], h, 0)

# %% wrong (0 of 2): not written
# check_k_sparse: is not written yet
# check_k_sparse_edges: is not written yet
def k_sparse(h, k):
    raise NotImplementedError

# %% wrong (0 of 2): the k largest of the whole batch
# check_k_sparse: Choose the k largest in each ROW
# check_k_sparse_edges: Choose the k largest in each ROW
def k_sparse(h, k):
    code = np.zeros(h.size)
    largest = np.argsort(-h.ravel(), kind="stable")[:k]
    code[largest] = h.ravel()[largest]
    return code.reshape(h.shape)

# %% wrong (0 of 2): the k largest of each column
# check_k_sparse: Keep the k largest of each row
# check_k_sparse_edges: Choose the k largest in each ROW
def k_sparse(h, k):
    rank = np.argsort(np.argsort(-h, axis=0, kind="stable"), axis=0)
    return h * (rank < k)

# %% wrong (0 of 2): magnitudes
# check_k_sparse: not the largest magnitudes
# check_k_sparse_edges: not the largest magnitudes
def k_sparse(h, k):
    rank = np.argsort(np.argsort(-np.abs(h), axis=1, kind="stable"), axis=1)
    return h * (rank < k)

# %% wrong (0 of 2): the smallest
# check_k_sparse: These are the smallest values
# check_k_sparse_edges: These are the smallest values
def k_sparse(h, k):
    rank = np.argsort(np.argsort(h, axis=1, kind="stable"), axis=1)
    return h * (rank < k)

# %% wrong (0 of 2): a mask
# check_k_sparse: a mask of zeros and ones
# check_k_sparse_edges: a mask of zeros and ones
def k_sparse(h, k):
    rank = np.argsort(np.argsort(-h, axis=1, kind="stable"), axis=1)
    return (rank < k).astype(float)

# %% wrong (0 of 2): the others are left out
# check_k_sparse: the other nodes are set to 0
# check_k_sparse_edges: the other nodes are set to 0
def k_sparse(h, k):
    return -np.sort(-h, axis=1)[:, :k]

# %% wrong (0 of 2): nothing is done
# check_k_sparse: in use as in training
# check_k_sparse_edges: in use as in training
def k_sparse(h, k, training=False):
    rank = np.argsort(np.argsort(-h, axis=1, kind="stable"), axis=1)
    return h * (rank < k) if training else h

# %% wrong (0 of 2): a ReLU on top
# check_k_sparse: negative ones too: no ReLU
# check_k_sparse_edges: negative ones too: no ReLU
def k_sparse(h, k):
    rank = np.argsort(np.argsort(-h, axis=1, kind="stable"), axis=1)
    return np.maximum(h * (rank < k), 0)

# %% wrong (0 of 2): larger than the k-th
# check_k_sparse: One less than k is kept
# check_k_sparse_edges: One less than k is kept
def k_sparse(h, k):
    return np.where(h > np.sort(h, axis=1)[:, -k][:, None], h, 0)

# %% wrong (1 of 2): the largest last, from the right
# check_k_sparse_edges: Of equal values those further left
def k_sparse(h, k):
    order = np.argsort(h, axis=1, kind="stable")
    code = np.zeros_like(h)
    largest = order[:, h.shape[1] - k :]
    np.put_along_axis(code, largest, np.take_along_axis(h, largest, 1), axis=1)
    return code

# %% wrong (0 of 2): writes into its argument
# check_k_sparse: changed its argument h
# check_k_sparse_edges: changed its argument h
def k_sparse(h, k):
    rank = np.argsort(np.argsort(-h, axis=1, kind="stable"), axis=1)
    h[rank >= k] = 0
    return h

# %% wrong (0 of 2): the columns of all rows in every row
# check_k_sparse: `np.put_along_axis` goes row by row
# check_k_sparse_edges: Choose the k largest in each ROW
def k_sparse(h, k):
    indices = np.argsort(-h, axis=1, kind="stable")[:, :k]
    z = np.zeros_like(h)
    z[:, indices] = h[:, indices]
    return z

# %% wrong (1 of 2): an order that is not stable
# check_k_sparse_edges: Of equal values those further left
def k_sparse(h, k):
    indices = np.argsort(-h, axis=1)[:, :k]
    kept = np.zeros(h.shape, dtype=bool)
    np.put_along_axis(kept, indices, True, axis=1)
    return kept * h

# %% wrong (1 of 2): equal values told apart by small steps
# check_k_sparse_edges: Nodes are compared by h as it is
def k_sparse(h, k):
    indices = np.argsort(-(h - 1e-9 * np.arange(h.shape[1])), axis=1)[:, :k]
    kept = np.zeros(h.shape, dtype=bool)
    np.put_along_axis(kept, indices, True, axis=1)
    return kept * h

# %% wrong (0 of 2): one too many
# check_k_sparse: here it is one more
# check_k_sparse_edges: here it is one more
def k_sparse(h, k):
    indices = np.argsort(-h, axis=1, kind="stable")[:, : k + 1]
    kept = np.zeros(h.shape, dtype=bool)
    np.put_along_axis(kept, indices, True, axis=1)
    return kept * h
