"""Guards: the stdlib's `platform`, strangers with our names, the pure core, clean locks."""

import ast
import importlib
import platform
import re
import sys
import sysconfig
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
HOMES = {
    "checkin": REPO / "checkin",
    "events": REPO / "events",
    "matching": REPO / "matching",
    "tablemates": REPO / "platform" / "tablemates",
}
PYTHON_LOCKS = sorted(REPO.glob("requirements/*.lock"))
NPM_LOCKS = [REPO / "frontend/package-lock.json", REPO / "frontend/browser/package-lock.json"]


def _name(path: Path) -> str:
    return str(path.relative_to(REPO))


def _imported_names(source: Path) -> set[str]:
    """Full names of all that a module imports; relative imports stay inside and are left out."""
    nodes = list(ast.walk(ast.parse(source.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module and not n.level}
    return plain | froms


def test_standard_library_platform_is_not_shadowed() -> None:
    assert Path(platform.__file__).parent == Path(sysconfig.get_path("stdlib"))
    assert sorted(path.name for path in REPO.glob("platform/*.py")) == []


@pytest.mark.parametrize("package", HOMES)
def test_package_comes_from_this_checkout(package: str) -> None:
    assert importlib.import_module(package).__file__ == str(HOMES[package] / "__init__.py")


def test_no_other_distribution_brings_a_package_with_our_names() -> None:
    providers = packages_distributions()
    strangers = {name: set(providers.get(name, [])) - {"tablemates"} for name in HOMES}
    assert strangers == {name: set() for name in HOMES}


def test_tests_are_no_package() -> None:
    assert sorted(map(_name, REPO.glob("tests/**/__init__.py"))) == []


def test_solver_core_imports_only_the_standard_library_and_numpy() -> None:
    allowed = {*sys.stdlib_module_names, "numpy"}
    foreign = {
        f"{_name(source)}: {name}"
        for source in (REPO / "matching" / "core").rglob("*.py")
        for name in _imported_names(source)
        if name.partition(".")[0] not in allowed and not name.startswith("matching.core")
    }
    assert foreign == set()


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=_name)
def test_python_lock_names_no_registry(lock: Path) -> None:
    assert re.findall(r"https?://\S*", lock.read_text()) == []


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=_name)
def test_python_lock_has_a_hash_for_every_package(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", lock.read_text(), flags=re.MULTILINE))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=_name)
def test_npm_lock_names_no_registry(lock: Path) -> None:
    assert re.findall(r'"resolved": ".*"', lock.read_text()) == []
