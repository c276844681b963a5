"""``kg balance`` in a shell: a table in, camps and proof out."""

import json
import subprocess
import sys

import pytest

TRIBES = """source,target,weight
us,uk,2
uk,fr,1
us,fr,-1.5
fr,ru,-1
us,ru,-3
"""


@pytest.fixture
def kg(tmp_path):
    (tmp_path / "net.csv").write_text(TRIBES, encoding="utf-8")

    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "kg.cli", "balance", *words],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    return run


def test_json_has_the_promised_members(kg):
    ran = kg("--edges", "net.csv", "-f", "json")
    assert ran.returncode == 0, ran.stderr
    data = json.loads(ran.stdout)
    # us-uk-fr and us-fr-ru are both inconsistent; the quarrel they share is the cheapest to drop
    assert data["frustration"] == data["lower_bound"] == 1.5
    assert data["optimal"] is True
    assert data["camps"] == [["fr", "uk", "us"], ["ru"]]
    assert data["frustrated_ties"] == [{"source": "fr", "target": "us", "weight": -1.5}]


def test_a_certificate_is_written_and_checked(kg, tmp_path):
    assert kg("--edges", "net.csv", "--certificate", "proof.json").returncode == 0
    assert kg("--verify", "proof.json", "--edges", "net.csv").returncode == 0
    path = tmp_path / "proof.json"
    data = json.loads(path.read_text("utf-8"))
    data["lower_bound"] = "3"
    path.write_text(json.dumps(data), encoding="utf-8")
    ran = kg("--verify", "proof.json", "-f", "json")
    assert ran.returncode == 3
    assert json.loads(ran.stdout)["valid"] is False


def test_explanations_and_mistakes(kg):
    assert "Harary" in kg("--explain").stdout
    for words, said in (
        (("--camps", "two"), "neither a number of camps nor 'free'"),
        (("--edges", "none.csv"), "none.csv cannot be read"),
        (("--verify", "net.csv"), "not a balance certificate"),
        (("--directed",), "--directed is for --edges"),
    ):
        ran = kg(*words)
        assert ran.returncode in (1, 2)
        assert said in ran.stderr
