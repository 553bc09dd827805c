# %% right: einsum
def project(x, mean, components):
    return np.einsum("nd,kd->nk", x - mean, components)

# %% right: loops
def project(x, mean, components):
    return [[float(np.dot(row - mean, c)) for c in components] for row in x]

# %% right: the mean taken away after the product
def project(x, mean, components):
    return x @ components.T - mean @ components.T

# %% right: least squares
def project(x, mean, components):
    return np.linalg.lstsq(components.T, (x - mean).T, rcond=None)[0].T

# %% wrong (0 of 2): not written
# check_project: is not written yet
def project(x, mean, components):
    raise NotImplementedError

# %% wrong (0 of 2): not centred
# check_project: Subtract the mean before you project
def project(x, mean, components):
    return x @ components.T

# %% wrong (0 of 2): the mean of the new points
# check_project: Use the mean that is passed
def project(x, mean, components):
    return (x - x.mean(axis=0)) @ components.T

# %% wrong (0 of 2): not transposed
# check_project: stopped with ValueError
def project(x, mean, components):
    return (x - mean) @ components

# %% wrong (0 of 2): not transposed where the shapes allow it
# check_project: Each row of components is a direction
def project(x, mean, components):
    if components.shape[0] == components.shape[1]:
        return (x - mean) @ components
    return (x - mean) @ components.T

# %% wrong (0 of 2): one code a column
# check_project: One code a row
def project(x, mean, components):
    return components @ (x - mean).T

# %% wrong (0 of 2): adds the mean
# check_project: You added the mean
def project(x, mean, components):
    return (x + mean) @ components.T

# %% wrong (0 of 2): the projection in the space of pixels
# check_project: back in the space of pixels
def project(x, mean, components):
    return (x - mean) @ components.T @ components

# %% wrong (0 of 2): squeezes a single image
# check_project: Keep two axes
def project(x, mean, components):
    return np.squeeze((x - mean) @ components.T)

# %% wrong (0 of 2): changes its argument
# check_project: changed its argument x
def project(x, mean, components):
    x -= mean
    return x @ components.T

# %% wrong (0 of 2): whitens
# check_project: Hint: Subtract mean
def project(x, mean, components):
    z = (x - mean) @ components.T
    return z / (z.std(axis=0) + 1e-9)

# %% wrong (0 of 2): centres a second time
# check_project: Use the mean that is passed
def project(x, mean, components):
    z = (x - mean) @ components.T
    return z - z.mean(axis=0)

# %% wrong (0 of 2): the mean less x
# check_project: turn it round
def project(x, mean, components):
    return (mean - x) @ components.T

# %% wrong (0 of 2): one mean for all pixels
# check_project: not the mean of all pixels
def project(x, mean, components):
    return (x - mean.mean()) @ components.T

# %% wrong (0 of 2): absolute values
# check_project: leave out `abs`
def project(x, mean, components):
    return np.abs((x - mean) @ components.T)

# %% wrong (0 of 2): mean and components exchanged
# check_project: Print the shape of each array
def project(x, components, mean):
    return (x - mean) @ components.T
