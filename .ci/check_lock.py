"""Prove that the lock installs on every platform and Python, without installing (make check-lock).

For each of them pip, in its dry run, must find a wheel for every pin that applies there; the
Python is given in full, because a wheel may refuse 3.11.0 and take 3.11.5. pip evaluates markers
for the Python that runs it, so they are evaluated here, for the target. Nothing large is
downloaded: fast-deps reads a wheel's metadata where the index does not serve it apart.
"""

import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

LOCK = Path(__file__).resolve().parents[1] / "requirements.txt"
PYTHONS = ("3.11.0", "3.12.0", "3.13.0", "3.14.0")
LINUX = {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"}
MAC = {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin"}
WINDOWS = {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows"}
PLATFORMS = {
    "Linux x86-64": LINUX | {"platform_machine": "x86_64"},
    "Linux ARM64": LINUX | {"platform_machine": "aarch64"},
    "macOS ARM64": MAC | {"platform_machine": "arm64"},
    "Windows x86-64": WINDOWS | {"platform_machine": "AMD64"},
}


def read_lock(path=LOCK):
    """Return every pin of the lock as a Requirement."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line[:1].isalnum()]


def environment(platform, python):
    """Return what the markers are evaluated in: CPython of this version, on this platform."""
    version = {
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "implementation_version": python,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return {**default_environment(), **PLATFORMS[platform], **version}


def pins(platform, python, lock):
    """Return the pins that apply there, without markers."""
    there = environment(platform, python)
    applying = [pin for pin in lock if pin.marker is None or pin.marker.evaluate(there)]
    return [f"{pin.name}{pin.specifier}" for pin in applying]


def tags(platform):
    """Return pip's names of the platform; a Linux wheel names the oldest glibc it runs with."""
    if platform == "Windows x86-64":
        return ["win_amd64"]
    if platform == "macOS ARM64":
        return ["macosx_14_0_arm64"]
    machine = PLATFORMS[platform]["platform_machine"]
    legacy = [f"manylinux{name}_{machine}" for name in ("2014", "2010", "1")]
    return [f"manylinux_2_{minor}_{machine}" for minor in range(28, 4, -1)] + legacy


def complaint(platform, python, lock):
    """Return what pip says against the lock on this platform and Python: nothing, at best."""
    target = ["--python-version", python, "--implementation", "cp"]
    for tag in tags(platform):
        target += ["--platform", tag]
    flags = ["--dry-run", "--only-binary=:all:", "--no-deps", "--use-feature=fast-deps"]
    quiet = ["--quiet", "--disable-pip-version-check"]
    with tempfile.TemporaryDirectory() as nowhere:
        where = ["--target", nowhere]
        command = [sys.executable, "-m", "pip", "install", *flags, *quiet, *where, *target]
        command += pins(platform, python, lock)
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    errors = [line for line in run.stderr.splitlines() if line.startswith("ERROR")]
    return "\n".join(errors or [run.stderr]) if run.returncode else ""


def main():
    """Check all of them, two at a time; exit with 1 when one is not clean."""
    lock = read_lock()
    targets = list(product(PLATFORMS, PYTHONS))
    with ThreadPoolExecutor(2) as pool:
        answers = pool.map(lambda target: complaint(*target, lock), targets)
        clean = True
        for (platform, python), words in zip(targets, answers, strict=True):
            clean = clean and not words
            print(f"{platform:15} {python:7} {words or 'clean'}", flush=True)
    if not clean:
        print("requirements.txt must install everywhere, got the errors above; remove the line")
        print("of that package from it, or bound the package in pyproject.toml, and run make lock")
    sys.exit(not clean)


if __name__ == "__main__":
    main()
