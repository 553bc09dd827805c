# %% right: the mean by hand
def center(x):
    n = x.shape[0]
    mean = np.sum(x, axis=0) / n
    return x - mean, mean

# %% right: a loop over the columns
def center(x):
    out = np.empty(x.shape)
    mean = []
    for j in range(x.shape[1]):
        m = float(np.mean(x[:, j]))
        mean.append(m)
        out[:, j] = x[:, j] - m
    return out, mean

# %% right: the mean keeps its axis
def center(x):
    mean = np.mean(x, axis=0, keepdims=True)
    return np.subtract(x, mean), mean

# %% right: a matrix product, and a list for the pair
def center(x):
    n = len(x)
    mean = np.ones(n) @ x / n
    return [x - np.outer(np.ones(n), mean), mean]

# %% wrong (0 of 2): not written
# check_center: is not written yet
def center(x):
    raise NotImplementedError

# %% wrong (0 of 2): one mean for the whole array
# check_center: One number for each column
def center(x):
    mean = x.mean()
    return x - mean, mean

# %% wrong (0 of 2): one mean, repeated for every column
# check_center: This is the mean of all numbers
def center(x):
    mean = np.full(x.shape[1], x.mean())
    return x - mean, mean

# %% wrong (0 of 2): the mean of each row
# check_center: One number for each column
def center(x):
    mean = x.mean(axis=1)
    return x - mean[:, None], mean

# %% wrong (0 of 2): changes its argument
# check_center: changed its argument x
def center(x):
    mean = x.mean(axis=0)
    x -= mean
    return x, mean

# %% wrong (0 of 2): divides by the standard deviation
# check_center: do not divide by the standard deviation
def center(x):
    mean = x.mean(axis=0)
    std = x.std(axis=0)
    std[std == 0] = 1
    return (x - mean) / std, mean

# %% wrong (0 of 2): standardises, and a constant column is 0 / 0
# check_center: do not divide by the standard deviation
def center(x):
    mean = x.mean(axis=0)
    return (x - mean) / x.std(axis=0), mean

# %% wrong (0 of 2): the two parts swapped
# check_center: order is x_centered, mean
def center(x):
    mean = x.mean(axis=0)
    return mean, x - mean

# %% wrong (0 of 2): forgets to return the mean
# check_center: not a tuple (x_centered, mean)
def center(x):
    return x - x.mean(axis=0)

# %% wrong (0 of 2): the median
# check_center: This is the median
def center(x):
    mean = np.median(x, axis=0)
    return x - mean, mean

# %% wrong (0 of 2): never subtracts
# check_center: This is x itself
def center(x):
    return x, x.mean(axis=0)

# %% wrong (0 of 2): the visible case by heart
# check_center: center(x=an array of shape (9, 4))
def center(x):
    mean = np.array([3.0, 5.0])
    if x.shape[1] != 2:
        mean = np.zeros(x.shape[1])
    return x - mean, mean

# %% wrong (0 of 2): no return
# check_center: returned None
def center(x):
    mean = x.mean(axis=0)
    x_centered = x - mean

# %% wrong (0 of 2): the name given to something else
# check_center: A function was expected here
center = np.zeros((3, 2))

# %% right: a matrix of numpy's old kind
def center(x):
    old = np.matrix(x)
    return old - old.mean(axis=0), old.mean(axis=0)

# %% wrong (0 of 2): the mean with divisor n - 1
# check_center: the number of points, n
def center(x):
    mean = x.sum(axis=0) / max(len(x) - 1, 1)
    return x - mean, mean

# %% wrong (0 of 2): another number of arguments
# check_center: `def center(x):`
def center(x, mean):
    return x - mean, mean

# %% wrong (0 of 2): float16
# check_center: float16 keeps three digits
def center(x):
    mean = x.mean(axis=0).astype(np.float16)
    return x - mean, mean

# %% wrong (0 of 2): keeps the first mean of a shape
# check_center: One number for each column
def center(x, kept={}):
    mean = kept.setdefault(x.shape, x.mean(axis=0))
    return x - mean, mean
