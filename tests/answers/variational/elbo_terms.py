# %% right: by einsum, per image first
def elbo_terms(x, x_hat, mu, log_var, beta):
    p = np.clip(np.float64(x_hat), 1e-7, 1 - 1e-7)
    bce = -np.einsum("nd,nd->n", x, np.log(p)) - np.einsum("nd,nd->n", 1 - x, np.log1p(-p))
    kl = -0.5 * np.sum(1 + log_var - mu**2 - np.exp(log_var), axis=1)
    return bce.mean(), kl.mean(), np.mean(bce + beta * kl)

# %% right: one sum over everything, divided by n, as a list
def elbo_terms(x, x_hat, mu, log_var, beta):
    n = len(x)
    p = np.minimum(np.maximum(x_hat.astype(float), 1e-7), 1 - 1e-7)
    first = -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p)) / n
    second = np.sum(mu**2 + np.exp(log_var) - 1 - log_var) / (2 * n)
    return [first, second, first + beta * second]

# %% wrong (0 of 3): the mean over the pixels
# check_elbo_terms: Sum over the pixels, then average
# check_elbo_beta: Sum over the pixels, then average
def elbo_terms(x, x_hat, mu, log_var, beta):
    p = np.clip(np.asarray(x_hat, dtype=float), 1e-7, 1 - 1e-7)
    bce = -np.mean(x * np.log(p) + (1 - x) * np.log(1 - p))
    kl = np.mean(np.sum(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)) / 2
    return bce, kl, bce + beta * kl

# %% wrong (2 of 3): beta is not used
# check_elbo_beta: beta is not used
def elbo_terms(x, x_hat, mu, log_var, beta):
    p = np.clip(np.asarray(x_hat, dtype=float), 1e-7, 1 - 1e-7)
    bce = -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=1).mean()
    kl = np.mean(np.sum(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)) / 2
    return bce, kl, bce + kl

# %% wrong (0 of 3): subtracts the KL
# check_elbo_terms: it is a price
# check_elbo_beta: it is a price
def elbo_terms(x, x_hat, mu, log_var, beta):
    p = np.clip(np.asarray(x_hat, dtype=float), 1e-7, 1 - 1e-7)
    bce = -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=1).mean()
    kl = np.mean(np.sum(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)) / 2
    return bce, kl, bce - beta * kl

# %% wrong (0 of 3): the mean over the code
# check_elbo_terms: the mean over the code is k times too small
# check_elbo_beta: the mean over the code is k times too small
def elbo_terms(x, x_hat, mu, log_var, beta):
    p = np.clip(np.asarray(x_hat, dtype=float), 1e-7, 1 - 1e-7)
    bce = -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=1).mean()
    kl = np.mean(mu**2 + np.exp(log_var) - 1 - log_var) / 2
    return bce, kl, bce + beta * kl

# %% wrong (1 of 3): no clip
# check_elbo_terms: NaN
def elbo_terms(x, x_hat, mu, log_var, beta):
    with np.errstate(all="ignore"):
        pixels = x * np.log(x_hat) + (1 - x) * np.log(1 - x_hat)
    bce = -pixels.sum(axis=1).mean()
    kl = np.mean(np.sum(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)) / 2
    return bce, kl, bce + beta * kl

# %% wrong (0 of 3): the squared error
# check_elbo_terms: This is the squared error
# check_elbo_beta: This is the squared error
def elbo_terms(x, x_hat, mu, log_var, beta):
    error = ((x - x_hat) ** 2).sum(axis=1).mean()
    kl = np.mean(np.sum(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)) / 2
    return error, kl, error + beta * kl

# %% right: Keras' loss, d times
def elbo_terms(x, x_hat, mu, log_var, beta):
    error = float(np.mean(keras.losses.binary_crossentropy(x, x_hat))) * x.shape[1]
    kl = (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean() / 2
    return error, kl, error + beta * kl

# %% wrong (0 of 3): the KL first
# check_elbo_terms: The order is reconstruction, kl, loss
# check_elbo_beta: The order is reconstruction, kl, loss
def elbo_terms(x, x_hat, mu, log_var, beta):
    p = np.clip(np.asarray(x_hat, dtype=float), 1e-7, 1 - 1e-7)
    bce = -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=1).mean()
    kl = np.mean(np.sum(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)) / 2
    return kl, bce, bce + beta * kl

# %% wrong (1 of 3): clips log_var
# check_elbo_terms: Half the sum over the code
def elbo_terms(x, x_hat, mu, log_var, beta):
    log_var = np.clip(log_var, -6, 6)
    p = np.clip(np.asarray(x_hat, dtype=float), 1e-7, 1 - 1e-7)
    bce = -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=1).mean()
    kl = np.mean(np.sum(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)) / 2
    return bce, kl, bce + beta * kl

# %% wrong (1 of 3): clipped at twice 1e-7
# check_elbo_terms: with x_hat clipped to [1e-7, 1 - 1e-7]
def elbo_terms(x, x_hat, mu, log_var, beta):
    p = np.clip(np.asarray(x_hat, dtype=float), 2e-7, 1 - 2e-7)
    bce = -np.sum(x * np.log(p) + (1 - x) * np.log(1 - p), axis=1).mean()
    kl = np.mean(np.sum(mu**2 + np.exp(log_var) - 1 - log_var, axis=1)) / 2
    return bce, kl, bce + beta * kl
