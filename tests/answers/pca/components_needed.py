# %% right: a loop
def components_needed(variances, share):
    total, so_far = float(sum(variances)), 0.0
    for k, variance in enumerate(variances, start=1):
        so_far += float(variance)
        if so_far / total >= share:
            return k
    return len(variances)

# %% right: searchsorted
def components_needed(variances, share):
    shares = np.cumsum(variances) / np.sum(variances)
    return np.searchsorted(shares, share) + 1

# %% right: counts what falls short
def components_needed(variances, share):
    sums = np.cumsum(np.asarray(variances, dtype=float))
    return 1 + int(np.sum(sums < share * sums[-1]))

# %% right: nonzero, as a float
def components_needed(variances, share):
    ratio = variances / variances.sum()
    return float(np.nonzero(ratio.cumsum() >= share)[0][0] + 1)

# %% wrong (0 of 2): not written
# check_components_needed: is not written yet
def components_needed(variances, share):
    raise NotImplementedError

# %% wrong (0 of 2): counts from zero
# check_components_needed: counts from 0
def components_needed(variances, share):
    shares = np.cumsum(variances) / np.sum(variances)
    return int(np.argmax(shares >= share))

# %% wrong (0 of 2): more than in place of at least
# check_components_needed: the task says at least
def components_needed(variances, share):
    shares = np.cumsum(variances) / np.sum(variances)
    return min(int((shares <= share).sum()) + 1, len(variances))

# %% wrong (0 of 2): not added up
# check_components_needed: Add up the variances
def components_needed(variances, share):
    return int((variances / variances.sum() >= share).sum())

# %% wrong (0 of 2): standard deviations
# check_components_needed: without a square root
def components_needed(variances, share):
    shares = np.cumsum(np.sqrt(variances)) / np.sum(np.sqrt(variances))
    return int(np.argmax(shares >= share)) + 1

# %% wrong (0 of 2): squares, as if they were singular values
# check_components_needed: without squaring
def components_needed(variances, share):
    shares = np.cumsum(variances**2) / np.sum(variances**2)
    return int(np.argmax(shares >= share)) + 1

# %% wrong (0 of 2): not divided by the total
# check_components_needed: Hint
def components_needed(variances, share):
    return int(np.argmax(np.cumsum(variances) >= share)) + 1

# %% wrong (0 of 2): the shares themselves
# check_components_needed: One number is due
def components_needed(variances, share):
    return np.cumsum(variances) / np.sum(variances)

# %% wrong (0 of 2): the share that is reached
# check_components_needed: not whole
def components_needed(variances, share):
    shares = np.cumsum(variances) / np.sum(variances)
    return shares[np.argmax(shares >= share)]

# %% wrong (0 of 2): always two, as in the example
# check_components_needed: Hint
def components_needed(variances, share):
    return 2

# %% wrong (0 of 2): one too many
# check_components_needed: one too many
def components_needed(variances, share):
    shares = np.cumsum(variances) / np.sum(variances)
    return int(np.argmax(shares >= share)) + 2

# %% wrong (0 of 2): from the end
# check_components_needed: Hint
def components_needed(variances, share):
    v = np.asarray(variances)[::-1]
    return int(np.argmax(np.cumsum(v) / np.sum(v) >= share)) + 1

# %% wrong (0 of 2): all where the share is 1
# check_components_needed: Hint
def components_needed(variances, share):
    shares = np.cumsum(variances) / np.sum(variances)
    return len(variances) if share == 1 else int(np.argmax(shares >= share)) + 1

# %% wrong (0 of 2): a tuple of one
# check_components_needed: One number is due
def components_needed(variances, share):
    return (int(np.argmax(np.cumsum(variances) / np.sum(variances) >= share - 1e-9) + 1),)

# %% wrong (0 of 2): counts all places where the share is reached
# check_components_needed: the first of them is due
def components_needed(variances, share):
    return np.sum(np.cumsum(variances) / np.sum(variances) >= share)

# %% wrong (0 of 2): adds up from the smallest variance
# check_components_needed: the largest first
def components_needed(variances, share):
    return int(np.argmax(np.cumsum(variances[::-1]) / np.sum(variances) >= share)) + 1

# %% wrong (0 of 2): shares rounded to two places
# check_components_needed: Hint
def components_needed(variances, share):
    shares = np.round(np.cumsum(variances) / np.sum(variances), 2)
    return int(np.argmax(shares >= share)) + 1
