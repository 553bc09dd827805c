# %% right: numpy does it for arrays
def interpolate(z_start, z_end, steps):
    return np.linspace(z_start, z_end, steps)

# %% right: a loop
def interpolate(z_start, z_end, steps):
    gap = (z_end - z_start) / (steps - 1)
    return np.array([z_start + i * gap for i in range(steps)])

# %% wrong (0 of 2): the last code is missing
# check_interpolate: The last code is z_end
def interpolate(z_start, z_end, steps):
    t = np.arange(steps)[:, None] / steps
    return (1 - t) * z_start + t * z_end

# %% wrong (0 of 2): backwards
# check_interpolate: here it goes back
def interpolate(z_start, z_end, steps):
    t = np.linspace(0, 1, steps)[:, None]
    return t * z_start + (1 - t) * z_end

# %% wrong (0 of 2): codes as columns
# check_interpolate: One code is one row
def interpolate(z_start, z_end, steps):
    return np.linspace(z_start, z_end, steps).T

# %% wrong (0 of 2): without the ends
# check_interpolate: Both ends belong to the walk
def interpolate(z_start, z_end, steps):
    return np.linspace(z_start, z_end, steps + 2)[1:-1]

# %% wrong (0 of 2): the start is not weighed
# check_interpolate: z_start is weighed with 1 - t
def interpolate(z_start, z_end, steps):
    return z_start + np.linspace(0, 1, steps)[:, None] * z_end

# %% wrong (0 of 2): whole numbers where the ends are whole
# check_interpolate: (1 - t) * z_start + t * z_end
def interpolate(z_start, z_end, steps):
    walk = np.empty((steps, len(z_start)), dtype=z_start.dtype)
    for i, t in enumerate(np.linspace(0, 1, steps)):
        walk[i] = (1 - t) * z_start + t * z_end
    return walk

# %% wrong (0 of 2): arange, which has one step too many now and then
# check_interpolate: `steps` codes in all, both ends among them
def interpolate(z_start, z_end, steps):
    gap = 1 / (steps - 1)
    t = np.arange(0, 1 + gap, gap)[:, None]
    return (1 - t) * z_start + t * z_end
