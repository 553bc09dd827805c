# %% right: in plain Python, sorted by depth
def smallest_depth(depths, train_errors, test_errors):
    import statistics
    rows = sorted(zip([int(d) for d in depths], [[float(e) for e in r] for r in test_errors]))
    means = [statistics.mean(row) for _, row in rows]
    i = means.index(min(means))
    row = rows[i][1]
    bound = means[i] + statistics.stdev(row) / len(row) ** 0.5
    for (depth, _), mean in zip(rows, means):
        if mean <= bound:
            return depth

# %% right: all standard errors first
def smallest_depth(depths, train_errors, test_errors):
    r = test_errors.shape[1]
    means = test_errors.mean(1)
    doubts = np.sqrt(test_errors.var(1, ddof=1) / r)
    best = np.argmin(means)
    good = [d for d, m in zip(depths, means) if m <= means[best] + doubts[best] + 1e-9]
    return min(good)

# %% right: in the order of the depths
def smallest_depth(depths, train_errors, test_errors):
    order = np.argsort(depths)
    d, e = np.asarray(depths)[order], np.asarray(test_errors)[order]
    means = e.mean(axis=1)
    best = means.argmin()
    doubt = e[best].std(ddof=1) / np.sqrt(e.shape[1])
    return int(d[np.argmax(means <= means[best] + doubt)])

# %% wrong (0 of 2): the best itself
# check_smallest_depth: look for a smaller one
# check_smallest_depth_hard: look for a smaller one
def smallest_depth(depths, train_errors, test_errors):
    return depths[test_errors.mean(axis=1).argmin()]

# %% wrong (0 of 2): the training errors decide
# check_smallest_depth: The training errors have no say
# check_smallest_depth_hard: The training errors have no say
def smallest_depth(depths, train_errors, test_errors):
    return depths[train_errors.mean(axis=1).argmin()]

# %% wrong (0 of 2): the rule applied to the training errors
# check_smallest_depth: The training errors have no say
# check_smallest_depth_hard: The training errors have no say
def smallest_depth(depths, train_errors, test_errors):
    means = train_errors.mean(axis=1)
    best = means.argmin()
    doubt = train_errors[best].std(ddof=1) / np.sqrt(train_errors.shape[1])
    return depths[means <= means[best] + doubt].min()

# %% wrong (1 of 2): strictly below the bound
# check_smallest_depth_hard: At most one standard error above
def smallest_depth(depths, train_errors, test_errors):
    means = test_errors.mean(axis=1)
    best = means.argmin()
    doubt = test_errors[best].std(ddof=1) / np.sqrt(test_errors.shape[1])
    return depths[means < means[best] + doubt].min()

# %% wrong (1 of 2): strictly below the bound, else the best
# check_smallest_depth_hard: At most one standard error above
def smallest_depth(depths, train_errors, test_errors):
    means = test_errors.mean(axis=1)
    best = means.argmin()
    doubt = test_errors[best].std(ddof=1) / np.sqrt(test_errors.shape[1])
    good = depths[means < means[best] + doubt]
    return good.min() if len(good) else depths[best]

# %% wrong (0 of 2): each one's own standard error
# check_smallest_depth: look for a smaller one
# check_smallest_depth_hard: look for a smaller one
def smallest_depth(depths, train_errors, test_errors):
    means = test_errors.mean(axis=1)
    doubts = test_errors.std(axis=1, ddof=1) / np.sqrt(test_errors.shape[1])
    return depths[means <= means.min() + doubts].min()

# %% wrong (1 of 2): the standard deviation in place of the standard error
# check_smallest_depth_hard: divided by the square root
def smallest_depth(depths, train_errors, test_errors):
    means = test_errors.mean(axis=1)
    best = means.argmin()
    return depths[means <= means[best] + test_errors[best].std(ddof=1)].min()

# %% wrong (1 of 2): the divisor r
# check_smallest_depth_hard: takes ddof=1
def smallest_depth(depths, train_errors, test_errors):
    means = test_errors.mean(axis=1)
    best = means.argmin()
    doubt = test_errors[best].std() / np.sqrt(test_errors.shape[1])
    return depths[means <= means[best] + doubt].min()

# %% wrong (1 of 2): the first in the list
# check_smallest_depth_hard: need not be the smallest
def smallest_depth(depths, train_errors, test_errors):
    means = test_errors.mean(axis=1)
    best = means.argmin()
    doubt = test_errors[best].std(ddof=1) / np.sqrt(test_errors.shape[1])
    return depths[np.flatnonzero(means <= means[best] + doubt)[0]]

# %% wrong (0 of 2): its place in the list
# check_smallest_depth: This is a place in the list
# check_smallest_depth_hard: This is a place in the list
def smallest_depth(depths, train_errors, test_errors):
    means = test_errors.mean(axis=1)
    best = means.argmin()
    doubt = test_errors[best].std(ddof=1) / np.sqrt(test_errors.shape[1])
    return np.flatnonzero(means <= means[best] + doubt)[0]

# %% wrong (0 of 2): the luckiest single seed
# check_smallest_depth: look for a smaller one
# check_smallest_depth_hard: look for a smaller one
def smallest_depth(depths, train_errors, test_errors):
    lucky = test_errors.min(axis=1)
    doubt = test_errors[lucky.argmin()].std(ddof=1) / np.sqrt(test_errors.shape[1])
    return depths[lucky <= lucky.min() + 0 * doubt].min()

# %% wrong (0 of 2): the list of all that are good enough
# check_smallest_depth: a single number
# check_smallest_depth_hard: a single number
def smallest_depth(depths, train_errors, test_errors):
    means = test_errors.mean(axis=1)
    best = means.argmin()
    doubt = test_errors[best].std(ddof=1) / np.sqrt(test_errors.shape[1])
    return depths[means <= means[best] + doubt]

# %% wrong (1 of 2): goes down from the best and stops at the first that is not good
# check_smallest_depth_hard: there may be one that is not
def smallest_depth(depths, train_errors, test_errors):
    order = np.argsort(depths)
    means = test_errors[order].mean(axis=1)
    i = best = means.argmin()
    doubt = test_errors[order][best].std(ddof=1) / np.sqrt(test_errors.shape[1])
    while i > 0 and means[i - 1] <= means[best] + doubt:
        i -= 1
    return depths[order][i]
