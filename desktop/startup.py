"""How long the program took to start, and what it holds in memory."""

import os
import sys
import time
from pathlib import Path


def milliseconds_since_birth() -> float:
    """Milliseconds since this process was made, by the operating system's own record.

    Linux counts in clock ticks of 10 ms (proc(5), starttime). Where the record cannot be had, since this module was
    first loaded.
    """
    try:
        if sys.platform == "win32":
            return _windows_age()
        return _linux_age()
    except (OSError, ValueError, IndexError, AttributeError):
        return (time.perf_counter() - _LOADED) * 1000


def resident_megabytes() -> float:
    """Memory held by this process, in MB of 10⁶ bytes; 0 where it cannot be told."""
    try:
        if sys.platform == "win32":
            return _windows_resident() / 1e6
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, ValueError, AttributeError):
        return 0.0


def print_report(first_paint_ms: float, searchable_ms: float) -> None:
    """Print how long the start took, in milliseconds since the process was made, and what it holds in memory, as JSON."""
    import json

    figures = {
        "first_paint_ms": first_paint_ms,
        "searchable_ms": searchable_ms,
        "rss_mb": resident_megabytes(),
    }
    print(json.dumps({name: round(figure, 1) for name, figure in figures.items()}))


_LOADED = time.perf_counter()


def _linux_age() -> float:
    # The command's name may hold spaces and brackets: fields are counted from the last bracket.
    fields = Path("/proc/self/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    born = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - born) * 1000


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EPOCH_DIFFERENCE_MS = 11_644_473_600_000

    class _MemoryCounters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    def _windows_age() -> float:
        times = [wintypes.FILETIME() for _ in range(4)]
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        process = wintypes.HANDLE(kernel.GetCurrentProcess())
        if not kernel.GetProcessTimes(process, *(ctypes.byref(one) for one in times)):
            raise OSError("GetProcessTimes")
        created = (times[0].dwHighDateTime << 32 | times[0].dwLowDateTime) / 10_000
        return time.time() * 1000 + _EPOCH_DIFFERENCE_MS - created

    def _windows_resident() -> int:
        counters = _MemoryCounters()
        counters.cb = ctypes.sizeof(counters)
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        process = wintypes.HANDLE(kernel.GetCurrentProcess())
        if not kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.cb):
            raise OSError("K32GetProcessMemoryInfo")
        return int(counters.WorkingSetSize)
