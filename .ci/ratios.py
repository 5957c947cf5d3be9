#!/usr/bin/env python3
"""Prints what dalel takes over what its peers take, from the lines of eval/peers/run.sh and of dalel bench -json."""
import json
import re
import sys

NUMBER = r"([\d.]+)"
QUERY = re.compile(rf"^(lucene|xapian|sqlite) (\S+)\s+n=\d+ .*?p50={NUMBER} ms p95={NUMBER} ms(?: cpu/q={NUMBER})?")
INDEX = re.compile(rf"^(lucene|xapian|sqlite\S*) index .*?{NUMBER} MB/cpu-s .*?ratio {NUMBER}(?: compact \S+ ratio {NUMBER})?")
STORED = re.compile(r"opts=\S*s")  # with the text


def peers(path):
    index, queries, peak = {}, {}, {}
    for line in open(path, encoding="utf-8"):
        if m := INDEX.match(line):
            name = m[1] + ("+text" if STORED.search(line) else "")
            index[name] = (float(m[2]), float(m[4] or m[3]))
            if m := re.search(r"VmHWM:\s+(\d+) kB", line):
                peak[name] = int(m[1]) / 1000
        elif m := QUERY.match(line):
            queries[m[1], m[2]] = tuple(float(x) if x else None for x in m.groups()[2:])
    return index, queries, peak


def main():
    index, queries, peak = peers(sys.argv[1])
    lines = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
    ours, classes = lines[0], lines[1:]
    store = ours["engine_over_text"] + ours["forward_over_text"]
    print(f"\nindexing {ours['mb_per_cpu_second']:.2f} MB a CPU second, size {store:.2f} of the text, peak {ours['peak_mb']:.0f} MB, first answer {ours['open_to_first_answer_seconds']:.2f} s")
    for name, (speed, size) in index.items():
        memory = f", peak x{ours['peak_mb'] / peak[name]:.2f}" if name in peak else ""
        print(f"  over {name}: speed x{ours['mb_per_cpu_second'] / speed:.2f}, size x{store / size:.2f}{memory}")
    print(f"{'class':10} {'p50 ms':>9} {'p95 ms':>9} {'CPU ms':>9}   over Lucene p50  p95  CPU   over Xapian p50  CPU")
    for c in classes:
        row = f"{c['class']:10} {c['p50_ms']:9.3f} {c['p95_ms']:9.3f} {c['cpu_ms']:9.3f}   "
        for peer, which in (("lucene", (0, 1, 2)), ("xapian", (0, 2))):
            theirs = queries.get((peer, c["class"]))
            if theirs is None:
                row += "              -"
                continue
            mine = (c["p50_ms"], c["p95_ms"], c["cpu_ms"])
            row += "        " + " ".join(f"{mine[i] / theirs[i]:6.2f}" for i in which if theirs[i])
        print(row)


main()
