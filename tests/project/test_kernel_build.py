"""The C kernel: compiled by whatever compiler there is, loaded only if it fits its sources."""

import ctypes
import importlib.util
import logging
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from matching.core import kernel
from matching.core.kernel.build import (
    FOLDER,
    SUFFIX,
    KernelError,
    build,
    compile_kernel,
    library_path,
)

REPO = Path(__file__).resolve().parents[2]
EXPORT = "#ifdef _WIN32\n__declspec(dllexport)\n#endif\n"
ANSWER = EXPORT + "int answer(void) { return 42; }\n"
BROKEN = "this is no C\n"
# `make setup` brings Zig's along where the machine has none: one of them is always there.
COMPILERS = [name for name in ("cc", "gcc", "clang") if shutil.which(name)]
if importlib.util.find_spec("ziglang"):
    COMPILERS.append("python -m ziglang cc")


@pytest.fixture(scope="module")
def zig_cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("zig"))


@pytest.fixture(autouse=True)
def warm_zig(zig_cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares Zig, where it is the compiler, from building its own runtime for every test."""
    monkeypatch.setenv("ZIG_GLOBAL_CACHE_DIR", zig_cache)
    monkeypatch.setenv("ZIG_LOCAL_CACHE_DIR", zig_cache)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "answer.c").write_text(ANSWER)
    return tmp_path


def answer(library: ctypes.CDLL | None) -> int:
    assert library is not None
    return int(library.answer())


def libraries(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"kernel-*{SUFFIX}"))


def wheel_of(tree: Path) -> Path:
    """A wheel built from `tree` as an installer would."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory"]
    subprocess.run([*command, str(tree / "dist")], cwd=tree, check=True, capture_output=True)
    return next((tree / "dist").iterdir())


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """As much of this repository as a wheel with kernel and words is made of, nothing of it compiled."""
    for name in ("pyproject.toml", "hatch_build.py", "LICENSE"):
        shutil.copy(REPO / name, tmp_path)
    ignored = shutil.ignore_patterns("__pycache__", "kernel-*", "*.mo")
    for folder in ("matching", "platform/tablemates/locale"):
        shutil.copytree(REPO / folder, tmp_path / folder, ignore=ignored)
    return tmp_path


def test_a_compiler_is_there() -> None:
    assert COMPILERS


@pytest.mark.parametrize("compiler", COMPILERS)
def test_each_compiler_makes_a_library_that_loads(
    compiler: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if compiler.startswith("python"):
        monkeypatch.delenv("CC", raising=False)
        monkeypatch.setenv("PATH", "")
    else:
        monkeypatch.setenv("CC", compiler)
    target = folder / f"kernel{SUFFIX}"
    assert compile_kernel([folder / "answer.c"], target) == compiler
    assert answer(ctypes.CDLL(str(target))) == 42
    assert sorted(folder.iterdir()) == [folder / "answer.c", target]


def test_our_own_sources_compile_without_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = f"{COMPILERS[0].replace('python', sys.executable)} -Werror"
    monkeypatch.setenv("CC", strict)
    made_by = compile_kernel(sorted(FOLDER.glob("*.c")), tmp_path / f"kernel{SUFFIX}")
    assert made_by == strict


def test_without_a_compiler_that_works_the_error_names_all_that_were_tried(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "answer.c").write_text(BROKEN)
    monkeypatch.setenv("CC", "favourite-cc -m64")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(KernelError) as refused:
        build(folder)
    assert "favourite-cc -m64: No such file or directory; cc: No such" in str(refused.value)
    assert "gcc: No such" in str(refused.value)
    assert "clang: No such" in str(refused.value)
    assert "python -m ziglang cc: " in str(refused.value)
    assert list(folder.iterdir()) == [folder / "answer.c"]


def test_what_is_compiled_is_not_compiled_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = build(folder)
    monkeypatch.setenv("PATH", "")
    written = made.stat().st_mtime_ns
    assert build(folder) == made
    assert made.stat().st_mtime_ns == written


def test_a_library_of_older_sources_is_not_loaded(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    build(folder)
    assert answer(kernel.load(folder)) == 42
    (folder / "answer.c").write_text(ANSWER.replace("42", "43"))
    assert kernel.load(folder) is None
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert "not compiled from the sources as they are now" in caplog.text


def test_a_changed_header_makes_a_library_stale(folder: Path) -> None:
    (folder / "answer.h").write_text("")
    before = library_path(folder)
    (folder / "answer.h").write_text("#define ANSWER 43\n")
    assert library_path(folder) != before


def test_building_anew_leaves_only_the_library_of_the_new_sources(folder: Path) -> None:
    build(folder)
    (folder / "answer.c").write_text(ANSWER.replace("42", "43"))
    assert libraries(folder) != [build(folder)]
    assert libraries(folder) == [library_path(folder)]
    assert answer(kernel.load(folder)) == 43


def test_a_damaged_library_is_refused_with_the_reason(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library_path(folder).write_bytes(b"half a library")
    assert kernel.load(folder) is None
    assert library_path(folder).name in caplog.text


def test_the_environment_can_turn_the_kernel_off(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kernel.library.cache_clear()
    monkeypatch.setenv("TABLEMATES_KERNEL", "off")
    assert kernel.library() is None
    assert caplog.records == []
    kernel.library.cache_clear()


def test_this_checkout_has_its_kernel() -> None:
    assert kernel.load(FOLDER) is not None


def test_a_wheel_carries_the_library_and_names_the_platform(tree: Path) -> None:
    wheel = wheel_of(tree)
    assert "-py3-none-" in wheel.name
    assert not wheel.name.endswith("-any.whl")
    library = library_path(tree / "matching/core/kernel")
    assert f"matching/core/kernel/{library.name}" in zipfile.ZipFile(wheel).namelist()


def test_a_wheel_carries_the_compiled_words(tree: Path) -> None:
    names = zipfile.ZipFile(wheel_of(tree)).namelist()
    assert [name for name in names if name.endswith(".mo")] == [
        f"tablemates/locale/{language}/LC_MESSAGES/django.mo" for language in ("de", "es", "fr")
    ]


def test_where_nothing_compiles_the_wheel_is_pure(tree: Path) -> None:
    (tree / "matching/core/kernel/broken.c").write_text(BROKEN)
    wheel = wheel_of(tree)
    assert wheel.name.endswith("-py3-none-any.whl")
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(SUFFIX)]
