# %% right: a mask of zeros and ones
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    keep = (rng.random(x.shape) > rate).astype(x.dtype)
    return keep * x

# %% right: a copy with pixels set to 0, by numpy's global generator
def mask(x, rate, seed):
    np.random.seed(seed)
    out = np.copy(x)
    out[np.random.rand(*x.shape) < rate] = 0
    return out

# %% right: an exact number of pixels in each image
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    out = x.reshape(len(x), -1).copy()
    d = out.shape[1]
    for row in out:
        row[rng.permutation(d)[: round(rate * d)]] = 0
    return out.reshape(x.shape)

# %% right: binomial draws, as float64
def mask(x, rate, seed):
    return x * np.random.default_rng(seed).binomial(1, 1 - rate, size=x.shape)

# %% right: dropout by Keras, its scaling taken back
def mask(x, rate, seed):
    if rate == 1:
        return np.zeros_like(x)
    return np.asarray(keras.random.dropout(x, rate, seed=seed)) * (1 - rate)

# %% wrong (0 of 2): not written
# check_mask: is not written yet
# check_mask_seed: is not written yet
def mask(x, rate, seed):
    raise NotImplementedError

# %% wrong (1 of 2): masks the pixels that should stay
# check_mask: turn the comparison round
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    return x * (rng.random(x.shape) < rate)

# %% wrong (1 of 2): dropout with its scaling
# check_mask: as dropout does
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    return x * (rng.random(x.shape) >= rate) / max(1 - rate, 1e-9)

# %% wrong (0 of 2): a Dropout layer that is silent at prediction
# check_mask: Nothing has changed
# check_mask_seed: gives the same as with seed
def mask(x, rate, seed):
    return np.asarray(keras.layers.Dropout(rate, seed=seed)(x))

# %% wrong (0 of 2): writes into its argument
# check_mask: changed its argument x
# check_mask_seed: changed its argument x
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    x[rng.random(x.shape) < rate] = 0
    return x

# %% wrong (0 of 2): spoils the original and returns the clean copy
# check_mask: changed its argument x
# check_mask_seed: changed its argument x
def mask(x, rate, seed):
    copy = x.copy()
    x[np.random.default_rng(seed).random(x.shape) < rate] = 0
    return copy

# %% wrong (1 of 2): the seed is not used
# check_mask_seed: gives the same as with seed
def mask(x, rate, seed):
    rng = np.random.default_rng(0)
    return x * (rng.random(x.shape) >= rate)

# %% wrong (1 of 2): no seed at all
# check_mask_seed: gave another result when it was called again
def mask(x, rate, seed):
    return x * (np.random.default_rng().random(x.shape) >= rate)

# %% wrong (1 of 2): one mask for all images
# check_mask: changed at the same places
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    return x * (rng.random(x.shape[1:]) >= rate)

# %% wrong (1 of 2): whole images are masked
# check_mask: some images are changed much more often
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    return x * (rng.random((len(x),) + (1,) * (x.ndim - 1)) >= rate)

# %% wrong (1 of 2): hit pixels become white
# check_mask: Hit pixels become 0, not 1
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    return np.where(rng.random(x.shape) < rate, 1.0, x)

# %% wrong (1 of 2): a mask of random numbers
# check_mask: Multiply by a mask of zeros and ones
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    return x * (1 - rate * rng.random(x.shape))

# %% wrong (1 of 2): every pixel is dimmed
# check_mask: made darker by the same factor
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    out = x * (1 - rate)
    out.reshape(-1)[rng.integers(0, out.size)] = 0
    return x.copy() if rate == 0 else out

# %% wrong (1 of 2): draws normal numbers
# check_mask: A pixel is hit where a uniform random number
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    return x if rate == 0 else x * (rng.standard_normal(x.shape) >= rate)

# %% wrong (1 of 2): positions are drawn with repetition
# check_mask: A pixel is hit where a uniform random number
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    out = x.reshape(-1).copy()
    out[rng.integers(0, out.size, size=round(rate * out.size))] = 0
    return out.reshape(x.shape)

# %% wrong (1 of 2): one block in each image
# check_mask: changed much more often than others
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    out = x.reshape(len(x), -1).copy()
    width = round(rate * out.shape[1])
    for row in out:
        start = rng.integers(0, out.shape[1] - width + 1)
        row[start : start + width] = 0
    return out.reshape(x.shape)

# %% wrong (1 of 2): pairs of neighbours are hit together
# check_mask: neighbouring pixels share their fate
def mask(x, rate, seed):
    rng = np.random.default_rng(seed)
    flat = x.reshape(len(x), -1)
    hit = np.repeat(rng.random((len(x), flat.shape[1] // 2)) < rate, 2, axis=1)
    return (flat * ~hit).reshape(x.shape)

# %% wrong (1 of 2): in batches, each with a generator of the same seed
# check_mask: made anew from the same seed
def mask(x, rate, seed):
    out = x.copy()
    for start in range(0, len(x), 50):
        batch = out[start : start + 50]
        batch[np.random.default_rng(seed).random(batch.shape) < rate] = 0
    return out

# %% wrong (1 of 2): the seed 0 is passed over
# check_mask_seed: 0 is a seed like any other
def mask(x, rate, seed):
    if seed:
        np.random.seed(seed)
    return x * (np.random.random(x.shape) >= rate)

# %% wrong (1 of 2): whole rows of square images
# check_mask_seed: follow from those of others
def mask(x, rate, seed):
    shape = x.shape[:2] + (1,) * (x.ndim - 2)
    return x * (np.random.default_rng(seed).random(shape) >= rate)

# %% wrong (1 of 2): the mask alone
# check_mask: multiply x by it
def mask(x, rate, seed):
    return (np.random.default_rng(seed).random(x.shape) >= rate).astype(float)

# %% wrong (1 of 2): two digits are kept
# check_mask: are not rounded
def mask(x, rate, seed):
    return np.round(x * (np.random.default_rng(seed).random(x.shape) >= rate), 2)
