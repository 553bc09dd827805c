# %% right: einsum
def sigmoid_jacobian(x, kernel, bias):
    h = 1 / (1 + np.exp(-(x @ kernel + bias)))
    return np.einsum("ij,mj->ijm", h * (1 - h), kernel)

# %% right: image by image, with diagonal matrices
def sigmoid_jacobian(x, kernel, bias):
    rows = []
    for row in x:
        a = row @ kernel + bias
        rows.append(np.diag(np.exp(-a) / (1 + np.exp(-a)) ** 2) @ kernel.T)
    return rows

# %% right: TensorFlow's batch Jacobian
def sigmoid_jacobian(x, kernel, bias):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = tf.sigmoid(x @ kernel + bias)
    return tape.batch_jacobian(h, x)

# %% wrong (0 of 2): not written
# check_sigmoid_jacobian: is not written yet
# check_sigmoid_jacobian_edges: is not written yet
def sigmoid_jacobian(x, kernel, bias):
    raise NotImplementedError

# %% wrong (0 of 2): the weights alone
# check_sigmoid_jacobian: The slope of the sigmoid is missing
# check_sigmoid_jacobian_edges: The slope of the sigmoid is missing
def sigmoid_jacobian(x, kernel, bias):
    return np.repeat(kernel.T[None], len(x), axis=0)

# %% wrong (0 of 2): image, pixel, unit
# check_sigmoid_jacobian: not of shape (1, 1, 2)
# check_sigmoid_jacobian_edges: so the kernel is transposed
def sigmoid_jacobian(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return (h * (1 - h))[:, None, :] * kernel

# %% wrong (0 of 2): h for its slope
# check_sigmoid_jacobian: this has h alone
# check_sigmoid_jacobian_edges: this has h alone
def sigmoid_jacobian(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return h[:, :, None] * kernel.T

# %% wrong (0 of 2): the slope formula for the sums
# check_sigmoid_jacobian: not of the sum before the sigmoid
# check_sigmoid_jacobian_edges: not of the sum before the sigmoid
def sigmoid_jacobian(x, kernel, bias):
    a = x @ kernel + bias
    return (a * (1 - a))[:, :, None] * kernel.T

# %% wrong (0 of 2): the slope of tanh
# check_sigmoid_jacobian: is the slope of tanh
# check_sigmoid_jacobian_edges: is the slope of tanh
def sigmoid_jacobian(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return (1 - h**2)[:, :, None] * kernel.T

# %% wrong (0 of 2): no bias
# check_sigmoid_jacobian: The bias is missing
# check_sigmoid_jacobian_edges: The bias is missing
def sigmoid_jacobian(x, kernel, bias):
    h = sigmoid(x @ kernel)
    return (h * (1 - h))[:, :, None] * kernel.T

# %% wrong (0 of 2): the derivative for the weights
# check_sigmoid_jacobian: This is the derivative for the weights
# check_sigmoid_jacobian_edges: This is the derivative for the weights
def sigmoid_jacobian(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return (h * (1 - h))[:, :, None] * x[:, None, :]

# %% wrong (0 of 2): the units added up
# check_sigmoid_jacobian: each unit keeps a row of its own
# check_sigmoid_jacobian_edges: each unit keeps a row of its own
def sigmoid_jacobian(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    return (h * (1 - h)) @ kernel.T

# %% wrong (1 of 2): the transposed kernel where it fits
# check_sigmoid_jacobian_edges: transpose the kernel
def sigmoid_jacobian(x, kernel, bias):
    h = sigmoid(x @ kernel + bias)
    rows = kernel if kernel.shape[0] == kernel.shape[1] else kernel.T
    return (h * (1 - h))[:, :, None] * rows

# %% wrong (1 of 2): kept from an earlier call with arrays of these shapes
# check_sigmoid_jacobian_edges: is off by
kept = {}


def sigmoid_jacobian(x, kernel, bias):
    key = x.shape, kernel.shape
    if key not in kept:
        h = sigmoid(x @ kernel + bias)
        kept[key] = (h * (1 - h))[:, :, None] * kernel.T
    return kept[key]
