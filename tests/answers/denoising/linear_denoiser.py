# %% right: the inverse
def linear_denoiser(x_noisy, x, strength):
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    a = (x_noisy - m).astype(float)
    w = np.linalg.inv(a.T @ a + strength * np.eye(a.shape[1])) @ a.T @ (x - c)
    return w, c - m @ w

# %% right: a column of ones without a cost
def linear_denoiser(x_noisy, x, strength):
    n, d = x_noisy.shape
    a = np.hstack([x_noisy, np.ones((n, 1))])
    cost = strength * np.eye(d + 1)
    cost[d, d] = 0
    solution = np.linalg.solve(a.T @ a + cost, a.T @ x)
    return solution[:d], solution[d]

# %% right: scikit-learn
def linear_denoiser(x_noisy, x, strength):
    from sklearn.linear_model import Ridge

    ridge = Ridge(alpha=strength).fit(x_noisy, x)
    return np.atleast_2d(ridge.coef_).T, ridge.intercept_

# %% right: by the singular values
def linear_denoiser(x_noisy, x, strength):
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    u, s, vt = np.linalg.svd(x_noisy - m, full_matrices=False)
    w = vt.T @ ((s / (s**2 + strength))[:, None] * (u.T @ (x - c)))
    return [w, c - m @ w]

# %% wrong (0 of 3): not written
# check_linear_denoiser: is not written yet
# check_linear_denoiser_edges: is not written yet
def linear_denoiser(x_noisy, x, strength):
    raise NotImplementedError

# %% wrong (0 of 3): not centred
# check_linear_denoiser: Centre both sides first
# check_linear_denoiser_edges: weight
def linear_denoiser(x_noisy, x, strength):
    d = x.shape[1]
    w = np.linalg.solve(x_noisy.T @ x_noisy + strength * np.eye(d), x_noisy.T @ x)
    return w, x.mean(axis=0) - x_noisy.mean(axis=0) @ w

# %% wrong (0 of 3): the bias is punished
# check_linear_denoiser: The bias is not punished
# check_linear_denoiser_edges: bias is not punished
def linear_denoiser(x_noisy, x, strength):
    n, d = x_noisy.shape
    a = np.hstack([x_noisy, np.ones((n, 1))])
    solution = np.linalg.solve(a.T @ a + strength * np.eye(d + 1), a.T @ x)
    return solution[:d], solution[d]

# %% wrong (0 of 3): the mean over the images in place of the sum
# check_linear_denoiser: strength stands beside the sum
# check_linear_denoiser_edges: weights
def linear_denoiser(x_noisy, x, strength):
    n, d = x.shape
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    a, b = x_noisy - m, x - c
    w = np.linalg.solve(a.T @ a / n + strength * np.eye(d), a.T @ b / n)
    return w, c - m @ w

# %% wrong (0 of 3): no strength
# check_linear_denoiser: The strength is missing
# check_linear_denoiser_edges: weights
def linear_denoiser(x_noisy, x, strength):
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    w = np.linalg.lstsq(x_noisy - m, x - c, rcond=None)[0]
    return w, c - m @ w

# %% wrong (0 of 3): the transpose
# check_linear_denoiser: The weights are transposed
# check_linear_denoiser_edges: weights
def linear_denoiser(x_noisy, x, strength):
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    a = x_noisy - m
    w = np.linalg.solve(a.T @ a + strength * np.eye(a.shape[1]), a.T @ (x - c))
    return w.T, c - m @ w

# %% wrong (0 of 3): from clean to noisy
# check_linear_denoiser: turn the pair round
# check_linear_denoiser_edges: weights
def linear_denoiser(x_noisy, x, strength):
    m, c = x.mean(axis=0), x_noisy.mean(axis=0)
    a = x - m
    w = np.linalg.solve(a.T @ a + strength * np.eye(a.shape[1]), a.T @ (x_noisy - c))
    return w, c - m @ w

# %% wrong (0 of 3): the target is noisy
# check_linear_denoiser: The target is the CLEAN image
# check_linear_denoiser_edges: weights
def linear_denoiser(x_noisy, x, strength):
    m = x_noisy.mean(axis=0)
    a = x_noisy - m
    w = np.linalg.solve(a.T @ a + strength * np.eye(a.shape[1]), a.T @ a)
    return w, m - m @ w

# %% wrong (0 of 3): the bias is the mean of the clean images
# check_linear_denoiser: what the mean of the clean images lacks
# check_linear_denoiser_edges: the mean of the clean images
def linear_denoiser(x_noisy, x, strength):
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    a = x_noisy - m
    w = np.linalg.solve(a.T @ a + strength * np.eye(a.shape[1]), a.T @ (x - c))
    return w, c

# %% wrong (0 of 3): no bias
# check_linear_denoiser: There is a bias
# check_linear_denoiser_edges: bias
def linear_denoiser(x_noisy, x, strength):
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    a = x_noisy - m
    w = np.linalg.solve(a.T @ a + strength * np.eye(a.shape[1]), a.T @ (x - c))
    return w, np.zeros(len(c))

# %% wrong (0 of 3): the order of the pair
# check_linear_denoiser: The order is weights, bias
# check_linear_denoiser_edges: The order is weights, bias
def linear_denoiser(x_noisy, x, strength):
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    a = x_noisy - m
    w = np.linalg.solve(a.T @ a + strength * np.eye(a.shape[1]), a.T @ (x - c))
    return c - m @ w, w

# %% wrong (0 of 3): the strength is squared
# check_linear_denoiser: not its square
# check_linear_denoiser_edges: weights
def linear_denoiser(x_noisy, x, strength):
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    a = x_noisy - m
    w = np.linalg.solve(a.T @ a + strength**2 * np.eye(a.shape[1]), a.T @ (x - c))
    return w, c - m @ w

# %% wrong (2 of 3): works for many pairs only
# check_linear_denoiser_edges: stopped with
def linear_denoiser(x_noisy, x, strength):
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    a = x_noisy - m
    if len(a) <= a.shape[1]:
        raise ValueError("not enough images")
    w = np.linalg.solve(a.T @ a + strength * np.eye(a.shape[1]), a.T @ (x - c))
    return w, c - m @ w

# %% wrong (2 of 3): a strength that has a limit
# check_linear_denoiser_edges: weights
def linear_denoiser(x_noisy, x, strength):
    m, c = x_noisy.mean(axis=0), x.mean(axis=0)
    a = x_noisy - m
    alive = a.std(axis=0) > 0
    w = np.zeros((a.shape[1], a.shape[1]))
    left = a[:, alive].T @ a[:, alive]
    floor = min(strength, 100.0)
    w[alive] = np.linalg.solve(left + floor * np.eye(alive.sum()), a[:, alive].T @ (x - c))
    return w, c - m @ w
