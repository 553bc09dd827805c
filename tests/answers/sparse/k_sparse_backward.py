# %% right: GradientTape through top_k
def k_sparse_backward(h, k, g):
    from cs5045ae.backend import tf

    h = tf.constant(h)
    with tf.GradientTape() as tape:
        tape.watch(h)
        indices = tf.math.top_k(h, k)[1]
        kept = tf.reduce_sum(tf.one_hot(indices, h.shape[1], dtype=h.dtype), axis=1)
        code = kept * h
    return tape.gradient(code, h, output_gradients=tf.constant(g))

# %% right: a loop over rows
def k_sparse_backward(h, k, g):
    back = np.zeros_like(g)
    for i in range(len(h)):
        kept = sorted(range(h.shape[1]), key=lambda j: (-h[i, j], j))[:k]
        back[i, kept] = g[i, kept]
    return back

# %% wrong (0 of 2): not written
# check_k_sparse_backward: is not written yet
# check_k_sparse_backward_edges: is not written yet
def k_sparse_backward(h, k, g):
    raise NotImplementedError

# %% wrong (0 of 2): everything passes
# check_k_sparse_backward: the gradient of all others is 0
# check_k_sparse_backward_edges: the gradient of all others is 0
def k_sparse_backward(h, k, g):
    return g.copy()

# %% wrong (1 of 2): where the code is not 0
# check_k_sparse_backward_edges: not which are different from 0
def k_sparse_backward(h, k, g):
    rank = np.argsort(np.argsort(-h, axis=1, kind="stable"), axis=1)
    return g * (h * (rank < k) != 0)

# %% wrong (1 of 2): equal values pass together
# check_k_sparse_backward_edges: Of equal values those further left
def k_sparse_backward(h, k, g):
    return np.where(h >= np.sort(h, axis=1)[:, -k][:, None], g, 0)

# %% wrong (0 of 2): the k largest slopes
# check_k_sparse_backward: chosen by h, not by the gradient
# check_k_sparse_backward_edges: chosen by h, not by the gradient
def k_sparse_backward(h, k, g):
    rank = np.argsort(np.argsort(-g, axis=1, kind="stable"), axis=1)
    return g * (rank < k)

# %% wrong (0 of 2): the code in place of the gradient
# check_k_sparse_backward: its gradient is due
# check_k_sparse_backward_edges: its gradient is due
def k_sparse_backward(h, k, g):
    rank = np.argsort(np.argsort(-h, axis=1, kind="stable"), axis=1)
    return h * (rank < k)

# %% wrong (0 of 2): times the activation
# check_k_sparse_backward: so their slope is 1
# check_k_sparse_backward_edges: so their slope is 1
def k_sparse_backward(h, k, g):
    rank = np.argsort(np.argsort(-h, axis=1, kind="stable"), axis=1)
    return h * g * (rank < k)

# %% wrong (0 of 2): the mask alone
# check_k_sparse_backward: this is the mask alone
# check_k_sparse_backward_edges: this is the mask alone
def k_sparse_backward(h, k, g):
    rank = np.argsort(np.argsort(-h, axis=1, kind="stable"), axis=1)
    return 1.0 * (rank < k)

# %% wrong (0 of 2): magnitudes
# check_k_sparse_backward: not the largest magnitudes
# check_k_sparse_backward_edges: not the largest magnitudes
def k_sparse_backward(h, k, g):
    rank = np.argsort(np.argsort(-np.abs(h), axis=1, kind="stable"), axis=1)
    return g * (rank < k)

# %% wrong (0 of 2): the largest of the whole batch
# check_k_sparse_backward: Choose the k largest in each ROW
# check_k_sparse_backward_edges: Choose the k largest in each ROW
def k_sparse_backward(h, k, g):
    kept = np.zeros(h.size)
    kept[np.argsort(-h.ravel(), kind="stable")[:k]] = 1
    return g * kept.reshape(h.shape)

# %% wrong (1 of 2): an order that is not stable
# check_k_sparse_backward_edges: Of equal values those further left
def k_sparse_backward(h, k, g):
    indices = np.argsort(-h, axis=1)[:, :k]
    kept = np.zeros(h.shape, dtype=bool)
    np.put_along_axis(kept, indices, True, axis=1)
    return kept * g

# %% wrong (1 of 2): equal values told apart by small steps
# check_k_sparse_backward_edges: Nodes are compared by h as it is
def k_sparse_backward(h, k, g):
    indices = np.argsort(-(h - 1e-9 * np.arange(h.shape[1])), axis=1)[:, :k]
    kept = np.zeros(h.shape, dtype=bool)
    np.put_along_axis(kept, indices, True, axis=1)
    return kept * g
