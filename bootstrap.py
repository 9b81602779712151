"""Make the environment `.venv` that the tutor runs in: python3 bootstrap.py [--tests]

Needs nothing but Python and pip. Installs the exact versions pinned in requirements/, with uv where it runs and
pip where it does not, and takes a CPU build of PyTorch where one can be had. A second run finds the work done.
What goes wrong is said in one line that names the next step.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
TORCH = "torch==2.13.0"
OLDEST = (3, 11)
NEWEST = (3, 14)
DISK_NEEDED_GB = 3.0


class SetupError(Exception):
    """What stopped the set-up, and what to do about it."""


def main(arguments):
    """Bring the environment up to date and return the process's exit code."""
    tests = "--tests" in arguments
    try:
        use_supported_python()
        if is_current(tests):
            return 0
        make_environment()
        install(tests)
    except SetupError as error:
        print("Set-up stopped: " + str(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Set-up interrupted; run it again and it goes on.", file=sys.stderr)
        return 130
    return 0


def use_supported_python():
    """Go on only under a Python that the pinned packages have builds for; start a fitting one where there is one."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    if not os.environ.get("TUTOR_BOOTSTRAP_RESTARTED"):
        for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
            found = shutil.which("python3.%d" % minor)
            if found and subprocess.call([found, "-c", "import ensurepip"], stderr=subprocess.DEVNULL) == 0:
                environment = dict(os.environ, TUTOR_BOOTSTRAP_RESTARTED="1")
                sys.exit(subprocess.call([found] + sys.argv, env=environment))
    raise SetupError(
        "this is Python %d.%d and the tutor needs 3.%d to 3.%d. Install one of those, then: make app PYTHON=python3.%d"
        % (sys.version_info[0], sys.version_info[1], OLDEST[1], NEWEST[1], OLDEST[1])
    )


def fingerprint():
    """What the environment depends on: the pinned versions, this Python, and where the checkout lies."""
    digest = hashlib.sha256()
    for path in [
        *sorted((ROOT / "requirements").glob("*.txt")),
        ROOT / "pyproject.toml",
        pathlib.Path(__file__),
    ]:
        digest.update(path.read_bytes())
    digest.update(("%s %s %s" % (TORCH, sys.version_info[:2], VENV)).encode())
    return digest.hexdigest()


def stamp_path(tests):
    """The file that says that the environment is complete."""
    return VENV / (".complete-tests" if tests else ".complete-app")


def is_current(tests):
    """Whether an earlier run already made exactly this environment."""
    stamp = stamp_path(tests)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint()


def make_environment():
    """Create `.venv`, unless one is there that belongs to this Python and this place."""
    made_for = VENV / "made-for.txt"
    wanted = "%s with Python %d.%d" % (VENV, sys.version_info[0], sys.version_info[1])
    if PYTHON.exists() and made_for.exists() and made_for.read_text() == wanted:
        return
    free_gb = shutil.disk_usage(str(ROOT)).free / 1e9
    if free_gb < DISK_NEEDED_GB:
        raise SetupError(
            "the disk of %s has %.1f GB free and the packages need %.0f GB. Free some space and run it again."
            % (ROOT, free_gb, DISK_NEEDED_GB)
        )
    try:
        venv.EnvBuilder(with_pip=True, clear=True, symlinks=os.name != "nt").create(str(VENV))
        made_for.write_text(wanted)
    except subprocess.CalledProcessError as error:
        raise SetupError(
            "this Python cannot make an environment with pip. On Debian and Ubuntu: sudo apt install python3-venv"
        ) from error
    except OSError as error:
        raise SetupError(
            "cannot write to %s (%s). Move the checkout to a folder of yours, or change its permissions."
            % (VENV, error.strerror)
        ) from error


def install(tests):
    """Install the pinned packages, PyTorch and the tutor itself."""
    for stamp in (stamp_path(False), stamp_path(True)):
        if stamp.exists():
            stamp.unlink()
    lock = ROOT / "requirements" / ("test.txt" if tests else "app.txt")
    say("Installing the tutor's packages into %s. The first time takes a minute or three." % VENV)
    pip(["install", "--quiet", "--require-hashes", "-r", str(ROOT / "requirements" / "uv.txt")], may_fail=True)
    exact = ["install", "--no-deps", "--require-hashes", "-r", str(lock)]
    if not uv([*exact, "--compile-bytecode"]):
        pip(exact)
    install_torch()
    itself = ["install", "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    if not uv([*itself, "--quiet"]):
        pip([*itself, "--quiet"])
    stamp_path(False).write_text(fingerprint())
    if tests:
        stamp_path(True).write_text(fingerprint())
    say("Set-up complete.")


def install_torch():
    """Install PyTorch, preferring a CPU build on Linux machines without a GPU.

    A wheel that pip already knows (find-links, a wheel house) comes first; then the CPU builds that uv knows how to
    find; last the registry's own build, which on Linux brings several gigabytes of CUDA.
    """
    if subprocess.call([str(PYTHON), "-c", "import torch"], stderr=subprocess.DEVNULL) == 0:
        return
    if pip(["install", "--quiet", "--no-index", "--no-deps", TORCH], may_fail=True, silent=True):
        return
    if sys.platform.startswith("linux"):
        backend = os.environ.get("UV_TORCH_BACKEND", "auto")
        if uv(["install", "--torch-backend", backend, TORCH], silent=True):
            return
        say("No CPU build of PyTorch can be reached from here: the full build comes instead (about 6 GB on disk).")
    if not uv(["install", TORCH]):
        pip(["install", TORCH])


def uv(arguments, silent=False):
    """Run `uv pip …` with the registry settings that pip has; False where uv is absent or fails."""
    program = SCRIPTS / ("uv.exe" if os.name == "nt" else "uv")
    if not program.exists():
        return False
    environment = dict(registry_settings(), **os.environ)
    environment.setdefault("UV_HTTP_RETRIES", "2")
    if not os.access(str(pathlib.Path.home()), os.W_OK):
        environment.setdefault("UV_CACHE_DIR", str(VENV / "cache"))
    command = [str(program), "pip", *arguments, "--python", str(PYTHON)]
    output = subprocess.DEVNULL if silent else None
    return subprocess.call(command, cwd=str(ROOT), env=environment, stdout=output, stderr=output) == 0


def registry_settings():
    """Translate pip's own configuration (mirror, wheel house, certificate, proxy) into uv's."""
    names = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS",
             "cert": "SSL_CERT_FILE", "proxy": "ALL_PROXY"}  # fmt: skip
    found = {}
    listing = subprocess.run([str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True)
    for line in listing.stdout.splitlines():
        key, _, value = line.partition("=")
        name = names.get(key.rpartition(".")[2])
        if name:
            found[name] = " ".join(value.strip("'").replace("\\n", " ").split())
    if "UV_INDEX" in found:
        found["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return found


def pip(arguments, may_fail=False, silent=False):
    """Run pip in the environment; a failure is explained unless it may happen."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *arguments]
    result = subprocess.run(command, cwd=str(ROOT), capture_output=True, text=True)
    if result.returncode == 0:
        return True
    if may_fail:
        return False
    if not silent:
        sys.stderr.write(result.stdout + result.stderr)
    raise SetupError(explain(result.stderr))


def explain(output):
    """Name the cause that pip's output points to, and the next step."""
    if "No space left" in output or "Errno 28" in output:
        return "the disk is full. Free about %.0f GB and run it again." % DISK_NEEDED_GB
    if "hash" in output.lower() and "do not match" in output.lower():
        return "a downloaded package is not the one that was pinned. Try another network or mirror."
    if "No matching distribution" in output or "is not a supported wheel" in output:
        return (
            "a pinned package has no build for this machine. The tutor runs on Linux (x86-64, Arm), "
            "macOS 14+ on Apple silicon, and Windows (x86-64)."
        )
    return (
        "the packages could not be downloaded. Check the network; behind a proxy set HTTPS_PROXY, "
        "with a mirror set PIP_INDEX_URL, then run it again."
    )


def say(text):
    """Tell the user what is going on."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
