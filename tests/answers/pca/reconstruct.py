# %% right: einsum
def reconstruct(z, mean, components):
    return mean + np.einsum("nk,kd->nd", z, components)

# %% right: one component after the other
def reconstruct(z, mean, components):
    x_hat = np.tile(mean, (len(z), 1)).astype(float)
    for j, component in enumerate(components):
        x_hat = x_hat + np.outer(z[:, j], component)
    return x_hat

# %% right: transposed twice, as a list
def reconstruct(z, mean, components):
    return (components.T @ z.T + mean[:, None]).T.tolist()

# %% wrong (0 of 2): not written
# check_reconstruct: is not written yet
def reconstruct(z, mean, components):
    raise NotImplementedError

# %% wrong (0 of 2): without the mean
# check_reconstruct: Add the mean at the end
def reconstruct(z, mean, components):
    return z @ components

# %% wrong (0 of 2): subtracts the mean
# check_reconstruct: You subtracted the mean
def reconstruct(z, mean, components):
    return z @ components - mean

# %% wrong (0 of 2): clips
# check_reconstruct: Do not clip
def reconstruct(z, mean, components):
    return np.clip(z @ components + mean, 0, 1)

# %% wrong (0 of 2): adds the mean before the product
# check_reconstruct: stopped with ValueError
def reconstruct(z, mean, components):
    return (z + mean) @ components

# %% wrong (0 of 2): transposed where the shapes allow it
# check_reconstruct: do not transpose
def reconstruct(z, mean, components):
    if components.shape[0] == components.shape[1]:
        return z @ components.T + mean
    return z @ components + mean

# %% wrong (0 of 2): one image a column
# check_reconstruct: One image a row
def reconstruct(z, mean, components):
    return (z @ components + mean).T

# %% wrong (0 of 2): the mean of the code
# check_reconstruct: You added the mean of z
def reconstruct(z, mean, components):
    return z @ components + z.mean()

# %% wrong (0 of 2): changes its argument
# check_reconstruct: changed its argument mean
def reconstruct(z, mean, components):
    x_hat = z @ components
    mean *= 1.5
    return x_hat + mean / 1.5

# %% wrong (0 of 2): squeezes a single image
# check_reconstruct: Keep two axes
def reconstruct(z, mean, components):
    return np.squeeze(z @ components + mean)

# %% wrong (0 of 2): whole numbers
# check_reconstruct: Hint
def reconstruct(z, mean, components):
    return np.round(z @ components + mean)

# %% wrong (0 of 2): scales each image to [0, 1]
# check_reconstruct: Hint
def reconstruct(z, mean, components):
    x_hat = z @ components + mean
    x_hat = x_hat - x_hat.min(axis=1, keepdims=True)
    return x_hat / x_hat.max(axis=1, keepdims=True)

# %% wrong (0 of 2): one mean for all pixels
# check_reconstruct: not the mean of all pixels
def reconstruct(z, mean, components):
    return z @ components + mean.mean()

# %% wrong (0 of 2): centres the codes
# check_reconstruct: the codes are not centred again
def reconstruct(z, mean, components):
    return (z - z.mean(axis=0)) @ components + mean
