# %% right: a sum over neighbours
def count_parameters(sizes):
    return sum(a * b + b for a, b in zip(sizes, sizes[1:]))

# %% right: numpy, weights and biases apart
def count_parameters(sizes):
    sizes = np.array(sizes)
    return int((sizes[:-1] * sizes[1:]).sum() + sizes[1:].sum())

# %% right: a loop over indices that keeps a running size
def count_parameters(sizes):
    total, before = 0, None
    for nodes in sizes:
        if before is not None:
            total += (before + 1) * nodes
        before = nodes
    return total

# %% right: Keras counts
def count_parameters(sizes):
    layers = [keras.layers.Dense(int(n)) for n in sizes[1:]]
    return keras.Sequential([keras.Input(shape=(int(sizes[0]),)), *layers]).count_params()

# %% wrong (0 of 2): no biases
# check_count_parameters: These are the weights alone
def count_parameters(sizes):
    return sum(a * b for a, b in zip(sizes, sizes[1:]))

# %% wrong (0 of 2): biases for the input too
# check_count_parameters: nodes of the input have no bias
def count_parameters(sizes):
    return sum(a * b for a, b in zip(sizes, sizes[1:])) + sum(sizes)

# %% wrong (0 of 2): biases of the layer before
# check_count_parameters: biases of the layer before
def count_parameters(sizes):
    return sum(a * (b + 1) for a, b in zip(sizes, sizes[1:]))

# %% wrong (0 of 2): one bias a layer
# check_count_parameters: one bias for each layer
def count_parameters(sizes):
    return sum(a * b + 1 for a, b in zip(sizes, sizes[1:]))

# %% wrong (0 of 2): counts nodes
# check_count_parameters: These are the nodes, or the biases
def count_parameters(sizes):
    return sum(sizes)

# %% wrong (0 of 2): only the lecture's network
# check_count_parameters: the right value is 8
def count_parameters(sizes):
    return 209968

# %% wrong (0 of 2): right for four layers after the input only
# check_count_parameters: stopped with ValueError
def count_parameters(sizes):
    a, b, c, d, e = sizes
    return a * b + b + b * c + c + c * d + d + d * e + e

# %% wrong (0 of 2): skips every other pair
# check_count_parameters: Add this up over all neighbours
def count_parameters(sizes):
    return sum(a * b + b for a, b in zip(sizes[::2], sizes[1::2]))

# %% wrong (0 of 2): prints and returns nothing
# check_count_parameters: returned None
def count_parameters(sizes):
    print(sum(a * b + b for a, b in zip(sizes, sizes[1:])))

# %% wrong (0 of 2): empties the list it is given
# check_count_parameters: changed its argument sizes
def count_parameters(sizes):
    total = 0
    while len(sizes) > 1:
        a = sizes.pop(0)
        total += (a + 1) * sizes[0]
    return total

# %% wrong (0 of 2): returns after the first pair
# check_count_parameters: return too early
def count_parameters(sizes):
    total = 0
    for a, b in pairwise(sizes):
        total += a * b + b
        return total

# %% wrong (0 of 2): one number for each layer
# check_count_parameters: add them up
def count_parameters(sizes):
    return [a * b + b for a, b in pairwise(sizes)]

# %% wrong (0 of 2): stops one pair too early
# check_count_parameters: last pair of layers is missing
def count_parameters(sizes):
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes) - 2))

# %% wrong (0 of 2): a bias at both ends of each pair
# check_count_parameters: two biases each
def count_parameters(sizes):
    return sum(a * b + a + b for a, b in pairwise(sizes))

# %% wrong (0 of 2): five layers at most
# check_count_parameters: The last pair of layers is missing
def count_parameters(sizes):
    return sum((a + 1) * b for a, b in pairwise(sizes[:5]))
