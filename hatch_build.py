"""Compiles the matching kernel and the catalogues of words while a wheel, or an editable install, is built."""

import runpy
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import platform_tags

KERNEL = "matching/core/kernel"
WORDS = "platform/tablemates/locale"


class KernelHook(BuildHookInterface[Any]):
    """Puts library and words into the wheel. Where nothing compiles the wheel is pure and does without."""

    def dependencies(self) -> list[str]:
        return ["ziglang>=0.13"] if self._compile()[1] else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        runpy.run_path(f"{self.root}/{WORDS}/build.py")["compile_all"]()
        library, trouble = self._compile()
        if trouble:
            self.app.display_warning(f"Matching will run on NumPy, several times slower: {trouble}")
            return
        # Tags of manylinux and musllinux promise more than a compiler that is just there can keep.
        platform = next(t for t in platform_tags() if not t.startswith(("manylinux", "musllinux")))
        build_data["artifacts"].append(f"{KERNEL}/{library}")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"

    def _compile(self) -> tuple[str, str]:
        """Name of the library, and what went wrong."""
        kernel = runpy.run_path(f"{self.root}/{KERNEL}/build.py")
        try:
            return kernel["build"]().name, ""
        except kernel["KernelError"] as error:
            return "", str(error)
