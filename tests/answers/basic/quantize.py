# %% right: round, then clip
def quantize(z):
    low, high = float(np.min(z)), float(np.max(z))
    step = (high - low) / 255
    if step == 0:
        return np.zeros_like(z, dtype=np.uint8), low, step
    return np.clip(np.round((z - low) / step), 0, 255).astype(np.uint8), low, step

# %% right: half a level added, then cut off
def quantize(z):
    z = z.astype(float)
    low = z.min()
    step = np.ptp(z) / 255
    safe = step if step > 0 else 1.0
    return ((z - low) / safe + 0.5).astype("uint8"), low, step

# %% right: searching among the levels
def quantize(z):
    levels = np.linspace(z.min(), z.max(), 256)
    step = levels[1] - levels[0]
    nearest = np.abs(z[..., None].astype(float) - levels).argmin(axis=-1)
    return np.asarray(nearest, dtype=np.uint8), levels[0], step

# %% wrong (0 of 2): cuts off in place of rounding
# check_quantize: round to the nearest level
# check_quantize_edges: steps away
def quantize(z):
    low = z.min()
    step = (z.max() - low) / 255
    if step == 0:
        return np.zeros(z.shape, np.uint8), low, 0.0
    return ((z - low) / step).astype(np.uint8), low, step

# %% wrong (0 of 2): 256 steps
# check_quantize: 255 steps between them
# check_quantize_edges: 255 steps between them
def quantize(z):
    low = z.min()
    step = (z.max() - low) / 256
    if step == 0:
        return np.zeros(z.shape, np.uint8), low, 0.0
    return np.minimum(np.rint((z - low) / step), 255).astype(np.uint8), low, step

# %% wrong (1 of 2): divides by zero for constant codes
# check_quantize_edges: step = 0 and codes = 0
def quantize(z):
    low = z.min()
    step = (z.max() - low) / 255
    levels = (z - low) / max(step, 1e-9) + (step == 0) * 7
    return np.rint(levels).astype(np.uint8), low, step

# %% wrong (0 of 2): stays a float
# check_quantize: one byte each
# check_quantize_edges: one byte each
def quantize(z):
    low = z.min()
    step = (z.max() - low) / 255
    return np.rint((z - low) / step) if step else np.zeros(z.shape), low, step

# %% wrong (0 of 2): int8, so half of the levels are negative
# check_quantize: an array of int8
# check_quantize_edges: an array of int8
def quantize(z):
    low = z.min()
    step = (z.max() - low) / 255
    if step == 0:
        return np.zeros(z.shape, np.int8), low, 0.0
    return np.rint((z - low) / step).astype(np.uint8).astype(np.int8), low, step

# %% wrong (0 of 2): one low and step for each column
# check_quantize: not a single number
# check_quantize_edges: not a single number
def quantize(z):
    low = z.min(axis=0)
    step = (z.max(axis=0) - low) / 255
    safe = np.where(step > 0, step, 1)
    return np.rint((z - low) / safe).astype(np.uint8), low, step

# %% wrong (0 of 2): codes start at 0
# check_quantize: not 0
# check_quantize_edges: not 0
def quantize(z):
    step = (z.max() - 0.0) / 255
    return np.rint(np.clip(z, 0, None) / step).astype(np.uint8), 0.0, step

# %% wrong (0 of 2): only the codes
# check_quantize: not a tuple (codes, low, step)
# check_quantize_edges: not a tuple (codes, low, step)
def quantize(z):
    step = (z.max() - z.min()) / 255 or 1
    return np.rint((z - z.min()) / step).astype(np.uint8)

# %% wrong (0 of 2): changes its argument
# check_quantize: changed its argument z
# check_quantize_edges: changed its argument z
def quantize(z):
    low = z.min()
    step = (z.max() - low) / 255
    z -= low
    return np.rint(z / (step or 1)).astype(np.uint8), low, step

# %% wrong (0 of 2): another order
# check_quantize: The order is codes, low, step
# check_quantize_edges: The order is codes, low, step
def quantize(z):
    low, step = z.min(), (z.max() - z.min()) / 255
    return low, step, np.rint((z - low) / (step or 1)).astype(np.uint8)

# %% wrong (0 of 2): step before low
# check_quantize: The order is codes, low, step
# check_quantize_edges: off by
def quantize(z):
    low, step = z.min(), (z.max() - z.min()) / 255
    return np.rint((z - low) / (step or 1)).astype(np.uint8), step, low

# %% wrong (0 of 2): low is not subtracted
# check_quantize: Subtract `low` before you divide
# check_quantize_edges: codes
def quantize(z):
    low, step = z.min(), (z.max() - z.min()) / 255
    return np.rint(z / (step or 1)).astype(np.int64).astype(np.uint8), low, step

# %% wrong (0 of 2): rounds up
# check_quantize: rounded up
# check_quantize_edges: rounded up
def quantize(z):
    low, step = z.min(), (z.max() - z.min()) / 255
    return np.ceil((z - low) / (step or 1)).clip(0, 255).astype(np.uint8), low, step

# %% wrong (0 of 2): the largest number in place of the step
# check_quantize: The third part is `step`
# check_quantize_edges: off by
def quantize(z):
    low, step = z.min(), (z.max() - z.min()) / 255
    return np.rint((z - low) / (step or 1)).astype(np.uint8), low, z.max()

# %% wrong (0 of 2): numbers the levels from the largest down
# check_quantize: from the largest down
# check_quantize_edges: codes = 0
def quantize(z):
    low = z.min()
    step = (z.max() - low) / 255
    levels = np.rint((z - low) / step) if step else np.zeros(z.shape)
    return (255 - levels).astype(np.uint8), low, step

# %% wrong (0 of 2): one low and step for each row
# check_quantize: serve all codes and columns
# check_quantize_edges: serve all codes and columns
def quantize(z):
    low = z.min(axis=1, keepdims=True)
    step = (z.max(axis=1, keepdims=True) - low) / 255
    return np.rint((z - low) / np.where(step > 0, step, 1)).astype(np.uint8), low, step

# %% wrong (1 of 2): nothing of a constant code is kept
# check_quantize_edges: smallest number in z, not 0
def quantize(z):
    low = z.min()
    step = (z.max() - low) / 255
    if step == 0:
        return np.zeros(z.shape, np.uint8), 0.0, 0.0
    return np.rint((z - low) / step).astype(np.uint8), low, step

# %% wrong (0 of 2): rounds first, divides later
# check_quantize: run over in uint8
# check_quantize_edges: steps away
def quantize(z):
    low = z.min()
    step = (z.max() - low) / 255
    levels = np.rint(z - low) / step if step else np.zeros(z.shape)
    return levels.astype(int).astype(np.uint8), low, step

# %% wrong (0 of 2): the largest number in place of the range
# check_quantize: to be subtracted from the largest number
# check_quantize_edges: to be subtracted from the largest number
def quantize(z):
    low, step = z.min(), z.max() / 255
    return np.rint((z - low) / step).clip(0, 255).astype(np.uint8), low, step

# %% wrong (1 of 2): takes numbers that lie close together for equal
# check_quantize_edges: right for equal numbers alone
def quantize(z):
    low = z.min()
    step = (z.max() - low) / 255
    if np.allclose(z, low, atol=1e-2):
        return np.zeros(z.shape, np.uint8), low, step
    return np.rint((z - low) / step).astype(np.uint8), low, step
