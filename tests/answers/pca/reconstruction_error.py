# %% right: norms
def reconstruction_error(x, x_hat):
    return np.mean(np.linalg.norm(x - x_hat, axis=1) ** 2)

# %% right: the sum of all by the number of images
def reconstruction_error(x, x_hat):
    return np.sum((x - x_hat) ** 2) / x.shape[0]

# %% right: d times the mean of all
def reconstruction_error(x, x_hat):
    return x.shape[1] * np.square(np.subtract(x, x_hat)).mean()

# %% right: loops
def reconstruction_error(x, x_hat):
    total = 0.0
    for row, other in zip(x, x_hat):
        total += float(np.dot(row - other, row - other))
    return total / len(x)

# %% wrong (0 of 2): not written
# check_reconstruction_error: is not written yet
def reconstruction_error(x, x_hat):
    raise NotImplementedError

# %% wrong (0 of 2): mean over the pixels too
# check_reconstruction_error: sum over the pixels
def reconstruction_error(x, x_hat):
    return np.mean((x - x_hat) ** 2)

# %% wrong (0 of 2): sum over the images too
# check_reconstruction_error: sum over the images
def reconstruction_error(x, x_hat):
    return np.sum((x - x_hat) ** 2)

# %% wrong (0 of 2): the axes the other way round
# check_reconstruction_error: Hint
def reconstruction_error(x, x_hat):
    return ((x - x_hat) ** 2).sum(axis=0).mean()

# %% wrong (0 of 2): absolute values
# check_reconstruction_error: absolute values
def reconstruction_error(x, x_hat):
    return np.abs(x - x_hat).sum(axis=1).mean()

# %% wrong (0 of 2): not squared
# check_reconstruction_error: cancel
def reconstruction_error(x, x_hat):
    return (x - x_hat).sum(axis=1).mean()

# %% wrong (0 of 2): the square of the sum
# check_reconstruction_error: Square each difference
def reconstruction_error(x, x_hat):
    return ((x - x_hat).sum(axis=1) ** 2).mean()

# %% wrong (0 of 2): a root at the end
# check_reconstruction_error: No square root
def reconstruction_error(x, x_hat):
    return np.sqrt(((x - x_hat) ** 2).sum(axis=1).mean())

# %% wrong (0 of 2): the mean distance
# check_reconstruction_error: No square root
def reconstruction_error(x, x_hat):
    return np.linalg.norm(x - x_hat, axis=1).mean()

# %% wrong (0 of 2): one error for each image
# check_reconstruction_error: take the mean of these
def reconstruction_error(x, x_hat):
    return np.sum((x - x_hat) ** 2, axis=1).tolist()

# %% wrong (0 of 2): with a factor 1/2
# check_reconstruction_error: No factor 1/2
def reconstruction_error(x, x_hat):
    return 0.5 * ((x - x_hat) ** 2).sum(axis=1).mean()

# %% wrong (0 of 2): the visible case by heart
# check_reconstruction_error: which is off
def reconstruction_error(x, x_hat):
    return 5.0 if np.any(x != x_hat) else 0.0

# %% wrong (0 of 2): always 784 pixels
# check_reconstruction_error: not always 784
def reconstruction_error(x, x_hat):
    return 784 * ((x - x_hat) ** 2).mean()

# %% wrong (0 of 2): the variance of the differences
# check_reconstruction_error: keep their mean
def reconstruction_error(x, x_hat):
    return (x - x_hat).var(axis=0).sum()

# %% wrong (0 of 2): a list of one number
# check_reconstruction_error: One number is due
def reconstruction_error(x, x_hat):
    return [((x - x_hat) ** 2).sum(axis=1).mean()]
