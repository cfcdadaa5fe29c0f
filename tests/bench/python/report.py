"""The tables of docs/performance.md, from the lines of a run."""
import json
import math
import os
import sys
from statistics import median

BEGIN, END = "<!-- measured -->", "<!-- end -->"
COLUMNS = {"tfl-eager": "TFL", "tfl-graph": "TFL graph", "numpy": "NumPy", "torch-eager": "PyTorch",
           "torch-compile": "torch.compile", "node": "Node"}
OURS = ("tfl-eager", "tfl-graph")
# What a physical limit binds, and the part of it that must be reached: streams 85 %, large products 90 %.
BOUND = {"elementwise_triad": 0.85, "sum_all": 0.85, "sum_axis0": 0.85, "sum_axis1": 0.85, "transpose_copy": 0.85,
         "gather_rows": 0.85, "matmul_1024": 0.9, "matmul_2048": 0.9}
# The plain program that moves memory the same way, whose speed over as many bytes is their limit.
STREAMS = {"elementwise_triad": "triad", "sum_all": "read", "sum_axis0": "read", "sum_axis1": "read",
           "transpose_copy": "copy", "gather_rows": "copy"}


def limit_ms(spec, limits, mine):
    """The larger of the arithmetic and the memory time at the measured two-core peaks, or none."""
    if mine and "machine_gb_s" in mine:
        return spec["bytes"] / mine["machine_gb_s"] / 1e6
    find = lambda what: [r for r in limits if r["what"] == what]
    if "limit_from" in spec:
        return next((r["ms"] for r in find(spec["limit_from"])), None)
    if "limit_cycles" in spec:
        return next((spec["limit_cycles"] / r["ghz"] * 1e-6 for r in find("clock")), None)
    if not find("fma_peak_f32"):
        return None
    flops = max(r["gflops"] for r in find("fma_peak_f32")) * 1e9
    arrays = {"read": 1, "copy": 2, "triad": 3, "triad_nt": 3}
    points = [(r["array_mib"] * arrays[r["op"]] * 2 ** 20, r["gb_s"] * 1e9) for r in find("bandwidth")]
    size = spec.get("footprint", spec["bytes"])
    reach = [speed for footprint, speed in points if footprint >= 0.7 * size] or [min(s for _, s in points)]
    return max(spec["flops"] / flops, spec["bytes"] / max(reach)) * 1e3 or None


def ms(value):
    return "–" if value is None else f"{value:.0f}" if value >= 1000 else f"{value:.3g}"


def disturbed(line):
    return line["p90_ms"] > 1.5 * line["median_ms"] or (line.get("other_cores") or 0) > 0.1


def time_of(line):
    return line["median_ms"] if line and line.get("median_ms") is not None else None


def best(lines, peers):
    """The fastest of some peers, as its line."""
    known = [lines[p] for p in peers if time_of(lines.get(p)) is not None]
    return min(known, key=time_of, default=None)


def rows(results, specs):
    """For each workload that was measured: its name, its lines by peer, ours and theirs at best."""
    for name, spec in specs.items():
        lines = {peer: r for (workload, peer), r in results.items() if workload == name}
        if lines:
            yield name, spec, lines, best(lines, OURS), best(lines, [p for p in COLUMNS if p not in OURS])


def main_table(results, specs, limits):
    yield "| workload | " + " | ".join(COLUMNS.values()) + " | ratio | limit | of it |"
    yield "| --- |" + " ---: |" * (len(COLUMNS) + 3)
    ratios = []
    for name, spec, lines, mine, theirs in rows(results, specs):
        if spec.get("kind") == "process":
            continue
        ratio = time_of(mine) / time_of(theirs) if mine and theirs else None
        limit = limit_ms(spec, limits, mine)
        if ratio:
            ratios.append(ratio)
        noisy = "~" if any(disturbed(r) for r in (mine, theirs) if r) else ""
        shown = "–" if ratio is None else f"{ratio:.2f}{noisy}" if ratio <= 1 else f"**{ratio:.2f}**{noisy}"
        part = f"{limit / time_of(mine):.0%}" if limit and mine else "–"
        yield f"| {name} | " + " | ".join([ms(time_of(lines.get(p))) for p in COLUMNS] + [shown, ms(limit), part]) + " |"
    if ratios:
        mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
        missed = sum(r > 1 for r in ratios)
        yield ""
        yield (f"Geometric mean of the ratios of {len(ratios)} workloads: **{mean:.2f}**. Above 1: {missed}.")


def bound_table(results, specs, limits):
    yield "Of least times, which the machine's speeds are too.\n"
    yield "| workload | TFL reaches | the machine | of it | must be | reached |"
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    for name, spec, lines, _, _ in rows(results, specs):
        mine = min((lines[p] for p in OURS if time_of(lines.get(p))), key=lambda r: r["min_ms"], default=None)
        limit = limit_ms(spec, limits, mine)
        if name not in BOUND or not mine or not limit:
            continue
        work, unit = (spec["flops"], "GFLOP/s") if name.startswith("matmul") else (spec["bytes"], "GB/s")
        part = limit / mine["min_ms"]
        yield (f"| {name} | {work / mine['min_ms'] / 1e6:.0f} {unit} | {work / limit / 1e6:.0f} {unit} | {part:.0%} | "
               f"{BOUND[name]:.0%} | {'yes' if part >= BOUND[name] else '**no**'} |")


def start_table(results, specs):
    yield "| workload | TFL first call | graph: first call | graph: compilation | torch.compile: first call " \
          "| peak MB: TFL | graph | NumPy | PyTorch | torch.compile |"
    yield "| --- |" + " ---: |" * 9
    cell = lambda lines, peer, key: ms((lines.get(peer) or {}).get(key))
    for name, spec, lines, _, _ in rows(results, specs):
        times = [cell(lines, *k) for k in (("tfl-eager", "first_call_ms"), ("tfl-graph", "first_call_ms"),
                                           ("tfl-graph", "compile_ms"), ("torch-compile", "first_call_ms"))]
        sizes = [f"{lines[p]['peak_rss_mb']:.0f}" if (lines.get(p) or {}).get("peak_rss_mb") else "–"
                 for p in ("tfl-eager", "tfl-graph", "numpy", "torch-eager", "torch-compile")]
        yield f"| {name} | " + " | ".join(times + sizes) + " |"


def process_table(results, specs, others):
    yield "| work | measured |"
    yield "| --- | --- |"
    titles = {"startup_hello": "a process that prints 1", "time_to_first_gradient": "a process that prints a gradient"}
    for name, title in titles.items():
        lines = {peer: r for (workload, peer), r in results.items() if workload == name and time_of(r)}
        if lines:
            text = "; ".join(f"{COLUMNS[p].removesuffix(' graph')} {time_of(lines[p]):.0f} ms"
                             f" (first {lines[p]['first_call_ms']:.0f}), {lines[p]['peak_rss_mb'] or 0:.0f} MB"
                             for p in COLUMNS if p in lines)
            yield f"| {title} | {text} |"
    for state, title in (("empty", "not seen before"), ("filled", "from the disk cache")):
        found = {r["kernel"]: r["ms"] for r in others if r["what"] == "first_kernel" and r["cache"] == state}
        if found:
            yield (f"| first call of a kernel {title} | {max(found['first_kernel'], found['first_kernel_reduction']):.1f}"
                   f" ms; {found['first_kernel_and_compiler']:.1f} ms for the process's first of all |")
    for r in (r for r in others if r["what"] == "flat_memory"):
        yield (f"| {r['rounds']:,} rounds of `x = x * 1.0001 + y`, 16 MB each | {r['least_mb']:.0f} to "
               f"{r['most_mb']:.0f} MB resident, longest round {r['longest_ms']:.1f} ms |")


def disagreements(results, specs):
    """Workloads whose checksums differ by more than they may."""
    for name, spec, lines, _, _ in rows(results, specs):
        known = [r for r in lines.values() if r.get("checksum") is not None]
        for r in known[1:]:
            if abs(r["checksum"] - known[0]["checksum"]) > spec.get("rtol", 0) * known[0]["checksum_abs"]:
                yield f"{name}: {r['peer']} {r['checksum']}, {known[0]['peer']} {known[0]['checksum']}"


def read(path):
    """The last line for each workload and peer, and the last of everything else."""
    results, others, machines = {}, {}, []
    for text in path.read_text().splitlines():
        r = json.loads(text)
        if r.get("what") == "machine":
            machines.append(r)
        elif "what" in r:
            others[tuple(str(v) for k, v in r.items() if k in ("what", "op", "array_mib", "threads", "kib", "pages",
                                                               "cache", "kernel"))] = r
        elif "peer" in r:
            results[r["workload"], r["peer"]] = r
    return results, list(others.values()), machines[-1] if machines else {}


def tables(path, specs):
    results, others, host = read(path)
    timed = [r for r in results.values() if time_of(r) is not None]
    load = sorted(r.get("other_cores") or 0 for r in timed) or [0]
    if host:
        where = (f"{host['date']}, {host['model']} ({host['vectors']}), {host['cores']} cores, {host['system']}, "
                      f"NumPy {host['numpy']}, PyTorch {host['torch']}, Node {host['node']}. ")
    else:
        where = ""
    head = where + (f"While a workload was measured, other processes used {median(load):.2f} cores in the median, "
                         f"{load[-1]:.2f} at most. Milliseconds.")
    wrong = list(disagreements(results, specs))
    agree = "The checksums of all agree." if not wrong else "Checksums that differ: " + "; ".join(wrong) + "."
    parts = [head, "\n".join(main_table(results, specs, others)), agree,
             "### At the machine's limits", "\n".join(bound_table(results, specs, others)),
             "### First calls, compilation, memory", "\n".join(start_table(results, specs)),
             "### Processes", "\n".join(process_table(results, specs, others))]
    return "\n\n".join(parts) + "\n"


def write(text, page, specs):
    """Puts the tables between the page's two marks, aside first. Those of some workloads replace none of all."""
    missing = [name for name in specs if f"| {name} |" not in text]
    if missing:
        print(f"{page.name} stays as it is: not measured were {', '.join(missing)}", file=sys.stderr)
        return
    before, mark, rest = page.read_text().partition(BEGIN)
    if not mark or END not in rest:
        raise SystemExit(f"{page} has no {BEGIN} .. {END}")
    aside = page.with_suffix(".part")
    aside.write_text(f"{before}{BEGIN}\n{text}{END}{rest.partition(END)[2]}")
    os.replace(aside, page)
