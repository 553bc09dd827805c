# %% right: einsum, layer after layer
def chain_penalty(x, kernels, biases):
    jacobian = None
    for kernel, bias in zip(kernels, biases):
        x = 1 / (1 + np.exp(-(x @ kernel + bias)))
        own = np.einsum("ij,mj->ijm", x * (1 - x), kernel)
        jacobian = own if jacobian is None else np.einsum("icb,iba->ica", own, jacobian)
    return np.einsum("ija,ija->i", jacobian, jacobian)

# %% right: backwards from the code, image by image
def chain_penalty(x, kernels, biases):
    found = []
    for row in x:
        values = [row]
        for kernel, bias in zip(kernels, biases):
            values.append(sigmoid(values[-1] @ kernel + bias))
        product = np.eye(len(values[-1]))
        for kernel, h in zip(kernels[::-1], values[:0:-1]):
            product = product @ np.diag(h * (1 - h)) @ kernel.T
        found.append(np.linalg.norm(product) ** 2)
    return np.array(found)

# %% right: by a tape
def chain_penalty(x, kernels, biases):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        h = x
        for kernel, bias in zip(kernels, biases):
            h = tf.sigmoid(h @ kernel + bias)
    return tf.reduce_sum(tf.square(tape.batch_jacobian(h, x)), axis=[1, 2])

# %% wrong (0 of 3): not written
# check_chain_penalty: is not written yet
# check_chain_penalty_edges: is not written yet
def chain_penalty(x, kernels, biases):
    raise NotImplementedError

# %% wrong (0 of 3): the layers' penalties, added
# check_chain_penalty: The penalties of the layers are not added
# check_chain_penalty_edges: The penalties of the layers are not added
def chain_penalty(x, kernels, biases):
    total = 0
    for kernel, bias in zip(kernels, biases):
        x = sigmoid(x @ kernel + bias)
        total = total + (x * (1 - x)) ** 2 @ (kernel**2).sum(axis=0)
    return total

# %% wrong (0 of 3): the product of the norms
# check_chain_penalty: The norm of a product is not the product of the norms
# check_chain_penalty_edges: The norm of a product is not the product of the norms
def chain_penalty(x, kernels, biases):
    total = 1
    for kernel, bias in zip(kernels, biases):
        x = sigmoid(x @ kernel + bias)
        total = total * ((x * (1 - x)) ** 2 @ (kernel**2).sum(axis=0))
    return total

# %% wrong (0 of 3): the last layer alone
# check_chain_penalty: This is the last layer alone
# check_chain_penalty_edges: This is the last layer alone
def chain_penalty(x, kernels, biases):
    for kernel, bias in zip(kernels, biases):
        x = sigmoid(x @ kernel + bias)
    return (x * (1 - x)) ** 2 @ (kernels[-1] ** 2).sum(axis=0)

# %% wrong (0 of 3): only the slopes of the last layer
# check_chain_penalty: only that of the last one is here
# check_chain_penalty_edges: only that of the last one is here
def chain_penalty(x, kernels, biases):
    product = np.eye(x.shape[1])
    for kernel, bias in zip(kernels, biases):
        x = sigmoid(x @ kernel + bias)
        product = product @ kernel
    jacobian = (x * (1 - x))[:, :, None] * product.T
    return (jacobian**2).sum(axis=(1, 2))

# %% wrong (1 of 3): the sigmoid between the layers left out
# check_chain_penalty: after its sigmoid
def chain_penalty(x, kernels, biases):
    jacobian = np.eye(x.shape[1])
    for kernel, bias in zip(kernels, biases):
        h = sigmoid(x @ kernel + bias)
        jacobian = (h * (1 - h))[:, :, None] * kernel.T @ jacobian
        x = x @ kernel + bias if len(kernels) == 2 and kernel.shape[1] != 4 else h
    return (jacobian**2).sum(axis=(1, 2))

# %% wrong (2 of 3): the product turned, where it fits
# check_chain_penalty_edges: the LAST layer's Jacobian stands leftmost
def chain_penalty(x, kernels, biases):
    jacobian = np.eye(x.shape[1])
    square = len({kernel.shape for kernel in kernels}) == 1
    for kernel, bias in zip(kernels, biases):
        x = sigmoid(x @ kernel + bias)
        own = (x * (1 - x))[:, :, None] * kernel.T
        turned = square and kernel.shape == (4, 4)
        jacobian = jacobian @ own if turned else own @ jacobian
    return (jacobian**2).sum(axis=(1, 2))

# %% wrong (2 of 3): two layers only
# check_chain_penalty_edges: stopped with IndexError
def chain_penalty(x, kernels, biases):
    h = sigmoid(x @ kernels[0] + biases[0])
    z = sigmoid(h @ kernels[1] + biases[1])
    first = (h * (1 - h))[:, :, None] * kernels[0].T
    second = (z * (1 - z))[:, :, None] * kernels[1].T
    return ((second @ first) ** 2).sum(axis=(1, 2))

# %% wrong (0 of 3): the norm, not its square
# check_chain_penalty: This is the norm
# check_chain_penalty_edges: This is the norm
def chain_penalty(x, kernels, biases):
    jacobian = np.eye(x.shape[1])
    for kernel, bias in zip(kernels, biases):
        x = sigmoid(x @ kernel + bias)
        jacobian = (x * (1 - x))[:, :, None] * kernel.T @ jacobian
    return np.linalg.norm(jacobian, axis=(1, 2))

# %% wrong (0 of 3): takes its layers off the list
# check_chain_penalty: changed its argument kernels
# check_chain_penalty_edges: changed its argument kernels
def chain_penalty(x, kernels, biases):
    jacobian = np.eye(x.shape[1])
    while kernels:
        kernel = kernels.pop(0)
        x = sigmoid(x @ kernel + biases.pop(0))
        jacobian = (x * (1 - x))[:, :, None] * kernel.T @ jacobian
    return (jacobian**2).sum(axis=(1, 2))

# %% wrong (0 of 3): squares, layer after layer
# check_chain_penalty: The squares come last
# check_chain_penalty_edges: The squares come last
def chain_penalty(x, kernels, biases):
    parts = np.ones_like(x)
    for kernel, bias in zip(kernels, biases):
        x = sigmoid(x @ kernel + bias)
        parts = (x * (1 - x)) ** 2 * (parts @ kernel**2)
    return parts.sum(axis=1)

# %% wrong (0 of 3): no biases
# check_chain_penalty: The biases are missing
# check_chain_penalty_edges: The biases are missing
def chain_penalty(x, kernels, biases):
    jacobian = np.eye(x.shape[1])
    for kernel in kernels:
        x = sigmoid(x @ kernel)
        jacobian = (x * (1 - x))[:, :, None] * kernel.T @ jacobian
    return (jacobian**2).sum(axis=(1, 2))
