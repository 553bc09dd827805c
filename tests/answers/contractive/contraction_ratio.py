# %% right: a loop over all pairs
def contraction_ratio(x, kernel, bias, directions, r):
    found = []
    for row in x:
        h = 1 / (1 + np.exp(-(row @ kernel + bias)))
        for u in directions:
            moved = row + r * u / np.sqrt((u**2).sum())
            found.append(np.sqrt(((sigmoid(moved @ kernel + bias) - h) ** 2).sum()))
    return sum(found) / len(found) / r

# %% right: all pairs at once
def contraction_ratio(x, kernel, bias, directions, r):
    units = directions / np.linalg.norm(directions, axis=1)[:, None]
    moved = x[:, None, :] + r * units[None, :, :]
    gap = sigmoid(moved @ kernel + bias) - sigmoid(x @ kernel + bias)[:, None, :]
    return (np.linalg.norm(gap, axis=-1) / r).mean()

# %% right: tensors
def contraction_ratio(x, kernel, bias, directions, r):
    units = tf.linalg.normalize(tf.constant(directions), axis=1)[0]
    h = tf.sigmoid(x @ kernel + bias)
    gap = tf.sigmoid((x + r * units[:, None]) @ kernel + bias) - h
    return tf.reduce_mean(tf.norm(gap, axis=2)) / r

# %% wrong (0 of 2): not written
# check_contraction_ratio: is not written yet
# check_contraction_ratio_edges: is not written yet
def contraction_ratio(x, kernel, bias, directions, r):
    raise NotImplementedError

# %% wrong (0 of 2): not divided by r
# check_contraction_ratio: Divide by r
# check_contraction_ratio_edges: Divide by r
def contraction_ratio(x, kernel, bias, directions, r):
    units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    gap = sigmoid((x + r * units[:, None]) @ kernel + bias) - sigmoid(x @ kernel + bias)
    return np.linalg.norm(gap, axis=-1).mean()

# %% wrong (1 of 2): directions as they are
# check_contraction_ratio_edges: divide each by its own norm first
def contraction_ratio(x, kernel, bias, directions, r):
    units = directions
    if x.shape[1] == 1:
        units = np.sign(directions)
    gap = sigmoid((x + r * units[:, None]) @ kernel + bias) - sigmoid(x @ kernel + bias)
    return np.linalg.norm(gap, axis=-1).mean() / r

# %% wrong (0 of 2): one norm for all directions
# check_contraction_ratio: by the norm of ALL directions
# check_contraction_ratio_edges: by the norm of ALL directions
def contraction_ratio(x, kernel, bias, directions, r):
    units = directions / np.linalg.norm(directions)
    gap = sigmoid((x + r * units[:, None]) @ kernel + bias) - sigmoid(x @ kernel + bias)
    return np.linalg.norm(gap, axis=-1).mean() / r

# %% wrong (0 of 2): the squared move
# check_contraction_ratio: not its square
# check_contraction_ratio_edges: not its square
def contraction_ratio(x, kernel, bias, directions, r):
    units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    gap = sigmoid((x + r * units[:, None]) @ kernel + bias) - sigmoid(x @ kernel + bias)
    return (gap**2).sum(axis=-1).mean() / r

# %% wrong (0 of 2): one norm of everything
# check_contraction_ratio: one norm for each pair
# check_contraction_ratio_edges: one norm for each pair
def contraction_ratio(x, kernel, bias, directions, r):
    units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    gap = sigmoid((x + r * units[:, None]) @ kernel + bias) - sigmoid(x @ kernel + bias)
    return np.linalg.norm(gap) / r

# %% wrong (0 of 2): the mean move
# check_contraction_ratio: not the norm of the mean move
# check_contraction_ratio_edges: not the norm of the mean move
def contraction_ratio(x, kernel, bias, directions, r):
    units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    gap = sigmoid((x + r * units[:, None]) @ kernel + bias) - sigmoid(x @ kernel + bias)
    return np.linalg.norm(gap.mean(axis=(0, 1))) / r

# %% wrong (0 of 2): no sigmoid
# check_contraction_ratio: The code has a sigmoid
# check_contraction_ratio_edges: The code has a sigmoid
def contraction_ratio(x, kernel, bias, directions, r):
    units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    return np.linalg.norm(units @ kernel, axis=1).mean()

# %% wrong (1 of 2): image and direction in pairs, where they are as many
# check_contraction_ratio_edges: Every image goes along EVERY direction
def contraction_ratio(x, kernel, bias, directions, r):
    units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    if len(x) != len(units):
        units = units[:, None]
    gap = sigmoid((x + r * units) @ kernel + bias) - sigmoid(x @ kernel + bias)
    return np.linalg.norm(gap, axis=-1).mean() / r

# %% wrong (0 of 2): the moved images are clipped
# check_contraction_ratio: are the moved images clipped
# check_contraction_ratio_edges: The moved images are not clipped
def contraction_ratio(x, kernel, bias, directions, r):
    units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    moved = np.clip(x + r * units[:, None], 0, 1)
    gap = sigmoid(moved @ kernel + bias) - sigmoid(x @ kernel + bias)
    return np.linalg.norm(gap, axis=-1).mean() / r

# %% wrong (0 of 2): divided by the length of u after the step
# check_contraction_ratio: BEFORE the step
# check_contraction_ratio_edges: BEFORE the step
def contraction_ratio(x, kernel, bias, directions, r):
    h = sigmoid(x @ kernel + bias)
    ratios = []
    for u in directions:
        moves = sigmoid((x + r * u) @ kernel + bias) - h
        ratios.append(np.linalg.norm(moves, axis=1) / (r * np.linalg.norm(u)))
    return np.mean(ratios)

# %% right: float32
def contraction_ratio(x, kernel, bias, directions, r):
    x, kernel, bias, u = (np.float32(part) for part in (x, kernel, bias, directions))
    u = u / np.linalg.norm(u, axis=1, keepdims=True)
    moved = sigmoid((x[:, None] + np.float32(r) * u) @ kernel + bias)
    h = sigmoid(x @ kernel + bias)
    return np.linalg.norm(moved - h[:, None], axis=-1).mean() / r

# %% wrong (0 of 2): added up over the directions
# check_contraction_ratio: Add the norms up and divide by their number
# check_contraction_ratio_edges: Average over the directions, too
def contraction_ratio(x, kernel, bias, directions, r):
    h, total = sigmoid(x @ kernel + bias), 0
    for u in directions / np.linalg.norm(directions, axis=1, keepdims=True):
        move = sigmoid((x + r * u) @ kernel + bias) - h
        total += np.linalg.norm(move, axis=1).mean() / r
    return total
