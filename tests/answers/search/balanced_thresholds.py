# %% right: percentiles
def balanced_thresholds(a):
    return np.percentile(a, 50, axis=0)

# %% right: sorted, the lower one of the two in the middle, as a list
def balanced_thresholds(a):
    return [float(sorted(column)[(len(column) - 1) // 2]) for column in a.T]

# %% right: sorted, the upper one of the two
def balanced_thresholds(a):
    return np.sort(a, axis=0)[len(a) // 2]

# %% right: a loop over the units, in float32
def balanced_thresholds(a):
    a = a.astype("float32")
    return np.array([np.median(a[:, j]) for j in range(a.shape[1])])

# %% wrong (0 of 2): not written
# check_balanced_thresholds: is not written yet
# check_balanced_thresholds_edges: is not written yet
def balanced_thresholds(a):
    raise NotImplementedError

# %% wrong (0 of 2): the mean
# check_balanced_thresholds: This is the mean
# check_balanced_thresholds_edges: This is the mean
def balanced_thresholds(a):
    return a.mean(axis=0)

# %% wrong (0 of 2): one for the whole array
# check_balanced_thresholds: Each unit has a threshold of its own
# check_balanced_thresholds_edges: Each unit has a threshold of its own
def balanced_thresholds(a):
    return np.median(a)

# %% wrong (0 of 2): one for the whole array, repeated
# check_balanced_thresholds: each unit has its own
# check_balanced_thresholds_edges: each unit has its own
def balanced_thresholds(a):
    return np.full(a.shape[1], np.median(a))

# %% wrong (0 of 2): one for each image
# check_balanced_thresholds: not for each image
# check_balanced_thresholds_edges: not for each image
def balanced_thresholds(a):
    return np.median(a, axis=1)

# %% wrong (0 of 2): half
# check_balanced_thresholds: 0.5 suits a sigmoid's unit
# check_balanced_thresholds_edges: 0.5 suits a sigmoid's unit
def balanced_thresholds(a):
    return np.full(a.shape[1], 0.5)

# %% wrong (0 of 2): zero
# check_balanced_thresholds: 0 splits a unit in half only if
# check_balanced_thresholds_edges: 0 splits a unit in half only if
def balanced_thresholds(a):
    return np.zeros(a.shape[1])

# %% wrong (0 of 2): halfway between the ends
# check_balanced_thresholds: halfway between the smallest and the largest
# check_balanced_thresholds_edges: halfway between the smallest and the largest
def balanced_thresholds(a):
    return (a.min(axis=0) + a.max(axis=0)) / 2

# %% wrong (0 of 2): the middle row, unsorted
# check_balanced_thresholds: the columns are not sorted
# check_balanced_thresholds_edges: the columns are not sorted
def balanced_thresholds(a):
    return a[len(a) // 2]

# %% wrong (0 of 2): the axis is kept
# check_balanced_thresholds: do not keep the axis
# check_balanced_thresholds_edges: do not keep the axis
def balanced_thresholds(a):
    return np.median(a, axis=0, keepdims=True)

# %% wrong (0 of 2): sorts the activations where they stand
# check_balanced_thresholds: changed its argument a
# check_balanced_thresholds_edges: changed its argument a
def balanced_thresholds(a):
    a.sort(axis=0)
    return a[len(a) // 2]

# %% wrong (0 of 2): the median of the centred activations
# check_balanced_thresholds: nothing is to be added or taken away
# check_balanced_thresholds_edges: activations above it
def balanced_thresholds(a):
    return np.median(a - a.mean(axis=0), axis=0)

# %% wrong (1 of 2): a mean that leaves out far values
# check_balanced_thresholds: of 101 activations above it
def balanced_thresholds(a):
    spread = a.std(axis=0)
    if len(a) < 50:
        return np.median(a, axis=0)
    return np.clip(a, a.mean(axis=0) - spread, a.mean(axis=0) + spread).mean(axis=0)

# %% wrong (1 of 2): the median of what is not zero
# check_balanced_thresholds_edges: activations above it
def balanced_thresholds(a):
    return np.array([np.median(c[c != 0]) if (c != 0).any() else 0 for c in a.T])

# %% wrong (0 of 2): a quarter in place of half
# check_balanced_thresholds: activations above it
# check_balanced_thresholds_edges: activations above it
def balanced_thresholds(a):
    return np.quantile(a, 0.25, axis=0)

# %% wrong (0 of 2): rounded to two digits
# check_balanced_thresholds: of 101 activations above it
# check_balanced_thresholds_edges: activations above it
def balanced_thresholds(a):
    return np.round(np.median(a, axis=0), 2)

# %% wrong (0 of 2): in float16
# check_balanced_thresholds: float16 keeps three digits
# check_balanced_thresholds_edges: float16 keeps three digits
def balanced_thresholds(a):
    return np.median(a, axis=0).astype(np.float16)
