# %% right: two draws, the second decides between salt and pepper
def salt_and_pepper(x, rate, seed):
    rng = np.random.default_rng(seed)
    hit = rng.random(x.shape) < rate
    salt = rng.random(x.shape) < 0.5
    out = x.copy()
    out[hit & salt] = 1
    out[hit & ~salt] = 0
    return out

# %% right: one draw from both ends
def salt_and_pepper(x, rate, seed):
    u = np.random.default_rng(seed).random(x.shape)
    out = np.array(x)
    out[u < rate / 2] = 0
    out[u > 1 - rate / 2] = 1
    return out

# %% right: an exact number of pixels in each image
def salt_and_pepper(x, rate, seed):
    rng = np.random.default_rng(seed)
    out = x.reshape(len(x), -1).copy()
    d = out.shape[1]
    k = int(rate * d)
    for row in out:
        at = rng.permutation(d)[:k]
        row[at] = rng.integers(0, 2, size=k)
    return out.reshape(x.shape)

# %% right: choice of both values, in Keras' float32
def salt_and_pepper(x, rate, seed):
    np.random.seed(seed)
    hit = np.random.uniform(size=x.shape) < rate
    values = np.random.choice([0.0, 1.0], size=x.shape)
    return keras.ops.where(hit, values.astype("float32"), x.astype("float32"))

# %% wrong (0 of 3): not written
# check_salt_and_pepper: is not written yet
# check_salt_and_pepper_seed: is not written yet
def salt_and_pepper(x, rate, seed):
    raise NotImplementedError

# %% wrong (1 of 3): a third of the hits change nothing
# check_salt_and_pepper: never what it was
def salt_and_pepper(x, rate, seed):
    rng = np.random.default_rng(seed)
    hit = rng.random(x.shape) < rate
    return np.clip(x + hit * rng.choice([-1, 0, 1], size=x.shape), 0, 1)

# %% wrong (1 of 3): salt falls on the pepper
# check_salt_and_pepper: Salt falls on some of the pepper
def salt_and_pepper(x, rate, seed):
    rng = np.random.default_rng(seed)
    out = x.copy()
    out[rng.random(x.shape) < rate / 2] = 0
    out[rng.random(x.shape) < rate / 2] = 1
    return out

# %% wrong (1 of 3): the rate for each kind
# check_salt_and_pepper: rate is the share of both kinds together
def salt_and_pepper(x, rate, seed):
    u = np.random.default_rng(seed).random(x.shape)
    return np.where(u < rate, 0.0, np.where(u < 2 * rate, 1.0, x))

# %% wrong (1 of 3): salt alone
# check_salt_and_pepper: of the hit pixels are white
def salt_and_pepper(x, rate, seed):
    u = np.random.default_rng(seed).random(x.shape)
    return np.where(u < rate, 1.0, x)

# %% wrong (1 of 3): salt alone, of half the rate
# check_salt_and_pepper: One of the two kinds is missing
def salt_and_pepper(x, rate, seed):
    u = np.random.default_rng(seed).random(x.shape)
    return np.where(u < rate / 2, 1.0, x)

# %% wrong (1 of 3): salt of 255
# check_salt_and_pepper: exactly 0, or exactly 1
def salt_and_pepper(x, rate, seed):
    u = np.random.default_rng(seed).random(x.shape)
    return np.where(u < rate / 2, 0.0, np.where(u < rate, 255.0, x))

# %% wrong (1 of 3): one kind for each image
# check_salt_and_pepper: of the hit pixels are white
def salt_and_pepper(x, rate, seed):
    rng = np.random.default_rng(seed)
    kind = rng.integers(0, 2, size=(len(x),) + (1,) * (x.ndim - 1))
    return np.where(rng.random(x.shape) < rate, kind, x)

# %% wrong (1 of 3): one kind for each image, in turn
# check_salt_and_pepper: much more of one kind
def salt_and_pepper(x, rate, seed):
    rng = np.random.default_rng(seed)
    kind = (np.arange(len(x)) % 2).reshape((-1,) + (1,) * (x.ndim - 1))
    return np.where(rng.random(x.shape) < rate, kind, x)

# %% wrong (1 of 3): any grey in place of black or white
# check_salt_and_pepper: exactly 0, or exactly 1
def salt_and_pepper(x, rate, seed):
    rng = np.random.default_rng(seed)
    return np.where(rng.random(x.shape) < rate, rng.random(x.shape), x)

# %% wrong (1 of 3): the same places in every image
# check_salt_and_pepper: changed at the same places
def salt_and_pepper(x, rate, seed):
    u = np.random.default_rng(seed).random(x.shape[1:])
    return np.where(u < rate / 2, 0.0, np.where(u < rate, 1.0, x))

# %% wrong (0 of 3): writes into its argument
# check_salt_and_pepper: changed its argument x
# check_salt_and_pepper_seed: changed its argument x
def salt_and_pepper(x, rate, seed):
    u = np.random.default_rng(seed).random(x.shape)
    x[u < rate] = 1
    x[u < rate / 2] = 0
    return x

# %% wrong (2 of 3): no seed
# check_salt_and_pepper_seed: gave another result
def salt_and_pepper(x, rate, seed):
    u = np.random.default_rng().random(x.shape)
    return np.where(u < rate / 2, 0.0, np.where(u < rate, 1.0, x))

# %% wrong (0 of 3): the clean copy is returned
# check_salt_and_pepper: Nothing has changed
# check_salt_and_pepper_seed: gives the same as with seed
def salt_and_pepper(x, rate, seed):
    u = np.random.default_rng(seed).random(x.shape)
    out = np.where(u < rate / 2, 0.0, np.where(u < rate, 1.0, x))
    out = x.copy()
    return out

# %% wrong (2 of 3): works for rows of pixels only
# check_salt_and_pepper_seed: ValueError
def salt_and_pepper(x, rate, seed):
    n, d = x.shape
    u = np.random.default_rng(seed).random((n, d))
    return np.where(u < rate / 2, 0.0, np.where(u < rate, 1.0, x))

# %% wrong (1 of 3): salt or pepper is drawn for a pixel of all images
# check_salt_and_pepper: follow from those of others
def salt_and_pepper(x, rate, seed):
    rng = np.random.default_rng(seed)
    hit = rng.random(x.shape) < rate
    kind = rng.permutation(np.arange(x[0].size) % 2).reshape(x.shape[1:])
    return np.where(hit, kind, x)

# %% wrong (1 of 3): the nearer of black and white
# check_salt_and_pepper: goes with the brightness
def salt_and_pepper(x, rate, seed):
    hit = np.random.default_rng(seed).random(x.shape) < rate
    return np.where(hit, np.round(x), x)
