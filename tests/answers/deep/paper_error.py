# %% right: a loop over the images
def paper_error(x, x_hat):
    each = [float(np.sum(np.square(np.subtract(a, b)))) for a, b in zip(x, x_hat)]
    n = len(each)
    mean = sum(each) / n
    variance = sum((e - mean) ** 2 for e in each) / (n - 1)
    return mean, (variance / n) ** 0.5

# %% right: sums over all axes but the first
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).sum(axis=tuple(range(1, x.ndim)))
    return np.mean(each), np.std(each, ddof=1) * len(each) ** -0.5

# %% right: einsum, returned as a list
def paper_error(x, x_hat):
    gap = (np.asarray(x, float) - x_hat).reshape(x.shape[0], -1)
    each = np.einsum("ij,ij->i", gap, gap)
    return [each.mean(), np.sqrt(each.var(ddof=1) / each.size)]

# %% wrong (1 of 3): the mean over the pixels
# check_paper_error: Sum over the pixels, do not average
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).reshape(len(x), -1).sum(axis=1)
    return ((x - x_hat) ** 2).mean(), each.std(ddof=1) / np.sqrt(len(x))

# %% wrong (0 of 3): the mean over the pixels in both
# check_paper_error: Sum over the pixels, do not average
# check_standard_error: Sum over the pixels of an image
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).reshape(len(x), -1).mean(axis=1)
    return each.mean(), each.std(ddof=1) / np.sqrt(len(x))

# %% wrong (1 of 3): the sum over all images
# check_paper_error: Average over the images in the end
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).reshape(len(x), -1).sum(axis=1)
    return each.sum(), each.std(ddof=1) / np.sqrt(len(x))

# %% wrong (0 of 3): sums over the images, averages over the pixels
# check_paper_error: the axes are exchanged
# check_standard_error: First sum each image's
def paper_error(x, x_hat):
    gap = ((x - x_hat) ** 2).reshape(len(x), -1)
    return gap.sum(axis=0).mean(), gap.std(ddof=1) / np.sqrt(len(x))

# %% wrong (1 of 3): the length of the difference
# check_paper_error: No root is due: the squared error
def paper_error(x, x_hat):
    gap = (x - x_hat).reshape(len(x), -1)
    each = (gap**2).sum(axis=1)
    return np.linalg.norm(gap, axis=1).mean(), each.std(ddof=1) / np.sqrt(len(x))

# %% wrong (0 of 3): absolute differences
# check_paper_error: Square the differences; these are absolute
# check_standard_error: Standard deviation over the images
def paper_error(x, x_hat):
    each = np.abs(x - x_hat).reshape(len(x), -1).sum(axis=1)
    return each.mean(), each.std(ddof=1) / np.sqrt(len(x))

# %% wrong (0 of 3): sums before it squares
# check_paper_error: Square the differences before you sum
# check_standard_error: Standard deviation over the images
def paper_error(x, x_hat):
    each = (x - x_hat).reshape(len(x), -1).sum(axis=1) ** 2
    return each.mean(), each.std(ddof=1) / np.sqrt(len(x))

# %% wrong (0 of 3): sums over axis 1 alone
# check_paper_error: sum over all axes but the first
# check_standard_error: a single number
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).sum(axis=1)
    return each.mean(), each.std(axis=0, ddof=1) / np.sqrt(len(x))

# %% wrong (1 of 3): clips first
# check_paper_error: Take x_hat as it is
def paper_error(x, x_hat):
    clipped = ((x - np.clip(x_hat, 0, 1)) ** 2).reshape(len(x), -1).sum(axis=1)
    each = ((x - x_hat) ** 2).reshape(len(x), -1).sum(axis=1)
    return clipped.mean(), each.std(ddof=1) / np.sqrt(len(x))

# %% wrong (2 of 3): the spread of single images
# check_standard_error: This is the spread of single images
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).reshape(len(x), -1).sum(axis=1)
    return each.mean(), each.std(ddof=1)

# %% wrong (2 of 3): the divisor n in the variance
# check_standard_error: The divisor of the variance is n - 1
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).reshape(len(x), -1).sum(axis=1)
    return each.mean(), each.std() / np.sqrt(len(x))

# %% wrong (2 of 3): divided by n
# check_standard_error: not by n
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).reshape(len(x), -1).sum(axis=1)
    return each.mean(), each.std(ddof=1) / len(x)

# %% wrong (0 of 3): the order exchanged
# check_paper_error: The order is error, standard_error
# check_standard_error: The order is error, standard_error
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).reshape(len(x), -1).sum(axis=1)
    return each.std(ddof=1) / np.sqrt(len(x)), each.mean()

# %% wrong (0 of 3): the error alone
# check_paper_error: not a tuple (error, standard_error)
# check_standard_error: not a tuple (error, standard_error)
def paper_error(x, x_hat):
    return ((x - x_hat) ** 2).reshape(len(x), -1).sum(axis=1).mean()

# %% wrong (1 of 3): each image's own error
# check_paper_error: Average over the images: one number
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).reshape(len(x), -1).sum(axis=1)
    return each, each.std(ddof=1) / np.sqrt(len(x))

# %% wrong (0 of 3): always 784 pixels
# check_paper_error: stopped with ValueError
# check_standard_error: stopped with ValueError
def paper_error(x, x_hat):
    each = ((x - x_hat) ** 2).reshape(-1, 784).sum(axis=1)
    return each.mean(), each.std(ddof=1) / np.sqrt(len(each))

# %% wrong (0 of 3): writes into x
# check_paper_error: changed its argument x
# check_standard_error: changed its argument x
def paper_error(x, x_hat):
    x -= x_hat
    each = (x**2).reshape(len(x), -1).sum(axis=1)
    return each.mean(), each.std(ddof=1) / np.sqrt(len(x))
