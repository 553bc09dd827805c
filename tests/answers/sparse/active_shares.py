# %% right: counted and divided
def active_shares(h, threshold):
    n, m = h.shape
    active = (h > threshold) | (h < -threshold)
    return np.count_nonzero(active, axis=1) / m, np.count_nonzero(active, axis=0) / n

# %% right: by squares, lists
def active_shares(h, threshold):
    active = np.square(h) > threshold**2
    return list(np.mean(active, axis=1)), list(np.mean(active, axis=0))

# %% wrong (0 of 2): not written
# check_active_shares: is not written yet
# check_active_shares_edges: is not written yet
def active_shares(h, threshold):
    raise NotImplementedError

# %% wrong (0 of 2): negative activations are forgotten
# check_active_shares: compare the absolute values
# check_active_shares_edges: compare the absolute values
def active_shares(h, threshold):
    active = h > threshold
    return active.mean(axis=1), active.mean(axis=0)

# %% wrong (1 of 2): at the threshold counts too
# check_active_shares_edges: not active yet
def active_shares(h, threshold):
    active = np.abs(h) >= threshold
    return active.mean(axis=1), active.mean(axis=0)

# %% wrong (1 of 2): at the threshold counts too, except for zeros
# check_active_shares_edges: not active yet
def active_shares(h, threshold):
    active = (np.abs(h) >= threshold) & (h != 0)
    return active.mean(axis=1), active.mean(axis=0)

# %% wrong (0 of 2): the other order
# check_active_shares: The order is population
# check_active_shares_edges: The order is population
def active_shares(h, threshold):
    active = np.abs(h) > threshold
    return active.mean(axis=0), active.mean(axis=1)

# %% wrong (0 of 2): counts
# check_active_shares: not counts
# check_active_shares_edges: not counts
def active_shares(h, threshold):
    active = np.abs(h) > threshold
    return active.sum(axis=1), active.sum(axis=0)

# %% wrong (0 of 2): any activation but 0
# check_active_shares: Use the threshold
# check_active_shares_edges: threshold
def active_shares(h, threshold):
    active = h != 0
    return active.mean(axis=1), active.mean(axis=0)

# %% wrong (0 of 2): silent nodes
# check_active_shares: NOT active
# check_active_shares_edges: NOT active
def active_shares(h, threshold):
    silent = np.abs(h) <= threshold
    return silent.mean(axis=1), silent.mean(axis=0)

# %% wrong (0 of 2): one share for all
# check_active_shares: One number for each input is due
# check_active_shares_edges: One number for each input is due
def active_shares(h, threshold):
    share = (np.abs(h) > threshold).mean()
    return share, share

# %% wrong (0 of 2): the population alone
# check_active_shares: not a tuple (population, lifetime)
# check_active_shares_edges: not a tuple (population, lifetime)
def active_shares(h, threshold):
    return (np.abs(h) > threshold).mean(axis=1)

# %% wrong (0 of 2): mean activities
# check_active_shares: count the active ones instead
# check_active_shares_edges: count the active ones instead
def active_shares(h, threshold):
    return np.abs(h).mean(axis=1), np.abs(h).mean(axis=0)

# %% wrong (0 of 2): writes into its argument
# check_active_shares: changed its argument h
# check_active_shares_edges: changed its argument h
def active_shares(h, threshold):
    h[np.abs(h) <= threshold] = 0
    return (h != 0).mean(axis=1), (h != 0).mean(axis=0)

# %% wrong (1 of 2): small activations count as none
# check_active_shares_edges: Small activations count, too
def active_shares(h, threshold):
    active = np.abs(h) > threshold + 1e-3
    return active.mean(axis=1), active.mean(axis=0)
