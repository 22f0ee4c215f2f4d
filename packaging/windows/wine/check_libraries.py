"""check_libraries.py PROGRAM: whether all that the files of a packaged program are linked to is inside, or is part of Windows.

Runs inside the Debian root, whose cross-compiler has the objdump that reads Windows' files.
"""

import re
import subprocess
import sys
from pathlib import Path

OF_WINDOWS = """
advapi32 authz bcrypt bcryptprimitives comctl32 comdlg32 d3d11 d3d12 d3d9 dwmapi dwrite dxgi gdi32 imm32 iphlpapi kernel32
mpr netapi32 ntdll ole32 oleaut32 setupapi shell32 shlwapi uiautomationcore user32 userenv uxtheme version winmm winspool.drv
ws2_32 wtsapi32
"""
"""The libraries that are part of every Windows 10, besides those whose names begin with api-ms-win-."""


def imports(file: Path) -> set[str]:
    """The names of the libraries that a file is linked to."""
    command = ["x86_64-w64-mingw32-objdump", "-p", str(file)]
    told = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", errors="replace").stdout
    return {name.lower() for name in re.findall(r"DLL Name: (\S+)", told)}


def is_part_of_windows(name: str) -> bool:
    """Whether a library need not be brought along."""
    return name.startswith("api-ms-win-") or name.removesuffix(".dll") in OF_WINDOWS.split()


def main() -> None:
    files = [path for path in Path(sys.argv[1]).rglob("*") if path.suffix in (".dll", ".pyd", ".exe")]
    inside = {path.name.lower() for path in files}
    wanted = set().union(*map(imports, files))
    missing = sorted(name for name in wanted - inside if not is_part_of_windows(name))
    if missing:
        sys.exit(f"没有带上 {'、'.join(missing)}")
    runtime = sorted(name for name in wanted & inside if name.startswith(("msvcp140", "vcruntime140")))
    print(f"{len(files)} 个文件所需的库都在里面，运行库有 {'、'.join(runtime)}")


if __name__ == "__main__":
    main()
