package tfl.repl;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import tfl.session.Misuse;

/** Debuggers and profilers: flags of the command line to options of the engine. */
final class ToolOptions {
    private static final int DAP_PORT = 4711;
    private static final int INSPECT_PORT = 9229;
    private static final int FIRST_PORT = 1024;
    private static final int LAST_PORT = 65535;

    private static volatile boolean holdEnd;

    private ToolOptions() {}

    /** Whether a tool would hold up an orderly end of the process: the DAP server waits for its client to leave. */
    static boolean holdEnd() {
        return holdEnd;
    }

    /** The options that the flags ask for. */
    static List<String> of(CommandLine line) {
        var options = new ArrayList<String>();
        debugger(line, Flag.INSPECT, INSPECT_PORT, options);
        debugger(line, Flag.DAP, DAP_PORT, options);
        holdEnd |= line.has(Flag.DAP);
        if (line.has(Flag.KEEP_GRAPHS)) {
            options.add("tfl.KeepGraphs=true");
        }
        if (line.has(Flag.SAMPLER)) {
            options.add("cpusampler=true");
            profile(line.value(Flag.SAMPLER), options);
        }
        if (line.has(Flag.TRACER)) {
            options.add("cputracer=true");
        }
        return options;
    }

    private static void profile(String file, List<String> options) {
        if (file.isEmpty()) {
            return;
        }
        String form = file.endsWith(".svg") ? "flamegraph" : file.endsWith(".json") ? "json" : null;
        if (form == null) {
            throw new Misuse("`--cpusampler=" + file + "`: a profile is written as .svg or .json");
        }
        options.add("cpusampler.Output=" + form);
        options.add("cpusampler.OutputFile=" + file);
    }

    private static void debugger(CommandLine line, Flag flag, int defaultPort, List<String> options) {
        if (!line.has(flag)) {
            return;
        }
        String name = flag.spelling().substring(2);
        options.add(name + "=" + address(flag, line.value(flag), defaultPort));
        if (line.has(Flag.NO_STOP)) {
            options.add(name + ".Suspend=false");
            options.add(name + ".WaitAttached=true");
        }
    }

    /** The address to listen at, which is free now; port 0 becomes one that is. */
    private static String address(Flag flag, String given, int defaultPort) {
        int colon = given.lastIndexOf(':');
        boolean isPort = given.matches("\\d+");
        String host = colon >= 0 ? given.substring(0, colon) : isPort ? "" : given;
        String port = colon >= 0 ? given.substring(colon + 1) : isPort ? given : Integer.toString(defaultPort);
        int number = number(flag, given, port);
        try (var free = new ServerSocket(number, 1, host(flag, host))) {
            return (host.isEmpty() ? "" : host + ":") + free.getLocalPort();
        } catch (IOException taken) {
            throw new Misuse("`" + flag.spelling() + "`: nothing can listen at "
                    + (host.isEmpty() ? "port " : host + ":") + number + " (" + taken.getMessage() + "); "
                    + flag.spelling() + "=PORT names another one, 0 any that is free");
        }
    }

    private static int number(Flag flag, String given, String port) {
        int number = port.matches("\\d{1,5}") ? Integer.parseInt(port) : -1;
        if (number < 0 || number > LAST_PORT || number > 0 && number < FIRST_PORT) {
            throw new Misuse("`" + flag.spelling() + "=" + given + "`: a port is 0 or a number from " + FIRST_PORT
                    + " to " + LAST_PORT);
        }
        return number;
    }

    private static InetAddress host(Flag flag, String host) {
        try {
            return host.isEmpty() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new Misuse("`" + flag.spelling() + "`: there is no host " + host);
        }
    }
}
