"""Fingerprints: other numbers, other shapes or other types give other texts."""

import numpy as np

from collapse_core.fingerprint import fingerprint


def test_every_number_and_the_shape_count():
    large = np.zeros(10**5)
    other = large.copy()
    other[50_000] = 1e-12
    assert repr(large) == repr(other), "why a fingerprint is needed"
    assert fingerprint(large) != fingerprint(other)
    assert fingerprint(large) == fingerprint(large.copy())
    assert fingerprint(large) != fingerprint(large.reshape(10, -1))
    assert fingerprint(large[:4], large[:4]) != fingerprint(large[:8])
    assert fingerprint(np.arange(6).reshape(2, 3).T) == fingerprint(
        np.ascontiguousarray(np.arange(6).reshape(2, 3).T)
    )
