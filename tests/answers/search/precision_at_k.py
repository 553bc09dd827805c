# %% right: loops
def precision_at_k(neighbours, labels, query_labels):
    shares = []
    for ids, label in zip(neighbours, query_labels):
        shares.append(sum(labels[i] == label for i in ids) / len(ids))
    return sum(shares) / len(shares)

# %% right: hits counted and divided
def precision_at_k(neighbours, labels, query_labels):
    m, k = neighbours.shape
    hits = np.take(labels, neighbours) == query_labels.reshape(m, 1)
    return np.float32(hits.sum() / (m * k))

# %% right: transposed, mean of means
def precision_at_k(neighbours, labels, query_labels):
    return (labels[neighbours.T] == query_labels).mean(axis=0).mean()

# %% wrong (0 of 2): not written
# check_precision_at_k: is not written yet
# check_precision_at_k_edges: is not written yet
def precision_at_k(neighbours, labels, query_labels):
    raise NotImplementedError

# %% wrong (0 of 2): ids are compared with classes
# check_precision_at_k: Ids are compared with classes
# check_precision_at_k_edges: Ids are compared with classes
def precision_at_k(neighbours, labels, query_labels):
    return (neighbours == query_labels[:, None]).mean()

# %% wrong (0 of 2): the number of hits
# check_precision_at_k: which is above 1
# check_precision_at_k_edges: which is above 1
def precision_at_k(neighbours, labels, query_labels):
    return (labels[neighbours] == query_labels[:, None]).sum(axis=1).mean()

# %% wrong (0 of 2): percent
# check_precision_at_k: which is above 1
# check_precision_at_k_edges: which is above 1
def precision_at_k(neighbours, labels, query_labels):
    return 100 * (labels[neighbours] == query_labels[:, None]).mean()

# %% wrong (0 of 2): one number for each query
# check_precision_at_k: take the mean of these
# check_precision_at_k_edges: take the mean of these
def precision_at_k(neighbours, labels, query_labels):
    return (labels[neighbours] == query_labels[:, None]).mean(axis=1)

# %% wrong (0 of 2): classes along the rows
# check_precision_at_k: Two shapes in this line do not fit
# check_precision_at_k_edges: they need the shape (m, 1)
def precision_at_k(neighbours, labels, query_labels):
    return (labels[neighbours] == query_labels).mean()

# %% wrong (0 of 2): the nearest alone
# check_precision_at_k: the nearest alone
# check_precision_at_k_edges: the nearest alone
def precision_at_k(neighbours, labels, query_labels):
    return (labels[neighbours[:, 0]] == query_labels).mean()

# %% wrong (0 of 2): any hit
# check_precision_at_k: whether any neighbour is a hit
# check_precision_at_k_edges: whether any neighbour is a hit
def precision_at_k(neighbours, labels, query_labels):
    return (labels[neighbours] == query_labels[:, None]).any(axis=1).mean()

# %% wrong (0 of 2): recall by class
# check_precision_at_k: which is recall
# check_precision_at_k_edges: which is recall
def precision_at_k(neighbours, labels, query_labels):
    hits = (labels[neighbours] == query_labels[:, None]).sum(axis=1)
    of_class = (labels == query_labels[:, None]).sum(axis=1)
    return (hits / np.maximum(of_class, 1)).mean()

# %% wrong (0 of 2): a vote
# check_precision_at_k: majority
# check_precision_at_k_edges: majority
def precision_at_k(neighbours, labels, query_labels):
    votes = [np.bincount(row).argmax() for row in labels[neighbours]]
    return np.mean(votes == query_labels)

# %% wrong (0 of 2): misses
# check_precision_at_k: the share of misses
# check_precision_at_k_edges: the share of misses
def precision_at_k(neighbours, labels, query_labels):
    return (labels[neighbours] != query_labels[:, None]).mean()

# %% wrong (1 of 2): ten classes are taken for granted
# check_precision_at_k_edges: stopped with IndexError
def precision_at_k(neighbours, labels, query_labels):
    one_hot = np.eye(10)
    found = one_hot[labels[neighbours]]
    return (found * one_hot[query_labels][:, None]).sum(axis=2).mean()

# %% wrong (0 of 2): divides by //
# check_precision_at_k: or rounds down by `//`
# check_precision_at_k_edges: or rounds down by `//`
def precision_at_k(neighbours, labels, query_labels):
    hits = labels[neighbours] == query_labels[:, None]
    return hits.sum() // hits.size
