# %% right: sets
def recall_at_k(found, exact):
    pairs = zip(found.tolist(), exact.tolist())
    shares = [len(set(f) & set(e)) / len(e) for f, e in pairs]
    return sum(shares) / len(shares)

# %% right: all pairs at once
def recall_at_k(found, exact):
    return (exact[:, :, None] == found[:, None, :]).any(axis=2).mean()

# %% right: the found ones, counted
def recall_at_k(found, exact):
    hits = 0
    for f, e in zip(found, exact):
        hits += np.isin(f[f >= 0], e).sum()
    return hits / exact.size

# %% wrong (0 of 2): not written
# check_recall_at_k: is not written yet
# check_recall_at_k_edges: is not written yet
def recall_at_k(found, exact):
    raise NotImplementedError

# %% wrong (0 of 2): place by place
# check_recall_at_k: This compares place by place
# check_recall_at_k_edges: This compares place by place
def recall_at_k(found, exact):
    return (found == exact).mean()

# %% wrong (0 of 2): all rows together
# check_recall_at_k: each query has its own row
# check_recall_at_k_edges: each query has its own row
def recall_at_k(found, exact):
    return np.isin(exact, found).mean()

# %% wrong (0 of 2): complete rows
# check_recall_at_k: in how many rows everything was found
# check_recall_at_k_edges: in how many rows everything was found
def recall_at_k(found, exact):
    return np.mean([set(f) == set(e) for f, e in zip(found, exact)])

# %% wrong (0 of 2): any find
# check_recall_at_k: in how many rows anything was found
# check_recall_at_k_edges: in how many rows anything was found
def recall_at_k(found, exact):
    return np.mean([bool(set(f) & set(e)) for f, e in zip(found, exact)])

# %% wrong (0 of 2): both over either
# check_recall_at_k: over all that either has
# check_recall_at_k_edges: returned
def recall_at_k(found, exact):
    pairs = [(set(f), set(e)) for f, e in zip(found, exact)]
    return np.mean([len(f & e) / len(f | e) for f, e in pairs])

# %% wrong (1 of 2): empty places make k smaller
# check_recall_at_k_edges: Empty places do not make k smaller
def recall_at_k(found, exact):
    shares = []
    for f, e in zip(found, exact):
        f = f[f >= 0]
        shares.append(np.isin(f, e).mean() if len(f) else 0.0)
    return np.mean(shares)

# %% wrong (0 of 2): the number found
# check_recall_at_k: which is above 1
# check_recall_at_k_edges: which is above 1
def recall_at_k(found, exact):
    return np.mean([len(set(f) & set(e)) for f, e in zip(found, exact)])

# %% wrong (0 of 2): one number for each query
# check_recall_at_k: take the mean of these
# check_recall_at_k_edges: take the mean of these
def recall_at_k(found, exact):
    return [len(set(f) & set(e)) / len(e) for f, e in zip(found, exact)]

# %% wrong (0 of 2): the nearest one alone
# check_recall_at_k: returned 0
# check_recall_at_k_edges: returned 0
def recall_at_k(found, exact):
    return (found == exact[:, :1]).any(axis=1).mean()

# %% wrong (1 of 2): empty places are searched for as ids
# check_recall_at_k_edges: returned
def recall_at_k(found, exact):
    hits = np.zeros(found.shape)
    for i, (f, e) in enumerate(zip(found, exact)):
        table = np.zeros(1000)
        table[e] = 1
        table[-1] = 1
        hits[i] = table[f]
    return hits.mean()

# %% wrong (1 of 2): as many places as the fullest row has
# check_recall_at_k_edges: places that are empty in all rows
def recall_at_k(found, exact):
    places = max((found >= 0).sum(axis=1).max(), 1)
    hits = sum(len(set(f) & set(e)) for f, e in zip(found, exact))
    return hits / len(exact) / places

# %% wrong (1 of 2): queries without any find are left out
# check_recall_at_k_edges: count too, with 0
def recall_at_k(found, exact):
    pairs = [(f, e) for f, e in zip(found, exact) if (f >= 0).any()]
    return np.mean([np.isin(e, f).mean() for f, e in pairs]) if pairs else 0.0
