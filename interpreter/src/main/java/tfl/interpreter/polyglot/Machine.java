package tfl.interpreter.polyglot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.ServiceLoader;
import tfl.backend.Backend;
import tfl.backend.CacheDirectory;
import tfl.interpreter.builtin.BuiltinProvider;
import tfl.interpreter.value.RecordValue;
import tfl.interpreter.value.TupleValue;
import tfl.tensor.Memory;
import tfl.tensor.OutOfTensorMemory;

/** The machine below: memory, devices, and what is missing. */
final class Machine {
    private Machine() {}

    /** Bytes in use, kept for reuse, and allowed, as people read them. */
    static Object memory() {
        var row = new LinkedHashMap<String, Object>();
        row.put("used", OutOfTensorMemory.bytes(Memory.inUse()));
        row.put("cached", OutOfTensorMemory.bytes(Memory.cached()));
        row.put("limit", OutOfTensorMemory.bytes(Memory.limit()));
        return RecordValue.of(row);
    }

    /** A row for each check: status (ok, warning, error), name, detail, help. */
    static Object checks() {
        var rows = new ArrayList<Object>();
        rows.add(check("ok", "memory", "tensors may take " + OutOfTensorMemory.bytes(Memory.limit()), ""));
        rows.add(cache());
        boolean any = false;
        for (var provider : ServiceLoader.load(Backend.class, Machine.class.getClassLoader())) {
            any = true;
            for (var part : provider.describe()) {
                boolean missing = part.version().equals("missing");
                rows.add(check(missing ? "warning" : "ok", part.name(), part.version() + " " + part.detail(), ""));
            }
        }
        if (!any) {
            rows.add(check("error", "devices", "no device plugin was found", "reinstall TFL"));
        }
        for (var provider : ServiceLoader.load(BuiltinProvider.class, Machine.class.getClassLoader())) {
            for (var found : provider.checks()) {
                rows.add(check(found.status(), found.name(), found.detail(), found.help()));
            }
        }
        return new TupleValue(rows.toArray());
    }

    /** What is kept between processes, and whether it can be. */
    private static RecordValue cache() {
        var root = CacheDirectory.root();
        if (CacheDirectory.writable(CacheDirectory.KERNELS).isEmpty()) {
            return check("warning", "cache", root + " cannot be written", "kernels are compiled by every process anew; "
                    + "TFL_CACHE names another folder");
        }
        long kernels = CacheDirectory.count(CacheDirectory.KERNELS, CacheDirectory.KERNEL_ENDING);
        long programs = CacheDirectory.count(CacheDirectory.PROGRAMS, CacheDirectory.PROGRAM_ENDING);
        return check("ok", "cache", root + ": " + kernels + " kernels, " + programs + " programs", "");
    }

    private static RecordValue check(String status, String name, String detail, String help) {
        var row = new LinkedHashMap<String, Object>();
        row.put("status", status);
        row.put("name", name);
        row.put("detail", detail);
        row.put("help", help);
        return RecordValue.of(row);
    }
}
