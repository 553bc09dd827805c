# %% right: one fraction for both parts
def kl_gradient(h, rho):
    n, q = h.shape[0], np.clip(np.mean(h, axis=0), 1e-7, 1 - 1e-7)
    return np.ones((n, 1)) * ((q - rho) / (q * (1 - q)) / n)

# %% right: broadcasting, another small number
def kl_gradient(h, rho):
    q = h.mean(axis=0).clip(1e-9, 1 - 1e-9)
    return np.zeros_like(h) + (-rho / q + (1 - rho) / (1 - q)) / len(h)

# %% right: GradientTape, past the clip
def kl_gradient(h, rho):
    from cs5045ae.backend import tf

    q = tf.constant(np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7), dtype=tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(q)
        kl = tf.reduce_sum(-rho * tf.math.log(q) - (1 - rho) * tf.math.log(1 - q))
    return tf.tile(tape.gradient(kl, q)[None] / len(h), [len(h), 1])

# %% wrong (0 of 2): not written
# check_kl_gradient: is not written yet
# check_kl_gradient_edges: is not written yet
def kl_gradient(h, rho):
    raise NotImplementedError

# %% wrong (0 of 2): the slope by rho_hat
# check_kl_gradient: divide by n
# check_kl_gradient_edges: off by
def kl_gradient(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return np.tile((1 - rho) / (1 - q) - rho / q, (len(h), 1))

# %% wrong (0 of 2): one number a node
# check_kl_gradient: The slope by every activation is due
# check_kl_gradient_edges: not of shape
def kl_gradient(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return ((1 - rho) / (1 - q) - rho / q) / len(h)

# %% wrong (0 of 2): the sign
# check_kl_gradient: The sign is turned
# check_kl_gradient_edges: off by
def kl_gradient(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return np.tile((rho / q - (1 - rho) / (1 - q)) / len(h), (len(h), 1))

# %% wrong (0 of 2): one part
# check_kl_gradient: The part with 1 - rho is missing
# check_kl_gradient_edges: off by
def kl_gradient(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return np.tile(-rho / q / len(h), (len(h), 1))

# %% wrong (0 of 2): both parts added
# check_kl_gradient: rho / rho_hat is subtracted
# check_kl_gradient_edges: off by
def kl_gradient(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return np.tile((rho / q + (1 - rho) / (1 - q)) / len(h), (len(h), 1))

# %% wrong (0 of 2): both parts subtracted
# check_kl_gradient: The sign of the second part is turned
# check_kl_gradient_edges: off by
def kl_gradient(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return np.tile(-(rho / q + (1 - rho) / (1 - q)) / len(h), (len(h), 1))

# %% wrong (0 of 2): every activation for itself
# check_kl_gradient: the same for all inputs
# check_kl_gradient_edges: off by
def kl_gradient(h, rho):
    q = np.clip(h, 1e-7, 1 - 1e-7)
    return ((1 - rho) / (1 - q) - rho / q) / len(h)

# %% wrong (0 of 2): the mean over the nodes
# check_kl_gradient: do not divide by their number
# check_kl_gradient_edges: off by
def kl_gradient(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return np.tile(((1 - rho) / (1 - q) - rho / q) / h.size, (len(h), 1))

# %% wrong (1 of 2): no clip
# check_kl_gradient_edges: Move the means into
def kl_gradient(h, rho):
    q = h.mean(axis=0)
    return np.tile(((1 - rho) / (1 - q) - rho / q) / len(h), (len(h), 1))

# %% wrong (1 of 2): automatic differentiation through the clip
# check_kl_gradient_edges: With 0 it would stay there for ever
def kl_gradient(h, rho):
    from cs5045ae.backend import tf

    h = tf.constant(h, dtype=tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(h)
        q = tf.clip_by_value(tf.reduce_mean(h, axis=0), 1e-7, 1 - 1e-7)
        kl = tf.reduce_sum(-rho * tf.math.log(q) - (1 - rho) * tf.math.log(1 - q))
    return tape.gradient(kl, h)

# %% wrong (1 of 2): clipped far from the edges
# check_kl_gradient_edges: which is too small
def kl_gradient(h, rho):
    q = np.clip(h.mean(axis=0), 0.01, 0.99)
    return np.tile(((1 - rho) / (1 - q) - rho / q) / len(h), (len(h), 1))

# %% wrong (1 of 2): what is not finite becomes 0
# check_kl_gradient_edges: With 0 it would stay there for ever
def kl_gradient(h, rho):
    q = h.mean(axis=0)
    with np.errstate(all="ignore"):
        slope = ((1 - rho) / (1 - q) - rho / q) / len(h)
    return np.tile(np.where(np.isfinite(slope), slope, 0), (len(h), 1))
