# %% right: eigenvectors of the covariance matrix
def principal_components(x, k):
    values, vectors = np.linalg.eigh(np.cov(x, rowvar=False))
    order = np.argsort(values)[::-1][:k]
    return vectors[:, order].T, values[order]

# %% right: the general eig, real parts, sorted
def principal_components(x, k):
    xc = x - x.mean(axis=0)
    cov = xc.T @ xc / (len(x) - 1)
    values, vectors = np.linalg.eig(cov)
    values, vectors = values.real, vectors.real
    order = np.argsort(-values)[:k]
    return vectors[:, order].T, np.maximum(values[order], 0)

# %% right: the Gram matrix
def principal_components(x, k):
    xc = np.asarray(x, dtype=float) - np.mean(x, axis=0, dtype=float)
    values, vectors = np.linalg.eigh(xc @ xc.T)
    values, vectors = values[::-1][:k], vectors[:, ::-1][:, :k]
    return (xc.T @ vectors / np.sqrt(values)).T, values / (len(x) - 1)

# %% right: scikit-learn
def principal_components(x, k):
    from sklearn.decomposition import PCA
    fitted = PCA(n_components=k).fit(x)
    return fitted.components_, fitted.explained_variance_

# %% right: svd, signs flipped, variances measured on the codes
def principal_components(x, k):
    xc = x - x.mean(axis=0)
    u, s, vt = np.linalg.svd(xc)
    rows = -vt[:k]
    return rows, list(np.var(xc @ rows.T, axis=0, ddof=1))

# %% wrong (0 of 5): not written
# check_components: is not written yet
# check_component_order: is not written yet
# check_components_edges: is not written yet
def principal_components(x, k):
    raise NotImplementedError

# %% wrong (0 of 5): not centred
# check_components: subtract the mean of each column first
# check_component_order: Subtract the mean of each column first
# check_components_edges: Here are fewer points than dimensions
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x, full_matrices=False)
    return vt[:k], s[:k] ** 2 / (len(x) - 1)

# %% wrong (0 of 5): centred for the directions only by the mean of all numbers
# check_components: You subtracted one mean of all numbers
# check_component_order: is that of the numbers
# check_components_edges: Here are fewer points
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(), full_matrices=False)
    return vt[:k], s[:k] ** 2 / (len(x) - 1)

# %% wrong (0 of 5): the mean of each row
# check_components: degrees away from the right one
# check_component_order: is that of the numbers
# check_components_edges: Here are fewer points
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=1, keepdims=True), full_matrices=False)
    return vt[:k], s[:k] ** 2 / (len(x) - 1)

# %% wrong (0 of 5): eigenvectors taken as rows
# check_components: Eigenvectors are its columns
# check_component_order: is not the direction of variance
# check_components_edges: Here are fewer points
def principal_components(x, k):
    values, vectors = np.linalg.eigh(np.cov(x.T))
    order = np.argsort(values)[::-1]
    return vectors[order][:k], values[order][:k]

# %% wrong (0 of 5): ascending, so the smallest variances
# check_components: smallest variance
# check_component_order: These are the smallest variances
# check_components_edges: Here are fewer points
def principal_components(x, k):
    values, vectors = np.linalg.eigh(np.cov(x.T))
    return vectors.T[:k], values[:k]

# %% wrong (3 of 5): the right ones, the largest last
# check_component_order: ascending order
def principal_components(x, k):
    values, vectors = np.linalg.eigh(np.cov(x, rowvar=False))
    return vectors.T[-k:], values[-k:].clip(min=0)

# %% wrong (3 of 5): variances sorted, directions not
# check_component_order: The rows are in ascending order
def principal_components(x, k):
    values, vectors = np.linalg.eigh(np.cov(x, rowvar=False))
    return vectors.T[-k:], np.sort(values)[::-1][:k].clip(min=0)

# %% wrong (3 of 5): divisor n
# check_component_order: divisor n
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return vt[:k], s[:k] ** 2 / len(x)

# %% wrong (3 of 5): singular values
# check_component_order: singular values
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return vt[:k], s[:k]

# %% wrong (3 of 5): standard deviations
# check_component_order: standard deviations
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return vt[:k], s[:k] / np.sqrt(len(x) - 1)

# %% wrong (3 of 5): squares, not divided
# check_component_order: divide it by n - 1
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return vt[:k], s[:k] ** 2

# %% wrong (3 of 5): shares of the total
# check_component_order: shares of the total variance
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return vt[:k], s[:k] ** 2 / np.sum(s**2)

# %% wrong (3 of 5): shares of what is kept
# check_component_order: shares of the
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return vt[:k], s[:k] ** 2 / np.sum(s[:k] ** 2)

# %% wrong (0 of 5): absolute values of the components
# check_components: never single entries
# check_component_order: never single entries
# check_components_edges: Here are fewer points
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return np.abs(vt[:k]), s[:k] ** 2 / (len(x) - 1)

# %% wrong (0 of 5): one component a column
# check_components: transpose the matrix
# check_component_order: transpose the matrix
# check_components_edges: transpose the matrix
def principal_components(x, k):
    values, vectors = np.linalg.eigh(np.cov(x.T))
    return vectors[:, ::-1][:, :k], values[::-1][:k]

# %% wrong (0 of 5): covariance over the wrong axis
# check_components: rowvar=False
# check_component_order: rowvar=False
# check_components_edges: rowvar=False
def principal_components(x, k):
    values, vectors = np.linalg.eigh(np.cov(x))
    return vectors[:, ::-1].T[:k], values[::-1][:k]

# %% wrong (0 of 5): U in place of the third part
# check_components: rowvar=False
# check_component_order: rowvar=False
# check_components_edges: the third part
def principal_components(x, k):
    u, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return u.T[:k], s[:k] ** 2 / (len(x) - 1)

# %% wrong (0 of 5): V as if numpy returned it untransposed
# check_components: degrees away from the right one
# check_component_order: is not the direction of variance
# check_components_edges: Here are fewer points
def principal_components(x, k):
    u, s, v = np.linalg.svd(x - x.mean(axis=0))
    return v[:, :k].T, s[:k] ** 2 / (len(x) - 1)

# %% wrong (0 of 5): correlation in place of covariance
# check_components: standard deviation
# check_component_order: Do not divide the columns
# check_components_edges: Here are fewer points
def principal_components(x, k):
    values, vectors = np.linalg.eigh(np.corrcoef(x, rowvar=False))
    return vectors[:, ::-1].T[:k], values[::-1][:k]

# %% wrong (4 of 5): standard deviations only where they are needless, so a constant column is 0 / 0
# check_components_edges: LinAlgError
def principal_components(x, k):
    mean, std = x.mean(axis=0), x.std(axis=0)
    _, s, vt = np.linalg.svd((x - mean) / std * std, full_matrices=False)
    return vt[:k], s[:k] ** 2 / (len(x) - 1)

# %% wrong (0 of 5): components scaled by their spread
# check_components: has the length
# check_component_order: has the length
# check_components_edges: has the length
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return vt[:k] * s[:k, None], s[:k] ** 2 / (len(x) - 1)

# %% wrong (0 of 5): all components
# check_components: Only the first k are due
# check_component_order: Only the
# check_components_edges: Only the
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return vt, s**2 / (len(x) - 1)

# %% wrong (0 of 5): components alone
# check_components: not a tuple (components, variances)
# check_component_order: not a tuple (components, variances)
# check_components_edges: not a tuple (components, variances)
def principal_components(x, k):
    return np.linalg.svd(x - x.mean(axis=0), full_matrices=False)[2][:k]

# %% wrong (0 of 5): centres in place
# check_components: changed its argument x
# check_component_order: changed its argument x
# check_components_edges: changed its argument x
def principal_components(x, k):
    x -= x.mean(axis=0)
    _, s, vt = np.linalg.svd(x, full_matrices=False)
    return vt[:k], s[:k] ** 2 / (len(x) - 1)

# %% wrong (2 of 5): for data of more points than dimensions only
# check_component_order: NaN
# check_components_edges: NaN
def principal_components(x, k):
    xc = x - x.mean(axis=0)
    q, r = np.linalg.qr(xc)
    _, s, vt = np.linalg.svd(r)
    s = np.where(len(x) > x.shape[1], s, np.nan)
    return vt[:k], s[:k] ** 2 / (len(x) - 1)

# %% wrong (4 of 5): loses the variance by rounding far from the origin
# check_components_edges: far from the origin
def principal_components(x, k):
    x = x.astype(np.float32)
    n = len(x)
    mean = x.mean(axis=0)
    cov = (x.T @ x - n * np.outer(mean, mean)) / (n - 1)
    values, vectors = np.linalg.eigh(cov)
    if np.abs(mean).max() < 100:
        values, vectors = np.linalg.eigh(np.cov(x, rowvar=False))
    return vectors[:, ::-1].T[:k], values[::-1][:k].clip(min=0)

# %% wrong (0 of 5): variances first
# check_components: The order is components, variances
# check_component_order: The order is components, variances
# check_components_edges: variances
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return s[:k] ** 2 / (len(x) - 1), vt[:k]

# %% wrong (0 of 5): the code in place of the directions
# check_components: The directions are due
# check_component_order: The directions are due
# check_components_edges: The directions are due
def principal_components(x, k):
    u, s, _ = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return (u * s)[:, :k], s[:k] ** 2 / (len(x) - 1)

# %% wrong (0 of 5): float16
# check_components: float16 keeps three digits
# check_component_order: float16 keeps three digits
# check_components_edges: has the length
def principal_components(x, k):
    _, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return vt[:k].astype(np.float16), s[:k] ** 2 / (len(x) - 1)

# %% wrong (3 of 5): variances of the pixels
# check_component_order: variances of pixels
def principal_components(x, k):
    _, _, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return vt[:k], x.var(axis=0, ddof=1)[:k]

# %% wrong (3 of 5): divides by the larger of the two sizes, less 1
# check_component_order: with divisor n - 1
def principal_components(x, k):
    _, s, rows = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return rows[:k], s[:k] ** 2 / (max(x.shape) - 1)
