# %% right: arrays and lexsort
def choose_beta(betas, reconstruction, kl, budget):
    betas, reconstruction, kl = map(np.array, (betas, reconstruction, kl))
    if not (kl <= budget).any():
        return betas[kl.argmin()]
    betas, reconstruction = betas[kl <= budget], reconstruction[kl <= budget]
    return betas[np.lexsort((-betas, reconstruction))[0]]

# %% right: a loop that keeps the best
def choose_beta(betas, reconstruction, kl, budget):
    best = None
    for i, nats in enumerate(kl):
        if nats > budget:
            continue
        key = (reconstruction[i], -betas[i])
        if best is None or key < best:
            best = key
    return -best[1] if best else betas[kl.index(min(kl))]

# %% wrong (1 of 2): below the budget, not up to it
# check_choose_beta_edges: keeps to it: `<=`
def choose_beta(betas, reconstruction, kl, budget):
    tried = zip(betas, reconstruction, kl)
    fit = [(r, -b) for b, r, nats in tried if nats < budget]
    return -min(fit)[1] if fit else betas[kl.index(min(kl))]

# %% wrong (1 of 2): the smallest beta of equal ones
# check_choose_beta_edges: the largest beta is due
def choose_beta(betas, reconstruction, kl, budget):
    fit = [(r, b) for b, r, nats in zip(betas, reconstruction, kl) if nats <= budget]
    return min(fit)[1] if fit else betas[kl.index(min(kl))]

# %% wrong (0 of 2): forgets the budget
# check_choose_beta: first leave out what does not keep to the budget
# check_choose_beta_edges: keep to the budget
def choose_beta(betas, reconstruction, kl, budget):
    return betas[int(np.argmin(reconstruction))]

# %% wrong (0 of 2): the smallest beta that fits
# check_choose_beta: measured curves are not smooth
# check_choose_beta_edges: beta
def choose_beta(betas, reconstruction, kl, budget):
    fit = [b for b, nats in zip(betas, kl) if nats <= budget]
    return min(fit) if fit else betas[kl.index(min(kl))]

# %% wrong (1 of 2): nothing when none fits
# check_choose_beta_edges: None
def choose_beta(betas, reconstruction, kl, budget):
    tried = zip(betas, reconstruction, kl)
    fit = [(r, -b) for b, r, nats in tried if nats <= budget]
    return -min(fit)[1] if fit else None

# %% wrong (1 of 2): the first of equal ones
# check_choose_beta_edges: the largest beta is due
def choose_beta(betas, reconstruction, kl, budget):
    tried = list(zip(betas, reconstruction, kl))
    fit = [one for one in tried if one[2] <= budget]
    if not fit:
        return min(tried, key=lambda one: one[2])[0]
    return min(fit, key=lambda one: one[1])[0]

# %% wrong (1 of 2): the last one when none fits
# check_choose_beta_edges: the one with the smallest KL is due
def choose_beta(betas, reconstruction, kl, budget):
    tried = zip(betas, reconstruction, kl)
    fit = [(error, -beta) for beta, error, nats in tried if nats <= budget]
    return -min(fit)[1] if fit else betas[-1]

# %% wrong (1 of 2): takes a beta of 0 for none
# check_choose_beta_edges: do not take it for none
def choose_beta(betas, reconstruction, kl, budget):
    tried = zip(betas, reconstruction, kl)
    fit = [(error, -beta) for beta, error, nats in tried if nats <= budget]
    best = -min(fit)[1] if fit else None
    return best or betas[kl.index(min(kl))]

# %% wrong (0 of 2): starts from 1000 in place of infinity
# check_choose_beta: None
# check_choose_beta_edges: None
def choose_beta(betas, reconstruction, kl, budget):
    best, error, least, lowest = None, 1000, None, 1000
    for b, r, nats in sorted(zip(betas, reconstruction, kl), reverse=True):
        if nats <= budget and r < error:
            best, error = b, r
        if nats < lowest:
            least, lowest = b, nats
    return least if best is None else best
