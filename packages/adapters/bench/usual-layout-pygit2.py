"""The usual layout (a tree per tenant on main, a folder per device) written and read with libgit2.

Arguments: device counts divided by commas, rounds, commits of the history, folder with an export for each round
(0.rsc, 1.rsc, ...). Prints one JSON object a line. Nothing is forced to the disk.
"""
import json
import os
import shutil
import sys
import tempfile
import time

import pygit2


def device_id(index):
    return f"d0000000-0000-4000-8000-{index:012d}"


def report(name, value, unit, **more):
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit, "layout": "tree per tenant",
                      "writer": "pygit2, not durable", **more}), flush=True)


def size_of(folder):
    """Sum of file sizes, and of allocated blocks, folders among them."""
    apparent = allocated = 0
    for path, _, names in os.walk(folder):
        files = [os.lstat(os.path.join(path, name)) for name in names]
        apparent += sum(file.st_size for file in files)
        allocated += sum(file.st_blocks for file in files) * 512 + os.lstat(path).st_blocks * 512
    return apparent, allocated


def commit(repository, device, files, at):
    folder = repository.TreeBuilder()
    for name, content in files.items():
        folder.insert(name, repository.create_blob(content), pygit2.GIT_FILEMODE_BLOB)
    has_head = "refs/heads/main" in repository.references
    head = repository.references["refs/heads/main"].target if has_head else None
    root = repository.TreeBuilder(repository.get(head).tree) if head else repository.TreeBuilder()
    root.insert(device, folder.write(), pygit2.GIT_FILEMODE_TREE)
    who = pygit2.Signature("bench", "bench@localhost", 1760000000 + at, 0)
    repository.create_commit("refs/heads/main", who, who, "scheduled", root.write(), [head] if head else [])


def measure_commits(devices, rounds, exports):
    folder = tempfile.mkdtemp(prefix="tod-bench-")
    repository = pygit2.init_repository(folder, bare=True)
    seed = repository.create_blob(b"seed")
    inner = repository.TreeBuilder()
    inner.insert("export.rsc", seed, pygit2.GIT_FILEMODE_BLOB)
    inner_id = inner.write()
    root = repository.TreeBuilder()
    for at in range(devices):
        root.insert(device_id(at), inner_id, pygit2.GIT_FILEMODE_TREE)
    who = pygit2.Signature("bench", "bench@localhost", 1760000000, 0)
    repository.create_commit("refs/heads/main", who, who, "first", root.write(), [])
    before = size_of(folder)
    samples = []
    for at in range(rounds):
        with open(os.path.join(exports, f"{at}.rsc"), "rb") as export:
            files = {"backup.bin": os.urandom(100000), "export.rsc": export.read()}
        began = time.perf_counter()
        commit(repository, device_id(at * 7919 % devices), files, at)
        samples.append((time.perf_counter() - began) * 1000)
    after = size_of(folder)
    report("commit p50", sorted(samples)[len(samples) // 2], "ms", devices=devices)
    report("commit p95", sorted(samples)[int(len(samples) * 0.95)], "ms", devices=devices)
    for kind, was, now in zip(("apparent", "allocated"), before, after):
        report(f"bytes per changed backup, {kind}", (now - was) / rounds, "bytes", devices=devices)
    shutil.rmtree(folder)


def measure_history(commits):
    per_device = max(2, round(commits / 1000))
    devices = round(commits / per_device)
    folder = tempfile.mkdtemp(prefix="tod-bench-")
    repository = pygit2.init_repository(folder, bare=True)
    for at in range(commits):
        commit(repository, device_id(at % devices), {"export.rsc": f"export {at}".encode()}, at)
    wanted = device_id(13 % devices)
    began = time.perf_counter()
    found, before = 0, None
    for entry in repository.walk(repository.references["refs/heads/main"].target, pygit2.GIT_SORT_TOPOLOGICAL):
        now = entry.tree[wanted].id if wanted in entry.tree else None
        if before is not None and now != before:
            found += 1
        before = now
    report("history of one device", (time.perf_counter() - began) * 1000, "ms", commits=commits, entries=found)
    shutil.rmtree(folder)


for count in sys.argv[1].split(","):
    if int(count) > 0:
        measure_commits(int(count), int(sys.argv[2]), sys.argv[4])
if int(sys.argv[3]) > 0:
    measure_history(int(sys.argv[3]))
