# %% right: compared, as bool
def to_bits(a, thresholds):
    return a > thresholds

# %% right: chosen by a condition, as float
def to_bits(a, thresholds):
    return np.where(thresholds < a, 1.0, 0.0)

# %% right: loops and lists
def to_bits(a, thresholds):
    rows = []
    for row in a:
        rows.append([1 if v > t else 0 for v, t in zip(row, thresholds)])
    return rows

# %% right: the sign of what is left
def to_bits(a, thresholds):
    return np.heaviside(a - thresholds[None, :], 0).astype(np.int64)

# %% wrong (0 of 2): not written
# check_to_bits: is not written yet
# check_to_bits_edges: is not written yet
def to_bits(a, thresholds):
    raise NotImplementedError

# %% wrong (1 of 2): at or above
# check_to_bits_edges: is not above it
def to_bits(a, thresholds):
    return a >= thresholds

# %% wrong (0 of 2): a cast to whole numbers
# check_to_bits: A bit is 0 or 1: compare
# check_to_bits_edges: A bit is 0 or 1: compare
def to_bits(a, thresholds):
    return a.astype(int)

# %% wrong (0 of 2): half as a threshold
# check_to_bits: not 0.5 for all
# check_to_bits_edges: Each unit has a threshold of its own
def to_bits(a, thresholds):
    return (a > 0.5).astype(int)

# %% wrong (0 of 2): the sign
# check_to_bits: not 0 for all
# check_to_bits_edges: Each unit has a threshold of its own
def to_bits(a, thresholds):
    return (a > 0).astype(int)

# %% wrong (0 of 2): below in place of above
# check_to_bits: the other way round
# check_to_bits_edges: the other way round
def to_bits(a, thresholds):
    return (a < thresholds).astype(int)

# %% wrong (0 of 2): plus and minus one
# check_to_bits: which is below 0
# check_to_bits_edges: which is below 0
def to_bits(a, thresholds):
    return np.where(a > thresholds, 1, -1)

# %% wrong (0 of 2): the difference itself
# check_to_bits: not whole
# check_to_bits_edges: not whole
def to_bits(a, thresholds):
    return a - thresholds

# %% wrong (0 of 2): whatever is not zero
# check_to_bits: compare before you convert
# check_to_bits_edges: compare before you convert
def to_bits(a, thresholds):
    return (a - thresholds).astype(bool)

# %% wrong (0 of 2): thresholds for images
# check_to_bits: Two shapes in this line do not fit
# check_to_bits_edges: A threshold belongs to a unit
def to_bits(a, thresholds):
    return (a > thresholds[:, None]).astype(int)

# %% wrong (0 of 2): thresholds of its own
# check_to_bits: do not compute others
# check_to_bits_edges: do not compute others
def to_bits(a, thresholds):
    return (a > np.median(a, axis=0)).astype(int)

# %% wrong (0 of 2): one mean threshold
# check_to_bits: not the mean of all
# check_to_bits_edges: Each unit has a threshold of its own
def to_bits(a, thresholds):
    return (a > thresholds.mean()).astype(int)

# %% wrong (0 of 2): cut to [0, 1] and rounded
# check_to_bits: returned
# check_to_bits_edges: returned
def to_bits(a, thresholds):
    return np.round(np.clip(a, 0, 1)).astype(int)

# %% wrong (0 of 2): writes into the activations
# check_to_bits: changed its argument a
# check_to_bits_edges: changed its argument a
def to_bits(a, thresholds):
    a -= thresholds
    return (a > 0).astype(int)

# %% wrong (1 of 2): nothing for a single image
# check_to_bits_edges: returned an array of shape (1, 12)
def to_bits(a, thresholds):
    if len(a) == 1:
        return np.zeros(a.shape)
    return (a > thresholds).astype(int)

# %% wrong (0 of 2): activations cut to [0, 1] first
# check_to_bits: of which the value at index
# check_to_bits_edges: of which the value at index
def to_bits(a, thresholds):
    return np.clip(a, 0, 1) > thresholds

# %% wrong (1 of 2): kept from the call before, by its shape
# check_to_bits_edges: of which the value at index
seen = {}


def to_bits(a, thresholds):
    if a.shape not in seen:
        seen[a.shape] = a > thresholds
    return seen[a.shape]

# %% wrong (0 of 2): packed into bytes at once
# check_to_bits: not packed into bytes here
# check_to_bits_edges: not packed into bytes here
def to_bits(a, thresholds):
    return np.packbits(a > thresholds, axis=1)
