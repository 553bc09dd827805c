# %% right: a loop, kernels once or twice
def count_parameters(encoder_sizes, tied):
    total = 0
    for a, b in zip(encoder_sizes, encoder_sizes[1:]):
        total += a * b + b + a
        if not tied:
            total += a * b
    return total

# %% right: both halves written out as lists of sizes
def count_parameters(encoder_sizes, tied):
    sizes = list(encoder_sizes) + list(encoder_sizes)[-2::-1]
    everything = sum((a + 1) * b for a, b in zip(sizes[:-1], sizes[1:]))
    shared = sum(a * b for a, b in zip(encoder_sizes[:-1], encoder_sizes[1:]))
    return everything - shared if tied else everything

# %% right: numpy
def count_parameters(encoder_sizes, tied):
    s = np.array(encoder_sizes)
    return int((2 - tied) * (s[:-1] @ s[1:]) + s[1:].sum() + s[:-1].sum())

# %% wrong (1 of 2): tied is not looked at
# check_count_parameters_tied: count each once
def count_parameters(encoder_sizes, tied):
    return sum(2 * a * b + a + b for a, b in zip(encoder_sizes, encoder_sizes[1:]))

# %% wrong (1 of 2): tied shares the biases too
# check_count_parameters_tied: Biases are never shared
def count_parameters(encoder_sizes, tied):
    pairs = list(zip(encoder_sizes, encoder_sizes[1:]))
    if tied:
        return sum((a + 1) * b for a, b in pairs)
    return sum(2 * a * b + a + b for a, b in pairs)

# %% wrong (1 of 2): half of all parameters
# check_count_parameters_tied: nodes before x nodes
def count_parameters(encoder_sizes, tied):
    total = sum(2 * a * b + a + b for a, b in zip(encoder_sizes, encoder_sizes[1:]))
    return total // 2 if tied else total

# %% wrong (0 of 2): no biases
# check_count_parameters: The biases are missing
# check_count_parameters_tied: The biases are missing
def count_parameters(encoder_sizes, tied):
    kernels = sum(a * b for a, b in zip(encoder_sizes, encoder_sizes[1:]))
    return kernels if tied else 2 * kernels

# %% wrong (0 of 2): the encoder alone
# check_count_parameters: This is the encoder alone
# check_count_parameters_tied: Biases are never shared
def count_parameters(encoder_sizes, tied):
    return sum((a + 1) * b for a, b in zip(encoder_sizes, encoder_sizes[1:]))

# %% wrong (0 of 2): the decoder has the encoder's biases
# check_count_parameters: one bias for each pixel
# check_count_parameters_tied: one bias for each pixel
def count_parameters(encoder_sizes, tied):
    kernels = sum(a * b for a, b in zip(encoder_sizes, encoder_sizes[1:]))
    return (1 if tied else 2) * kernels + 2 * sum(encoder_sizes[1:])

# %% wrong (0 of 2): biases for the input
# check_count_parameters: The input has no biases
# check_count_parameters_tied: The input has no biases
def count_parameters(encoder_sizes, tied):
    kernels = sum(a * b for a, b in zip(encoder_sizes, encoder_sizes[1:]))
    sizes = encoder_sizes + encoder_sizes[:-1]
    return (1 if tied else 2) * kernels + sum(sizes) + encoder_sizes[0] - encoder_sizes[0]

# %% wrong (0 of 2): pops the list that was passed
# check_count_parameters: changed its argument encoder_sizes
# check_count_parameters_tied: changed its argument encoder_sizes
def count_parameters(encoder_sizes, tied):
    total, before = 0, encoder_sizes.pop(0)
    while encoder_sizes:
        nodes = encoder_sizes.pop(0)
        total += (1 if tied else 2) * before * nodes + before + nodes
        before = nodes
    return total

# %% wrong (0 of 2): the paper's number
# check_count_parameters: nodes before x nodes
# check_count_parameters_tied: nodes before x nodes
def count_parameters(encoder_sizes, tied):
    return 1_420_814 if tied else 2_837_314

# %% wrong (0 of 2): the next size is looked up by the size before it
# check_count_parameters: go by their places in the list
# check_count_parameters_tied: go by their places in the list
def count_parameters(encoder_sizes, tied):
    total = 0
    for a in encoder_sizes[:-1]:
        b = encoder_sizes[encoder_sizes.index(a) + 1]
        total += (1 if tied else 2) * a * b + a + b
    return total
