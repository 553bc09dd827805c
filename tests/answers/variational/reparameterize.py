# %% right: the root of the variance
def reparameterize(mu, log_var, eps):
    return mu + np.sqrt(np.exp(log_var)) * eps

# %% right: a loop, as a list
def reparameterize(mu, log_var, eps):
    z = []
    for m, v, e in zip(mu, log_var, eps):
        z.append([a + np.exp(0.5 * b) * c for a, b, c in zip(m, v, e)])
    return z

# %% right: with Keras
def reparameterize(mu, log_var, eps):
    mu, log_var, eps = (keras.ops.convert_to_tensor(a) for a in (mu, log_var, eps))
    return mu + keras.ops.exp(log_var / 2) * eps

# %% wrong (0 of 2): the variance for the standard deviation
# check_reparameterize: exp(log_var) is the variance
# check_reparameterize_edges: exp(log_var) is the variance
def reparameterize(mu, log_var, eps):
    return mu + np.exp(log_var) * eps

# %% wrong (0 of 2): eps is not used
# check_reparameterize: Use the eps that is passed in
# check_reparameterize_edges: Use the eps that is passed in
def reparameterize(mu, log_var, eps):
    return mu + np.exp(log_var / 2)

# %% wrong (0 of 2): draws its own noise
# check_reparameterize: z = mu + exp(log_var / 2) * eps
# check_reparameterize_edges: z = mu + exp(log_var / 2) * eps
def reparameterize(mu, log_var, eps):
    return mu + np.exp(log_var / 2) * np.random.randn(*mu.shape)

# %% wrong (0 of 2): the logarithm itself
# check_reparameterize: log_var is a logarithm
# check_reparameterize_edges: log_var is a logarithm
def reparameterize(mu, log_var, eps):
    return mu + log_var * eps

# %% wrong (0 of 2): changes mu in place
# check_reparameterize: changed its argument mu
# check_reparameterize_edges: changed its argument mu
def reparameterize(mu, log_var, eps):
    mu += np.exp(log_var / 2) * eps
    return mu

# %% wrong (1 of 2): drops the batch axis of a single image
# check_reparameterize_edges: not of shape (1, 5)
def reparameterize(mu, log_var, eps):
    return np.squeeze(mu + np.exp(log_var / 2) * eps)

# %% wrong (1 of 2): clips log_var above
# check_reparameterize_edges: z = mu + exp(log_var / 2) * eps
def reparameterize(mu, log_var, eps):
    return mu + np.exp(np.minimum(log_var, 10) / 2) * eps

# %% wrong (1 of 2): keeps the first sigma of a shape
# check_reparameterize: z = mu + exp(log_var / 2) * eps
def reparameterize(mu, log_var, eps, kept={}):
    sigma = kept.setdefault(mu.shape, np.exp(log_var / 2))
    return mu + (sigma if len(mu) == 2 else np.exp(log_var / 2)) * eps
