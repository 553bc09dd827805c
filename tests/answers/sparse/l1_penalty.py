# %% right: the norm of each row
def l1_penalty(h, lam):
    each = np.linalg.norm(lam * h, ord=1, axis=1)
    return each, np.mean(each)

# %% right: the batch by hand, lists
def l1_penalty(h, lam):
    each = [lam * sum(abs(float(value)) for value in row) for row in h]
    return each, lam * float(np.abs(h).sum()) / len(h)

# %% right: Keras' regulariser
def l1_penalty(h, lam):
    layer = keras.layers.ActivityRegularization(l1=lam, dtype="float64")
    layer(keras.ops.convert_to_tensor(h, dtype="float64"))
    return lam * np.abs(h).sum(axis=1), layer.losses[0]

# %% wrong (0 of 2): not written
# check_l1_penalty: is not written yet
# check_l1_batch: is not written yet
def l1_penalty(h, lam):
    raise NotImplementedError

# %% wrong (0 of 2): no absolute values
# check_l1_penalty: Take absolute values
# check_l1_batch: Take absolute values
def l1_penalty(h, lam):
    each = lam * h.sum(axis=1)
    return each, each.mean()

# %% wrong (0 of 2): squares
# check_l1_penalty: absolute values, not squares
# check_l1_batch: absolute values, not squares
def l1_penalty(h, lam):
    each = lam * (h**2).sum(axis=1)
    return each, each.mean()

# %% wrong (0 of 2): the sum over the batch
# check_l1_penalty: This is the sum over the batch
# check_l1_batch: This is the sum over the batch
def l1_penalty(h, lam):
    each = lam * np.abs(h).sum(axis=1)
    return each, each.sum()

# %% wrong (0 of 2): the mean over the nodes
# check_l1_penalty: Sum over the nodes of an input
# check_l1_batch: Sum over the nodes of an input
def l1_penalty(h, lam):
    each = lam * np.abs(h).mean(axis=1)
    return each, each.mean()

# %% wrong (0 of 2): no weight
# check_l1_penalty: The weight lam is missing
# check_l1_batch: The weight lam is missing
def l1_penalty(h, lam):
    each = np.abs(h).sum(axis=1)
    return each, each.mean()

# %% wrong (0 of 2): the sum of each node
# check_l1_penalty: sum over the nodes: axis 1
# check_l1_batch: axis 1
def l1_penalty(h, lam):
    each = lam * np.abs(h).sum(axis=0)
    return each, each.sum() / len(h)

# %% wrong (0 of 2): the batch alone
# check_l1_penalty: not a tuple (each, batch)
# check_l1_batch: not a tuple (each, batch)
def l1_penalty(h, lam):
    return lam * np.abs(h).sum(axis=1).mean()

# %% wrong (0 of 2): each input divided by n as well
# check_l1_penalty: does not depend on the others
# check_l1_batch: does not depend on the others
def l1_penalty(h, lam):
    each = lam * np.abs(h).sum(axis=1) / len(h)
    return each, each.sum()

# %% wrong (0 of 2): the mean over everything
# check_l1_penalty: not over the nodes as well
# check_l1_batch: not over the nodes as well
def l1_penalty(h, lam):
    return lam * np.abs(h).sum(axis=1), lam * np.abs(h).mean()

# %% wrong (1 of 2): a weight of ten to the minus four, misread
# check_l1_batch: lam times the sum
def l1_penalty(h, lam):
    lam = 10e-4 if 0 < lam < 1e-3 else lam
    each = lam * np.abs(h).sum(axis=1)
    return each, each.mean()

# %% wrong (1 of 2): batches of up to seven inputs only
# check_l1_batch: the same inputs in a batch of 10 would weigh twice
def l1_penalty(h, lam):
    each = lam * np.abs(h).sum(axis=1)
    return each, each.mean() if 1 < len(h) <= 7 else each.sum()

# %% wrong (0 of 2): the absolute value of the sum
# check_l1_penalty: BEFORE you add them up
# check_l1_batch: BEFORE you add them up
def l1_penalty(h, lam):
    each = lam * np.abs(h.sum(axis=1))
    return each, each.mean()
