package tfl.repl;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.graalvm.polyglot.Value;
import tfl.session.ExitStatus;
import tfl.session.Session;
import tfl.session.SessionOptions;

/** {@code tfl doctor}: what is there, what is missing and how to get it. */
final class DoctorCommand {
    private boolean healthy = true;

    int run() {
        line("ok", "tfl", TflCommand.version(), "");
        line("ok", "java", Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch"), "");
        try (var session = new Session(SessionOptions.DEFAULT, System.out, System.err)) {
            var checks = session.service("doctor");
            for (long i = 0; i < checks.getArraySize(); i++) {
                show(checks.getArrayElement(i));
            }
            tools(session.instruments());
        }
        boolean serves = RoomTools.of("lsp") != null;
        line(serves ? "ok" : "warning", "tfl lsp", serves ? "there" : "missing",
                serves ? "" : "the jar `editor` is not on the class path; `./tfl` and what `tfl dist` packs bring it");
        kernel();
        return healthy ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private void tools(Set<String> there) {
        for (var flag : List.of(Flag.INSPECT, Flag.DAP, Flag.SAMPLER, Flag.TRACER)) {
            boolean found = there.contains(flag.spelling().substring(2));
            line(found ? "ok" : "warning", flag.spelling(), found ? "there" : "missing",
                    found ? "" : SessionOptions.TOOLS_HELP);
        }
    }

    /** The kernel says in one line how it is installed: status, detail, help. */
    private void kernel() {
        var tool = RoomTools.of("kernel");
        if (tool != null) {
            var said = new StringWriter();
            tool.run(new PrintWriter(said), new PrintWriter(said), "doctor");
            var parts = said.toString().stripTrailing().split("\t", -1);
            line(parts[0], "kernel", parts[1], parts.length > 2 ? parts[2] : "");
        }
    }

    private void show(Value check) {
        line(text(check, "status"), text(check, "name"), text(check, "detail"), text(check, "help"));
    }

    private static String text(Value check, String member) {
        var value = check.getMember(member);
        return value == null || value.isNull() ? "" : value.asString();
    }

    private void line(String status, String name, String detail, String help) {
        healthy &= !status.equals("error");
        System.out.printf("%-8s %-12s %s%n", status, name, detail);
        if (!help.isEmpty()) {
            System.out.printf("%-8s %-12s help: %s%n", "", "", help);
        }
    }
}
