"""The headline of 01_pca: an error that is the same everywhere."""

from benchmarks.results.headlines import Data, headline


@headline(
    "01_pca",
    "PCA, 30 components: squared error of a test image",
    "13.87 (Hinton & Salakhutdinov 2006, Fig. 2B)",
    random=False,
)
def pca_30(data: Data, seed: int) -> float:
    from cs5045ae.reference import pca

    components, _ = pca.principal_components(data.x_train, 30, route="covariance")
    mean = data.x_train.mean(axis=0)
    z = pca.project(data.x_test, mean, components)
    return pca.reconstruction_error(data.x_test, pca.reconstruct(z, mean, components))
