# %% right: by sigma, as in the paper
def kl_to_standard_normal(mu, log_var):
    sigma = np.exp(log_var / 2)
    return -0.5 * np.sum(1 + 2 * np.log(sigma) - mu**2 - sigma**2, axis=1)

# %% right: a loop, as a list
def kl_to_standard_normal(mu, log_var):
    return [
        sum((m * m + np.exp(v) - 1 - v) / 2 for m, v in zip(a, b))
        for a, b in zip(mu, log_var)
    ]

# %% right: with Keras
def kl_to_standard_normal(mu, log_var):
    mu, log_var = (keras.ops.cast(a, "float64") for a in (mu, log_var))
    return 0.5 * keras.ops.sum(mu**2 + keras.ops.exp(log_var) - 1 - log_var, axis=-1)

# %% wrong (0 of 3): the mean over the code
# check_kl: Sum over the numbers of the code
# check_kl_edges: Sum over the numbers of the code
def kl_to_standard_normal(mu, log_var):
    return 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).mean(axis=1)

# %% wrong (0 of 3): the minus is lost
# check_kl: A KL divergence is never below 0
# check_kl_edges: The sign is turned
def kl_to_standard_normal(mu, log_var):
    return 0.5 * (1 + log_var - mu**2 - np.exp(log_var)).sum(axis=1)

# %% wrong (0 of 3): a factor 2 at log_var
# check_kl: log_var holds the factor 2 already
# check_kl_edges: log_var holds the factor 2 already
def kl_to_standard_normal(mu, log_var):
    return 0.5 * (mu**2 + np.exp(log_var) - 1 - 2 * log_var).sum(axis=1)

# %% wrong (0 of 3): the other direction
# check_kl: the other direction
# check_kl_edges: the other direction
def kl_to_standard_normal(mu, log_var):
    return 0.5 * ((1 + mu**2) / np.exp(log_var) - 1 + log_var).sum(axis=1)

# %% wrong (0 of 3): without the half
# check_kl: The factor 1/2 is missing
# check_kl_edges: The factor 1/2 is missing
def kl_to_standard_normal(mu, log_var):
    return (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1)

# %% wrong (0 of 3): averaged over the batch
# check_kl: One number for each image is due
# check_kl_edges: One number for each image is due
def kl_to_standard_normal(mu, log_var):
    return 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1).mean()

# %% wrong (2 of 3): clips log_var
# check_kl_edges: Half the sum over the code
def kl_to_standard_normal(mu, log_var):
    log_var = np.clip(log_var, -10, 10)
    return 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1)

# %% wrong (0 of 3): summed over the images
# check_kl: sum over the code, which is axis 1
# check_kl_edges: Here the images were summed
def kl_to_standard_normal(mu, log_var):
    return 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=0)
