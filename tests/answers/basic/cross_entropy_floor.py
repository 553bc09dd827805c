# %% right: the loss of x against itself, clipped
def cross_entropy_floor(x):
    p = np.clip(x.astype(float), 1e-9, 1 - 1e-9)
    return -np.mean(x * np.log(p) + (1 - x) * np.log(1 - p))

# %% right: scipy's entropy of a number
def cross_entropy_floor(x):
    from scipy.special import entr
    return float(np.mean(entr(x) + entr(1 - x)))

# %% right: only the grey pixels, divided by all
def cross_entropy_floor(x):
    grey = x[(x > 0) & (x < 1)].astype(float)
    return -np.sum(grey * np.log(grey) + (1 - grey) * np.log(1 - grey)) / x.size

# %% right: Keras, with x on both sides
def cross_entropy_floor(x):
    return float(np.mean(keras.losses.binary_crossentropy(x, x)))

# %% wrong (0 of 2): thinks that perfect is zero
# check_cross_entropy_floor: keeps its entropy
# check_cross_entropy_floor_edges: off by
def cross_entropy_floor(x):
    return 0.0

# %% wrong (1 of 2): NaN where a pixel is 0
# check_cross_entropy_floor_edges: NaN
def cross_entropy_floor(x):
    return -np.mean(x * np.log(x) + (1 - x) * np.log(1 - x))

# %% wrong (1 of 2): nanmean, so only grey pixels count
# check_cross_entropy_floor_edges: The mean runs over all pixels
def cross_entropy_floor(x):
    grey = x[(x > 0) & (x < 1)]
    if not grey.size:
        return 0.0
    return -np.mean(grey * np.log(grey) + (1 - grey) * np.log(1 - grey))

# %% wrong (0 of 2): bits
# check_cross_entropy_floor: This is in bits
# check_cross_entropy_floor_edges: off by
def cross_entropy_floor(x):
    from scipy.special import entr
    return np.mean(entr(x) + entr(1 - x)) / np.log(2)

# %% wrong (0 of 2): half of the entropy
# check_cross_entropy_floor: The part (1 - x) log(1 - x) is missing
# check_cross_entropy_floor_edges: off by
def cross_entropy_floor(x):
    from scipy.special import entr
    return np.mean(entr(x))

# %% wrong (0 of 2): of an image, not of a pixel
# check_cross_entropy_floor: This is summed over pixels
# check_cross_entropy_floor_edges: off by
def cross_entropy_floor(x):
    from scipy.special import entr
    return (entr(x) + entr(1 - x)).sum(axis=1).mean()

# %% wrong (0 of 2): entropy of the mean image
# check_cross_entropy_floor: This is the entropy of the mean image
# check_cross_entropy_floor_edges: off by
def cross_entropy_floor(x):
    from scipy.special import entr
    m = x.mean(axis=0)
    return np.mean(entr(m) + entr(1 - m))

# %% wrong (0 of 2): clips by too much and squares
# check_cross_entropy_floor: put it into
# check_cross_entropy_floor_edges: off by
def cross_entropy_floor(x):
    p = np.clip(x, 0.1, 0.7)
    return -np.mean(x * np.log(p) + (1 - x) * np.log(1 - p))

# %% wrong (1 of 2): a coarse clip
# check_cross_entropy_floor_edges: the floor is 0
def cross_entropy_floor(x):
    p = np.clip(x, 1e-3, 1 - 1e-3)
    return -np.mean(p * np.log(p) + (1 - p) * np.log(1 - p))

# %% wrong (0 of 2): one number for each image
# check_cross_entropy_floor: Take the mean over the images too
# check_cross_entropy_floor_edges: not a single number
def cross_entropy_floor(x):
    from scipy.special import entr
    return (entr(x) + entr(1 - x)).mean(axis=1)

# %% wrong (0 of 2): the six pixels of the example
# check_cross_entropy_floor: which is off by
# check_cross_entropy_floor_edges: which is off by
def cross_entropy_floor(x):
    on = x * np.log(np.where(x > 0, x, 1))
    off = (1 - x) * np.log(np.where(x < 1, 1 - x, 1))
    return -(on + off).sum() / 6

# %% wrong (0 of 2): the entropy of the mean of all pixels
# check_cross_entropy_floor: This is the entropy of the mean of all pixels
# check_cross_entropy_floor_edges: so the floor is 0
def cross_entropy_floor(x):
    p = np.clip(x.mean(), 1e-12, 1 - 1e-12)
    return -(p * np.log(p) + (1 - p) * np.log(1 - p))

# %% wrong (0 of 2): one number for each pixel of the mean image
# check_cross_entropy_floor: Take the mean over the pixels too
# check_cross_entropy_floor_edges: One number is due
def cross_entropy_floor(x):
    on = x * np.log(np.where(x > 0, x, 1))
    off = (1 - x) * np.log(np.where(x < 1, 1 - x, 1))
    return -(on + off).mean(axis=0)

# %% wrong (1 of 2): a clip that float32 rounds away
# check_cross_entropy_floor_edges: NaN
def cross_entropy_floor(x):
    p = np.clip(x, 1e-9, 1 - 1e-9)
    return -np.mean(p * np.log(p) + (1 - p) * np.log(1 - p))
