# %% right: from the explicit Jacobian
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    jacobian = np.einsum("ij,mj->ijm", h * (1 - h), kernel)
    return np.linalg.norm(jacobian, axis=(1, 2)) ** 2

# %% right: the slope from the sums, the kernel transposed
def contractive_penalty(x, kernel, bias):
    weights = kernel.T
    a = x @ weights.T + bias
    slope = np.exp(-np.abs(a)) / (1 + np.exp(-np.abs(a))) ** 2
    return [np.sum((s[:, None] * weights) ** 2) for s in slope]

# %% right: Keras' operations
def contractive_penalty(x, kernel, bias):
    ops = keras.ops
    h = ops.sigmoid(ops.matmul(x, kernel) + bias)
    return ops.sum((h * (1 - h)) ** 2 * ops.sum(ops.square(kernel), axis=0), axis=1)

# %% right: the batch Jacobian of a tape
def contractive_penalty(x, kernel, bias):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = tf.sigmoid(x @ kernel + bias)
    return tf.einsum("ijm,ijm->i", *[tape.batch_jacobian(h, x)] * 2)

# %% wrong (0 of 3): not written
# check_contractive_penalty: is not written yet
# check_contractive_penalty_edges: is not written yet
def contractive_penalty(x, kernel, bias):
    raise NotImplementedError

# %% wrong (0 of 3): sums the weights, then squares
# check_contractive_penalty: Square each weight first
# check_contractive_penalty_edges: Square each weight first
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return (h * (1 - h)) ** 2 @ kernel.sum(axis=0) ** 2

# %% wrong (0 of 3): the mean of the entries
# check_contractive_penalty: a mean of the entries lets signs cancel
# check_contractive_penalty_edges: a mean of the entries lets signs cancel
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return ((h * (1 - h))[:, :, None] * kernel.T).mean(axis=(1, 2))

# %% wrong (0 of 3): the mean of the squares
# check_contractive_penalty: this is their mean
# check_contractive_penalty_edges: this is their mean
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return (((h * (1 - h))[:, :, None] * kernel.T) ** 2).mean(axis=(1, 2))

# %% wrong (0 of 3): the tape's gradient, squared
# check_contractive_penalty: The units were added up before squaring
# check_contractive_penalty_edges: The units were added up before squaring
def contractive_penalty(x, kernel, bias):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = tf.sigmoid(x @ kernel + bias)
    return tf.reduce_sum(tape.gradient(h, x) ** 2, axis=1)

# %% wrong (0 of 3): weight decay
# check_contractive_penalty: that is weight decay
# check_contractive_penalty_edges: that is weight decay
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    slope = h * (1 - h)
    return np.full(len(slope), (kernel**2).sum())

# %% wrong (0 of 3): the slope is not squared
# check_contractive_penalty: The slope is squared too
# check_contractive_penalty_edges: The slope is squared too
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return (h * (1 - h)) @ (kernel**2).sum(axis=0)

# %% wrong (0 of 3): the norm, not its square
# check_contractive_penalty: This is the norm
# check_contractive_penalty_edges: This is the norm
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return np.linalg.norm((h * (1 - h))[:, :, None] * kernel.T, axis=(1, 2))

# %% wrong (0 of 3): the mean of the batch
# check_contractive_penalty: Each image has a penalty of its own
# check_contractive_penalty_edges: Each image has a penalty of its own
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return ((h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0)).mean()

# %% wrong (0 of 3): the slope of tanh
# check_contractive_penalty: is the slope of tanh
# check_contractive_penalty_edges: is the slope of tanh
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return (1 - h**2) ** 2 @ (kernel**2).sum(axis=0)

# %% wrong (2 of 3): the sums over the wrong axis where it fits
# check_contractive_penalty_edges: Add the squared weights of each UNIT
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    axis = 1 if kernel.shape[0] == kernel.shape[1] else 0
    return (h * (1 - h)) ** 2 @ (kernel**2).sum(axis=axis)

# %% wrong (0 of 3): only for three pixels
# check_contractive_penalty: stopped with IndexError
# check_contractive_penalty_edges: is off by
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    squares = kernel[0] ** 2 + kernel[1] ** 2 + kernel[2] ** 2 + 0 * kernel[3]
    return (h * (1 - h)) ** 2 @ squares

# %% wrong (2 of 3): the weights of an earlier call with a kernel of this shape
# check_contractive_penalty_edges: is off by
kept = {}


def contractive_penalty(x, kernel, bias):
    squares = kept.setdefault(kernel.shape, (kernel**2).sum(axis=0))
    h = sigmoid(x @ kernel + bias)
    return (h * (1 - h)) ** 2 @ squares

# %% wrong (0 of 3): the sums before the product
# check_contractive_penalty: weighs its OWN squared weights
# check_contractive_penalty_edges: weighs its OWN squared weights
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return ((h * (1 - h)) ** 2).sum(axis=1) * (kernel**2).sum()

# %% wrong (0 of 3): added over the images
# check_contractive_penalty: Axis 0 are the images
# check_contractive_penalty_edges: Axis 0 are the images
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    jacobian = (h * (1 - h))[:, :, None] * kernel.T
    return (jacobian**2).sum(axis=(0, 1))

# %% wrong (2 of 3): squeezed for a single image
# check_contractive_penalty_edges: leave `squeeze` out
def contractive_penalty(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return np.squeeze((h * (1 - h)) ** 2 @ (kernel**2).sum(axis=0))
