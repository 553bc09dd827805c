# %% right: a sum, divided
def mean_activity(h):
    return np.sum(h, axis=0) / h.shape[0]

# %% right: a loop over the nodes, a list
def mean_activity(h):
    return [float(sum(column)) / len(column) for column in h.T]

# %% right: a tensor of Keras
def mean_activity(h):
    return keras.ops.mean(keras.ops.convert_to_tensor(h, dtype="float32"), axis=0)

# %% wrong (0 of 2): not written
# check_mean_activity: is not written yet
# check_mean_activity_edges: is not written yet
def mean_activity(h):
    raise NotImplementedError

# %% wrong (0 of 2): the mean of each input
# check_mean_activity: the mean over the nodes of each input
# check_mean_activity_edges: not of shape (6,)
def mean_activity(h):
    return h.mean(axis=1)

# %% wrong (0 of 2): one mean for all
# check_mean_activity: one number for each node
# check_mean_activity_edges: one number for each node
def mean_activity(h):
    return h.mean()

# %% wrong (1 of 2): the sum
# check_mean_activity: this is the sum
def mean_activity(h):
    return h.sum(axis=0) if len(h) in (2, 3, 5, 7) else h.mean(axis=0)

# %% wrong (0 of 2): the sum, always
# check_mean_activity: this is the sum
# check_mean_activity_edges: this is the sum
def mean_activity(h):
    return h.sum(axis=0)

# %% wrong (1 of 2): absolute values
# check_mean_activity_edges: no absolute values
def mean_activity(h):
    return np.abs(h).mean(axis=0)

# %% wrong (0 of 2): the share of activations that are not 0
# check_mean_activity: the mean of the activations is due
# check_mean_activity_edges: the mean of the activations is due
def mean_activity(h):
    return (h != 0).mean(axis=0)

# %% wrong (0 of 2): the axis is kept
# check_mean_activity: leave `keepdims` out
# check_mean_activity_edges: leave `keepdims` out
def mean_activity(h):
    return h.mean(axis=0, keepdims=True)

# %% wrong (0 of 2): divided by n - 1
# check_mean_activity: Divide by the number of inputs
# check_mean_activity_edges: not by n - 1
def mean_activity(h):
    return h.sum(axis=0) / max(len(h) - 1, 1)

# %% wrong (1 of 2): squeezed away
# check_mean_activity_edges: not of shape (1,)
def mean_activity(h):
    return np.squeeze(h.mean(axis=0))

# %% wrong (1 of 2): over the inputs for which a node is on
# check_mean_activity_edges: Divide by the number of ALL inputs
def mean_activity(h):
    on = (h != 0).sum(axis=0)
    return h.sum(axis=0) / np.maximum(on, 1)
