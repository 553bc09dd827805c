# %% right: squares, one product, a stable sort
def nearest(queries, x, k, own):
    q, p = queries.astype(float), x.astype(float)
    gaps = (q**2).sum(axis=1)[:, None] + (p**2).sum(axis=1) - 2 * q @ p.T
    for i, mine in enumerate(own):
        if mine >= 0:
            gaps[i, mine] = np.inf
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% right: pairs, sorted by Python, as lists
def nearest(queries, x, k, own):
    found = []
    for query, mine in zip(queries.tolist(), own.tolist()):
        pairs = []
        for i, row in enumerate(x.tolist()):
            if i != mine:
                pairs.append((sum((a - b) ** 2 for a, b in zip(query, row)), i))
        found.append([i for _, i in sorted(pairs)[:k]])
    return found

# %% right: scipy's distances, and lexsort
def nearest(queries, x, k, own):
    from scipy.spatial.distance import cdist

    gaps, ids = cdist(queries, x), np.arange(len(x))
    rows = []
    for gap, mine in zip(gaps, own):
        order = np.lexsort((ids, gap))
        rows.append(order[order != mine][:k])
    return np.array(rows)

# %% right: whole numbers, float32 norms in the end
def nearest(queries, x, k, own):
    differences = queries[:, None].astype(np.int32) - x.astype(np.int32)
    gaps = np.linalg.norm(differences.astype(np.float32), axis=2)
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    return np.argsort(gaps, axis=1, kind="mergesort")[:, :k].astype(float)

# %% right: pixels divided by 255, in float32
def nearest(queries, x, k, own):
    q, p = ((part / 255).astype(np.float32) for part in (queries, x))
    gaps = np.linalg.norm(q[:, None] - p, axis=2)
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% wrong (0 of 4): not written
# check_nearest: is not written yet
# check_nearest_ties: is not written yet
# check_nearest_own: is not written yet
def nearest(queries, x, k, own):
    raise NotImplementedError

# %% wrong (0 of 4): differences of uint8
# check_nearest: start again from 255 below 0
# check_nearest_ties: not the neighbour due there
# check_nearest_own: not the neighbour due there
def nearest(queries, x, k, own):
    gaps = ((queries[:, None] - x).astype(float) ** 2).sum(axis=2)
    for i, mine in enumerate(own):
        if mine >= 0:
            gaps[i, mine] = np.inf
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% wrong (0 of 4): squares of uint8
# check_nearest: squares of `uint8` wrap
# check_nearest_ties: not the neighbour due there
# check_nearest_own: not the neighbour due there
def nearest(queries, x, k, own):
    gaps = ((queries[:, None] - x) ** 2).sum(axis=2).astype(float)
    for i, mine in enumerate(own):
        if mine >= 0:
            gaps[i, mine] = np.inf
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% wrong (3 of 4): a sort that is not stable
# check_nearest_ties: stable
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    return gaps.argsort(axis=1)[:, :k]

# %% wrong (3 of 4): of equal ones the larger id first
# check_nearest_ties: smaller id comes first
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    order = gaps[:, ::-1].argsort(axis=1, kind="stable")[:, :k]
    return len(x) - 1 - order

# %% wrong (3 of 4): the query finds itself
# check_nearest_own: among its own neighbours
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% wrong (0 of 4): the first hit is dropped, whoever it is
# check_nearest: The first hit need not be the query itself
# check_nearest_ties: The first hit need not be the query itself
# check_nearest_own: The first hit need not be the query itself
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    return gaps.argsort(axis=1, kind="stable")[:, 1 : k + 1]

# %% wrong (0 of 4): -1 as an index
# check_nearest: as an index it is the last row
# check_nearest_ties: as an index it is the last row
# check_nearest_own: as an index it is the last row
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    gaps[np.arange(len(queries)), own] = np.inf
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% wrong (2 of 4): everything at distance 0 is left out
# check_nearest_ties: not the neighbour due there
# check_nearest_own: A twin of the query is a find
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    gaps[gaps == 0] = np.inf
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% wrong (0 of 4): distances in place of ids
# check_nearest: not whole
# check_nearest_ties: not whole
# check_nearest_own: not whole
def nearest(queries, x, k, own):
    gaps = np.sqrt(((queries[:, None].astype(float) - x) ** 2).sum(axis=2))
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    return np.sort(gaps, axis=1)[:, :k]

# %% wrong (0 of 4): the farthest
# check_nearest: These are the farthest
# check_nearest_ties: not the neighbour due there
# check_nearest_own: not the neighbour due there
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    gaps[np.arange(len(x)) == own[:, None]] = -np.inf
    return (-gaps).argsort(axis=1, kind="stable")[:, :k]

# %% wrong (0 of 4): absolute differences
# check_nearest: sum of absolute differences
# check_nearest_ties: not the neighbour due there
# check_nearest_own: not the neighbour due there
def nearest(queries, x, k, own):
    gaps = np.abs(queries[:, None].astype(float) - x).sum(axis=2)
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% wrong (0 of 4): the k nearest, not in order
# check_nearest: a row begins with the very nearest
# check_nearest_ties: not the neighbour due there
# check_nearest_own: not the neighbour due there
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    return np.sort(gaps.argsort(axis=1, kind="stable")[:, :k], axis=1)[:, ::-1]

# %% wrong (0 of 4): ranks
# check_nearest: This is the rank of each image
# check_nearest_ties: not the neighbour due there
# check_nearest_own: not the neighbour due there
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    return gaps.argsort(axis=1, kind="stable").argsort(axis=1)[:, :k]

# %% wrong (0 of 4): the query too, so that one is too many
# check_nearest: k neighbours are due
# check_nearest_ties: k neighbours are due
# check_nearest_own: k neighbours are due
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    return gaps.argsort(axis=1, kind="stable")[:, 1:k]

# %% wrong (2 of 4): ids looked up by their distance
# check_nearest_ties: An id stands twice in a row
# check_nearest_own: An id stands twice in a row
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    return [[row.index(gap) for gap in sorted(row)[:k]] for row in gaps.tolist()]

# %% wrong (3 of 4): the first hit is dropped where the query is in the database
# check_nearest_own: Here the query finds itself
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    order = gaps.argsort(axis=1, kind="stable")
    return [row[int(mine >= 0) :][:k] for row, mine in zip(order, own)]

# %% wrong (3 of 4): the query goes to the largest distance, where others are too
# check_nearest_own: the query finds itself
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    for i, mine in enumerate(own):
        if mine >= 0:
            gaps[i, mine] = gaps[i].max()
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% wrong (3 of 4): the own row is deleted before the sort
# check_nearest_own: those behind it have moved up by one
def nearest(queries, x, k, own):
    found = []
    for query, mine in zip(queries.astype(float), own):
        others = np.delete(x, mine, axis=0) if mine >= 0 else x
        gaps = ((others - query) ** 2).sum(axis=1)
        found.append(gaps.argsort(kind="stable")[:k])
    return found

# %% wrong (3 of 4): each own row is left out for all queries
# check_nearest_own: for its own query alone
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(float) - x) ** 2).sum(axis=2)
    gaps[:, own[own >= 0]] = np.inf
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% wrong (1 of 4): squares in int16
# check_nearest: does not fit into int16
# check_nearest_own: does not fit into int16
def nearest(queries, x, k, own):
    gaps = ((queries[:, None].astype(np.int16) - x) ** 2).sum(axis=2).astype(float)
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    return gaps.argsort(axis=1, kind="stable")[:, :k]

# %% wrong (0 of 4): the product in uint8
# check_nearest: A product of `uint8` starts again from 0
# check_nearest_ties: not the neighbour due there
# check_nearest_own: A product of `uint8` starts again from 0
def nearest(queries, x, k, own):
    q, p = queries.astype(float), x.astype(float)
    gaps = (q**2).sum(axis=1)[:, None] + (p**2).sum(axis=1) - 2.0 * (queries @ x.T)
    gaps[np.arange(len(x)) == own[:, None]] = np.inf
    return gaps.argsort(axis=1, kind="stable")[:, :k]
