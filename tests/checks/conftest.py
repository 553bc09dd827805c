"""What the tests of the checks share."""

import pytest


@pytest.fixture(params=range(20))
def any_seed(request, monkeypatch):
    """One of twenty seeds from which the checks draw their fresh cases."""
    monkeypatch.setenv("CS5045AE_SEED", str(request.param))
