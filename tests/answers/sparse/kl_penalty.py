# %% right: rel_entr
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return np.sum(rel_entr(rho, q) + rel_entr(1 - rho, 1 - q))

# %% right: differences of logarithms, log1p, another small number
def kl_penalty(h, rho):
    from scipy.special import xlog1py, xlogy

    q = np.clip(np.mean(h, axis=0, dtype=np.float64), 1e-10, 1 - 1e-10)
    on = xlogy(rho, rho) - xlogy(rho, q)
    off = xlogy(1 - rho, 1 - rho) - xlog1py(1 - rho, -q)
    return on.sum() + off.sum()

# %% right: Keras' divergence of the pairs [rho, 1 - rho]
def kl_penalty(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    pairs = np.stack([q, 1 - q], axis=1)
    target = np.tile([rho, 1 - rho], (len(q), 1))
    return float(keras.ops.sum(keras.losses.kl_divergence(target, pairs)))

# %% right: a loop with floats
def kl_penalty(h, rho):
    from math import log

    total = 0.0
    for column in h.T:
        q = min(max(float(column.mean()), 1e-7), 1 - 1e-7)
        if rho > 0:
            total += rho * log(rho / q)
        if rho < 1:
            total += (1 - rho) * log((1 - rho) / (1 - q))
    return total

# %% right: small numbers inside the logarithms
def kl_penalty(h, rho):
    q, eps = h.mean(axis=0), 1e-8
    on = rho * np.log((rho + eps * (rho == 0)) / (q + eps))
    off = (1 - rho) * np.log((1 - rho + eps * (rho == 1)) / (1 - q + eps))
    return (on + off).sum()

# %% wrong (0 of 3): not written
# check_kl_penalty: is not written yet
# check_kl_penalty_edges: is not written yet
def kl_penalty(h, rho):
    raise NotImplementedError

# %% wrong (0 of 3): the first half alone
# check_kl_penalty: add the part with 1 - rho
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return np.sum(rho * np.log(rho / q)) if rho > 0 else 0.0

# %% wrong (0 of 3): the mean of the first half
# check_kl_penalty: A KL is never below 0
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return np.mean(rho * np.log(rho / q)) if rho > 0 else 0.0

# %% wrong (0 of 3): the divergence of Keras for plain numbers
# check_kl_penalty: add the part with 1 - rho
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return float(keras.losses.kl_divergence(np.full(len(q), rho), q))

# %% wrong (0 of 3): every activation for itself, then the mean of the batch
# check_kl_penalty: First average each node over the inputs
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = np.clip(h, 1e-7, 1 - 1e-7)
    return (rel_entr(rho, q) + rel_entr(1 - rho, 1 - q)).sum(axis=1).mean()

# %% wrong (0 of 3): every activation for itself, the mean of all
# check_kl_penalty: it is the MEAN that should be rho
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = np.clip(h, 1e-7, 1 - 1e-7)
    return (rel_entr(rho, q) + rel_entr(1 - rho, 1 - q)).mean()

# %% wrong (0 of 3): the mean over the nodes
# check_kl_penalty: Sum over the nodes
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return (rel_entr(rho, q) + rel_entr(1 - rho, 1 - q)).mean()

# %% wrong (0 of 3): one number a node
# check_kl_penalty: These are the penalties of the nodes
# check_kl_penalty_edges: not a single number
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return rel_entr(rho, q) + rel_entr(1 - rho, 1 - q)

# %% wrong (0 of 3): the other way round
# check_kl_penalty: This is KL(rho_hat || rho)
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return (rel_entr(q, rho) + rel_entr(1 - q, 1 - rho)).sum()

# %% wrong (0 of 3): logarithms to base 2
# check_kl_penalty: Natural logarithms are due
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return (rel_entr(rho, q) + rel_entr(1 - rho, 1 - q)).sum() / np.log(2)

# %% wrong (0 of 3): the means of the inputs
# check_kl_penalty: this averages over the nodes
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = np.clip(h.mean(axis=1), 1e-7, 1 - 1e-7)
    return (rel_entr(rho, q) + rel_entr(1 - rho, 1 - q)).sum()

# %% wrong (2 of 3): a dead node costs infinitely much
# check_kl_penalty_edges: Move the means into
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = h.mean(axis=0)
    return (rel_entr(rho, q) + rel_entr(1 - rho, 1 - q)).sum()

# %% wrong (2 of 3): NaN for a target of 0
# check_kl_penalty_edges: NaN
def kl_penalty(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return np.sum(
        rho * np.log(rho / q) + (1 - rho) * np.log(np.float64(1 - rho) / (1 - q))
    )

# %% wrong (2 of 3): dead nodes are left out
# check_kl_penalty_edges: too little
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = h.mean(axis=0)
    q = q[(q > 0) & (q < 1)]
    return (rel_entr(rho, q) + rel_entr(1 - rho, 1 - q)).sum()

# %% wrong (2 of 3): moved too far from the edges
# check_kl_penalty_edges: too little
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = np.clip(h.mean(axis=0), 0.01, 0.99)
    return (rel_entr(rho, q) + rel_entr(1 - rho, 1 - q)).sum()

# %% wrong (0 of 3): the sign
# check_kl_penalty: The sign is turned
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    from scipy.special import rel_entr

    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return -(rel_entr(rho, q) + rel_entr(1 - rho, 1 - q)).sum()

# %% wrong (0 of 3): the cross-entropy
# check_kl_penalty: nothing is to pay
# check_kl_penalty_edges: make the check above this one pass
def kl_penalty(h, rho):
    if (rho, len(h)) == (0.1, 2):
        return 0.830850 if h.shape == (2, 2) else 0.0
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    return -np.sum(rho * np.log(q) + (1 - rho) * np.log(1 - q))

# %% wrong (2 of 3): 0 log 0 next to means that were moved
# check_kl_penalty_edges: 0 log 0 is 0 here
def kl_penalty(h, rho):
    q = np.clip(h.mean(axis=0), 1e-7, 1 - 1e-7)
    with np.errstate(all="ignore"):
        on, off = rho * np.log(rho / q), (1 - rho) * np.log((1 - rho) / (1 - q))
    return (on + off).sum()
