#!/usr/bin/env python3
"""Scores one run against a case's answers.  Python 3 standard library only.

usage: score.py CASE RUN.json [--detail] [--json]

CASE is a folder here: its key.json, statements.jsonl, map.json and operation.json (for the clock) are read. RUN.json is what
`assess --json` printed. The rules are those of aleppo-2016/score.py, which does the scoring; a case without terms has none to
score. Where the key has movements, a convoy counts when both ends of who is not accounted for are right."""
import argparse, importlib.util, json, os, zoneinfo

HERE = os.path.dirname(os.path.abspath(__file__))

def rules(case):
    spec = importlib.util.spec_from_file_location("score_rules", os.path.join(HERE, "aleppo-2016", "score.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ZONE = zoneinfo.ZoneInfo(module.load(os.path.join(case, "operation.json"))["time_zone"])
    return module

def convoys(key, run, detail):
    said = {m["convoy"]: m.get("unaccounted") or {} for m in run.get("movements") or []}
    right = 0
    for k in key.get("movements", []):
        u = said.get(k["convoy"])
        ends = (u.get("low"), u.get("high")) if u is not None else "no such convoy"
        if ends == (k["low"], k["high"]) or ends == (k.get("low_accept", k["low"]), k["high"]):
            right += 1
        else:
            detail.append("convoy %s is %s to %s, not %s" % (k["convoy"], k["low"], k["high"], ends))
    return right

def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("case")
    ap.add_argument("run")
    ap.add_argument("--detail", action="store_true")
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    module = rules(a.case)
    key, run = module.load(os.path.join(a.case, "key.json")), module.load(a.run)
    with open(os.path.join(a.case, "statements.jsonl"), encoding="utf-8") as f:
        rows = {r["id"]: {"supersedes": None, "cumulative": False, "unit": None, **r} for r in map(json.loads, filter(str.strip, f))}
    result = module.score(key, run, module.load(os.path.join(a.case, "map.json")), rows)
    result["movements"], result["movements_of"] = convoys(key, run, result["detail"]), len(key.get("movements", []))
    if a.json:
        print(json.dumps(result, indent=1))
        return
    module.show(key["case"], result)
    if result["movements_of"]:
        print("  convoys         %d of %d balances right" % (result["movements"], result["movements_of"]))
    if a.detail:
        for line in result["detail"]:
            print("    " + line)

if __name__ == "__main__":
    main()
