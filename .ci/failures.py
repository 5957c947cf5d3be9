"""What failed in a `go test -json` log: the output of each test that failed, and of each package
that failed outside its tests (a build, a panic, a data race)."""
import collections, json, sys

said, failed = collections.defaultdict(list), []
for line in open(sys.argv[1], encoding="utf-8"):
    try:
        e = json.loads(line)
    except ValueError:
        print(line, end="")
        continue
    at = (e.get("Package") or e.get("ImportPath", ""), e.get("Test", ""))
    if e["Action"] in ("output", "build-output"):
        said[at].append(e["Output"])
    elif e["Action"] in ("fail", "build-fail"):
        failed.append(at)
for package, test in failed:
    text = "".join(said[package, test])
    print(f"-- FAILED {package} {test}\n{text[-8000:]}")
