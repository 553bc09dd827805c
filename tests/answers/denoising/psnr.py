# %% right: by the logarithm of the inverse
def psnr(x, x_hat):
    with np.errstate(divide="ignore"):
        return 10 * np.log10(1 / np.mean((x - x_hat) ** 2, axis=-1))

# %% right: by the root, warnings and all
def psnr(x, x_hat):
    rmse = np.sqrt(np.mean(np.square(x_hat - x), axis=1))
    return -20 * np.log10(rmse)

# %% right: a loop, a list
def psnr(x, x_hat):
    out = []
    for a, b in zip(x, x_hat):
        mse = float(sum((float(p) - float(q)) ** 2 for p, q in zip(a, b)) / len(a))
        out.append(np.inf if mse == 0 else -10 * np.log10(mse))
    return out

# %% wrong (0 of 2): not written
# check_psnr: is not written yet
# check_psnr_edges: is not written yet
def psnr(x, x_hat):
    raise NotImplementedError

# %% wrong (0 of 2): one number for all images
# check_psnr: One number for each image is due
# check_psnr_edges: not of shape (5,)
def psnr(x, x_hat):
    return -10 * np.log10(((x - x_hat) ** 2).mean())

# %% wrong (0 of 2): the sum over the pixels
# check_psnr: Take the mean of the squared errors
# check_psnr_edges: off by
def psnr(x, x_hat):
    return -10 * np.log10(((x - x_hat) ** 2).sum(axis=1))

# %% wrong (0 of 2): the natural logarithm
# check_psnr: natural logarithm
# check_psnr_edges: off by
def psnr(x, x_hat):
    return -10 * np.log(((x - x_hat) ** 2).mean(axis=1))

# %% wrong (0 of 2): 20 for 10
# check_psnr: the 20 belongs to its root
# check_psnr_edges: off by
def psnr(x, x_hat):
    return -20 * np.log10(((x - x_hat) ** 2).mean(axis=1))

# %% wrong (0 of 2): 10 for 20
# check_psnr: a root too many
# check_psnr_edges: off by
def psnr(x, x_hat):
    return -10 * np.log10(np.sqrt(((x - x_hat) ** 2).mean(axis=1)))

# %% wrong (0 of 2): the sign
# check_psnr: The sign is turned
# check_psnr_edges: equals its original
def psnr(x, x_hat):
    return 10 * np.log10(((x - x_hat) ** 2).mean(axis=1))

# %% wrong (0 of 2): a peak of 255
# check_psnr: 255 belongs to images of whole numbers
# check_psnr_edges: off by
def psnr(x, x_hat):
    return 10 * np.log10(255**2 / ((x - x_hat) ** 2).mean(axis=1))

# %% wrong (0 of 2): the largest pixel as the peak
# check_psnr: not the largest pixel of x
# check_psnr_edges: off by
def psnr(x, x_hat):
    mse = ((x - x_hat) ** 2).mean(axis=1)
    return 10 * np.log10(x.max(axis=1) ** 2 / mse)

# %% wrong (0 of 2): absolute values
# check_psnr: absolute values are not due
# check_psnr_edges: off by
def psnr(x, x_hat):
    return -10 * np.log10(np.abs(x - x_hat).mean(axis=1))

# %% wrong (1 of 2): a small number against the logarithm of 0
# check_psnr_edges: the ratio is infinite
def psnr(x, x_hat):
    return -10 * np.log10(((x - x_hat) ** 2).mean(axis=1) + 1e-12)

# %% wrong (1 of 2): 100 decibels for equal images
# check_psnr_edges: 100 for an image that equals its original
def psnr(x, x_hat):
    mse = ((x - x_hat) ** 2).mean(axis=1)
    return np.where(mse == 0, 100.0, -10 * np.log10(np.where(mse == 0, 1, mse)))

# %% wrong (1 of 2): nothing below zero
# check_psnr_edges: Do not bound the result
def psnr(x, x_hat):
    return np.maximum(-10 * np.log10(((x - x_hat) ** 2).mean(axis=1)), 0)

# %% wrong (1 of 2): nearly equal counts as equal
# check_psnr_edges: infinity
def psnr(x, x_hat):
    out = -10 * np.log10(((x - x_hat) ** 2).mean(axis=1))
    out[np.isclose(x, x_hat, atol=1e-4).all(axis=1)] = np.inf
    return out

# %% wrong (1 of 2): one equal image makes all infinite
# check_psnr_edges: infinity
def psnr(x, x_hat):
    mse = ((x - x_hat) ** 2).mean(axis=1)
    if (mse == 0).any():
        return np.full(len(x), np.inf)
    return -10 * np.log10(mse)

# %% wrong (0 of 2): clips first
# check_psnr: Take x_hat as it is
# check_psnr_edges: off by
def psnr(x, x_hat):
    return -10 * np.log10(((x - np.clip(x_hat, 0, 1)) ** 2).mean(axis=1))

# %% wrong (1 of 2): below the machine's epsilon counts as equal
# check_psnr_edges: Only an error of exactly 0
def psnr(x, x_hat):
    mse = ((x - x_hat) ** 2).mean(axis=1)
    with np.errstate(divide="ignore"):
        return np.where(mse < np.finfo(float).eps, np.inf, -10 * np.log10(mse))
