# %% right: a generator from both numbers
def epoch_pairs(x, epoch, seed):
    keep = np.random.default_rng([epoch, seed]).random(x.shape) > 0.25
    return np.where(keep, x, 0), x.copy()

# %% right: one number that no other pair has
def epoch_pairs(x, epoch, seed):
    rng = np.random.default_rng(100_003 * seed + epoch)
    x_in = np.array(x)
    x_in[rng.random(x.shape) < 0.25] = 0
    return [x_in, x]

# %% right: an exact share, and tensors
def epoch_pairs(x, epoch, seed):
    rng = np.random.default_rng((seed, epoch, 7))
    d = x.shape[1]
    keep = np.ones(x.shape, dtype="float32")
    for row in keep:
        row[rng.choice(d, size=round(0.25 * d), replace=False)] = 0
    x = keras.ops.convert_to_tensor(x.astype("float32"))
    return x * keep, x

# %% right: a seed sequence that spawns one seed an epoch
def epoch_pairs(x, epoch, seed):
    child = np.random.SeedSequence(seed).spawn(epoch + 1)[epoch]
    rng = np.random.default_rng(child)
    return x * rng.binomial(1, 0.75, size=x.shape), x

# %% wrong (0 of 3): not written
# check_epoch_pairs: is not written yet
# check_epoch_pairs_fresh: is not written yet
def epoch_pairs(x, epoch, seed):
    raise NotImplementedError

# %% wrong (1 of 3): the target is noisy too
# check_epoch_pairs: The target of a denoiser is the CLEAN image
def epoch_pairs(x, epoch, seed):
    x_in = x * (np.random.default_rng([seed, epoch]).random(x.shape) >= 0.25)
    return x_in, x_in

# %% wrong (0 of 3): input and target are exchanged
# check_epoch_pairs: the order is x_in, x_target
# check_epoch_pairs_fresh: no pixel of x_in is masked
def epoch_pairs(x, epoch, seed):
    x_in = x * (np.random.default_rng([seed, epoch]).random(x.shape) >= 0.25)
    return x, x_in

# %% wrong (0 of 3): no noise enters
# check_epoch_pairs: Nothing has changed
# check_epoch_pairs_fresh: no pixel of x_in is masked
def epoch_pairs(x, epoch, seed):
    x_in = x * (np.random.default_rng([seed, epoch]).random(x.shape) >= 0.25)
    x_in = x
    return x_in, x

# %% wrong (2 of 3): the same noise in every epoch
# check_epoch_pairs_fresh: Another epoch needs new noise
def epoch_pairs(x, epoch, seed):
    return x * (np.random.default_rng(seed).random(x.shape) >= 0.25), x

# %% wrong (2 of 3): the seed is not used
# check_epoch_pairs_fresh: Another seed needs other noise
def epoch_pairs(x, epoch, seed):
    return x * (np.random.default_rng(epoch).random(x.shape) >= 0.25), x

# %% wrong (2 of 3): the sum of both
# check_epoch_pairs_fresh: is the same number for different pairs
def epoch_pairs(x, epoch, seed):
    return x * (np.random.default_rng(seed + epoch).random(x.shape) >= 0.25), x

# %% wrong (2 of 3): the product of both
# check_epoch_pairs_fresh: masks much the same pixels
def epoch_pairs(x, epoch, seed):
    return x * (np.random.default_rng(seed * epoch).random(x.shape) >= 0.25), x

# %% wrong (2 of 3): no seed at all
# check_epoch_pairs_fresh: gave another result
def epoch_pairs(x, epoch, seed):
    return x * (np.random.default_rng().random(x.shape) >= 0.25), x

# %% wrong (1 of 3): three quarters are masked
# check_epoch_pairs: turn the comparison round
def epoch_pairs(x, epoch, seed):
    return x * (np.random.default_rng([seed, epoch]).random(x.shape) < 0.25), x

# %% wrong (1 of 3): dropout with its scaling
# check_epoch_pairs: the pixels that stay are not scaled
def epoch_pairs(x, epoch, seed):
    keep = np.random.default_rng([seed, epoch]).random(x.shape) >= 0.25
    return x * keep / 0.75, x

# %% wrong (1 of 3): only the inputs are shuffled
# check_epoch_pairs: every image stays at its place
def epoch_pairs(x, epoch, seed):
    rng = np.random.default_rng([seed, epoch])
    x_in = x * (rng.random(x.shape) >= 0.25)
    return x_in[::-1], x

# %% wrong (1 of 3): the targets are shuffled
# check_epoch_pairs: in the order of x
def epoch_pairs(x, epoch, seed):
    rng = np.random.default_rng([seed, epoch])
    return x * (rng.random(x.shape) >= 0.25), x[rng.permutation(len(x))]

# %% wrong (1 of 3): the target is the noise
# check_epoch_pairs: This is the noise
def epoch_pairs(x, epoch, seed):
    rng = np.random.default_rng([seed, epoch])
    x_in = x * (rng.random(x.shape) >= 0.25)
    return x_in, x - x_in

# %% wrong (0 of 3): writes into its argument
# check_epoch_pairs: changed its argument x
# check_epoch_pairs_fresh: changed its argument x
def epoch_pairs(x, epoch, seed):
    x_in = x
    x_in[np.random.default_rng([seed, epoch]).random(x.shape) < 0.25] = 0
    return x_in, x

# %% wrong (2 of 3): a hundred seeds apart
# check_epoch_pairs_fresh: keeps all pairs apart
def epoch_pairs(x, epoch, seed):
    return x * (np.random.default_rng(100 * seed + epoch).random(x.shape) >= 0.25), x

# %% wrong (2 of 3): the digits of both, one after the other
# check_epoch_pairs_fresh: keeps all pairs apart
def epoch_pairs(x, epoch, seed):
    rng = np.random.default_rng(int(f"{seed}{epoch}"))
    return x * (rng.random(x.shape) >= 0.25), x

# %% wrong (2 of 3): the masks of one epoch move on to the next image
# check_epoch_pairs_fresh: Another epoch needs new noise
def epoch_pairs(x, epoch, seed):
    keep = np.random.default_rng(seed).random(x.shape) >= 0.25
    return x * np.roll(keep, epoch, axis=0), x
