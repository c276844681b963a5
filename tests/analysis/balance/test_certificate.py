"""A certificate holds as it was written, and not otherwise."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.balance import Certificate, SignedNetwork, camps, frustration, verify
from kg.analysis.balance.certificate import _digest
from kg.errors import UnreadableError

# seven enemies: nine ties stay frustrated, but triangles pack to seven only, so that cases have
# to be distinguished
DENSE = SignedNetwork.build((f"n{i}", f"n{j}", -1) for i in range(7) for j in range(i))
SPARSE = SignedNetwork.build([
    ("a", "b", "1.5"), ("b", "c", "1"), ("a", "c", "-0.5"),
    ("c", "d", "-1"), ("d", "e", "1"), ("c", "e", "1"), ("e", "f", "-2"),
])  # fmt: skip


def resealed(data):
    """Text with a fitting digest, as a careful forger would write it."""
    data = {key: value for key, value in data.items() if key != "digest"}
    return json.dumps({**data, "digest": _digest(data)})


@pytest.mark.parametrize("network", [DENSE, SPARSE])
def test_a_certificate_survives_being_written(network):
    found = frustration(network)
    again = Certificate.from_json(found.certificate.to_json())
    checked = verify(again, network)
    assert checked.valid
    assert checked.optimal
    assert checked.value == checked.lower_bound == found.value


def test_the_dense_network_needs_cases():
    assert any(part.cases for part in frustration(DENSE).certificate.parts)


def forgeries():
    def edit(**changes):
        return lambda data: data.update(changes)

    def in_parts(change):
        def forge(data):
            leaf = data["parts"][0]
            while "walks" not in leaf:
                leaf = leaf["together"]
            change(leaf["walks"])

        return forge

    return {
        "a better value": edit(value="0"),
        "a higher bound": edit(lower_bound="10", value="10"),
        "one camp": lambda data: data.update(camps=[0] * len(data["camps"])),
        "a third camp": lambda data: data["camps"].__setitem__(0, 2),
        "too few nodes": lambda data: data["camps"].pop(),
        "doubled amounts": in_parts(lambda w: w.__setitem__(0, [2 * w[0][0], w[0][1]])),
        "a cycle twice": in_parts(lambda w: w.append(w[0])),
        "a cycle dropped": in_parts(lambda w: w.clear()),
        "an open cycle": in_parts(lambda w: w[0][1].pop()),
        "no such tie": in_parts(lambda w: w[0][1].__setitem__(0, 999)),
        "no such case": in_parts(lambda w: w[0][1].__setitem__(0, -99)),
        "a negative amount": in_parts(lambda w: w.append([-1, w[0][1]])),
        "another sign": lambda data: data["ties"][0].__setitem__(2, "1"),
        "no unit": edit(unit=0),
        "part repeated": lambda data: data["parts"].append(data["parts"][0]),
    }


@pytest.mark.parametrize("name", forgeries())
@pytest.mark.parametrize("network", [DENSE, SPARSE], ids=["dense", "sparse"])
def test_forgeries_are_rejected_even_with_a_fitting_digest(network, name):
    data = json.loads(frustration(network).certificate.to_json())
    forgeries()[name](data)
    assert not verify(Certificate.from_json(resealed(data)), network).valid


def test_any_change_breaks_the_seal():
    data = json.loads(frustration(SPARSE).certificate.to_json())
    data["nodes"][0] = "somebody else"
    assert "digest" in verify(Certificate.from_json(json.dumps(data))).problems[0]


def test_it_is_bound_to_its_network():
    other = SignedNetwork.build([("a", "b", 1)])
    assert verify(frustration(SPARSE).certificate, other).problems == (
        "It is about another network.",
    )


def test_dropping_a_case_does_not_raise_the_bound():
    certificate = frustration(DENSE).certificate
    part = next(part for part in certificate.parts if part.cases)
    forged = replace(certificate, parts=(part.together,), lower_bound=certificate.value)
    assert not verify(forged).valid


@pytest.mark.parametrize("weight", ["1e99999999", "1/0", "nan", 1, "1_0"])
def test_weights_that_are_no_plain_fractions_are_not_read(weight):
    data = json.loads(frustration(SPARSE).certificate.to_json())
    data["ties"][0][2] = weight
    with pytest.raises(UnreadableError, match="not a balance certificate"):
        Certificate.from_json(json.dumps(data))


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"format": 1, "version": 1}'])
def test_other_files_are_no_certificates(text):
    with pytest.raises(UnreadableError, match="not a balance certificate"):
        Certificate.from_json(text)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 4), st.integers(0, 5))
def test_camps_are_certified_whatever_their_number(k, seed):
    rows = [(i, j, (i * 7 + j * 5 + seed) % 3) for i in range(6) for j in range(i)]
    network = SignedNetwork.build((f"n{i}", f"n{j}", 1 if r else -1) for i, j, r in rows)
    found = camps(network, k)
    checked = verify(found.certificate, network)
    assert checked.valid
    assert Fraction(0) <= checked.lower_bound <= found.lower_bound == found.value
