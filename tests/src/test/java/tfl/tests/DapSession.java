package tfl.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.debug.Breakpoint;
import org.eclipse.lsp4j.debug.ConfigurationDoneArguments;
import org.eclipse.lsp4j.debug.ContinueArguments;
import org.eclipse.lsp4j.debug.EvaluateArguments;
import org.eclipse.lsp4j.debug.InitializeRequestArguments;
import org.eclipse.lsp4j.debug.NextArguments;
import org.eclipse.lsp4j.debug.OutputEventArguments;
import org.eclipse.lsp4j.debug.PauseArguments;
import org.eclipse.lsp4j.debug.ScopesArguments;
import org.eclipse.lsp4j.debug.SetBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetExceptionBreakpointsArguments;
import org.eclipse.lsp4j.debug.SetVariableArguments;
import org.eclipse.lsp4j.debug.Source;
import org.eclipse.lsp4j.debug.SourceBreakpoint;
import org.eclipse.lsp4j.debug.StackFrame;
import org.eclipse.lsp4j.debug.StackTraceArguments;
import org.eclipse.lsp4j.debug.StepInArguments;
import org.eclipse.lsp4j.debug.StepOutArguments;
import org.eclipse.lsp4j.debug.StoppedEventArguments;
import org.eclipse.lsp4j.debug.Variable;
import org.eclipse.lsp4j.debug.VariablesArguments;
import org.eclipse.lsp4j.debug.launch.DSPLauncher;
import org.eclipse.lsp4j.debug.services.IDebugProtocolClient;
import org.eclipse.lsp4j.debug.services.IDebugProtocolServer;

/** A session of a DAP client with a program that {@code tfl --dap} runs in a process of its own. */
final class DapSession implements IDebugProtocolClient, AutoCloseable {
    private static final int LIMIT_SECONDS = 60;
    private static final Pattern ADDRESS = Pattern.compile("listening on .*:(\\d+)");

    final IDebugProtocolServer server;
    private final Process process;
    private final Socket socket;
    private final Path file;
    private final StringBuffer errors = new StringBuffer();
    private final CompletableFuture<String> output;
    private final BlockingQueue<StoppedEventArguments> stops = new LinkedBlockingQueue<>();
    private final List<String> console = new ArrayList<>();
    private final CompletableFuture<Void> initialized = new CompletableFuture<>();
    private StoppedEventArguments stop;
    private StackFrame[] frames;

    /** Starts {@code tfl} with these flags and that program, and says hello. */
    DapSession(Path file, String... flags) throws Exception {
        this.file = file.toAbsolutePath();
        var words = new ArrayList<>(List.of("--dap=0"));
        words.addAll(List.of(flags));
        words.add(file.toString());
        process = new ProcessBuilder(TflProcess.command(words)).directory(file.getParent().toFile()).start();
        output = CompletableFuture.supplyAsync(() -> all(process));
        socket = new Socket(InetAddress.getLoopbackAddress(), port());
        var launcher = DSPLauncher.createClientLauncher(this, socket.getInputStream(), socket.getOutputStream());
        launcher.startListening();
        server = launcher.getRemoteProxy();
        var hello = new InitializeRequestArguments();
        hello.setClientID("tests");
        hello.setAdapterID("tfl");
        hello.setLinesStartAt1(true);
        hello.setColumnsStartAt1(true);
        get(server.initialize(hello));
        get(initialized);
        get(server.attach(Map.of()));
    }

    private static String all(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return gone.toString();
        }
    }

    private int port() throws Exception {
        var lines = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        var found = new CompletableFuture<Integer>();
        Thread.ofVirtual().start(() -> {
            lines.lines().forEach(line -> {
                errors.append(line).append('\n');
                var address = ADDRESS.matcher(line);
                if (address.find()) {
                    found.complete(Integer.valueOf(address.group(1)));
                }
            });
            found.completeExceptionally(new AssertionError("no address: " + errors));
        });
        return get(found);
    }

    static <T> T get(CompletableFuture<T> answer) throws Exception {
        return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Sets the breakpoints of the program anew. */
    Breakpoint[] breakAt(SourceBreakpoint... points) throws Exception {
        var given = new SetBreakpointsArguments();
        given.setSource(source());
        given.setBreakpoints(points);
        return get(server.setBreakpoints(given)).getBreakpoints();
    }

    static SourceBreakpoint line(int number) {
        var point = new SourceBreakpoint();
        point.setLine(number);
        return point;
    }

    private Source source() {
        var source = new Source();
        source.setPath(file.toString());
        return source;
    }

    /** Stops at errors: {@code all} or {@code uncaught}. */
    void breakOn(String... filters) throws Exception {
        var given = new SetExceptionBreakpointsArguments();
        given.setFilters(filters);
        get(server.setExceptionBreakpoints(given));
    }

    /** Everything is set up: the program runs. */
    void start() throws Exception {
        get(server.configurationDone(new ConfigurationDoneArguments()));
    }

    /** Waits until the program stands still; the frames, innermost first. */
    StackFrame[] stopped() throws Exception {
        stop = stops.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (stop == null) {
            throw new AssertionError("it does not stop; it said " + errors + console);
        }
        var given = new StackTraceArguments();
        given.setThreadId(stop.getThreadId());
        frames = get(server.stackTrace(given)).getStackFrames();
        return frames;
    }

    /** The frames of where it stands. */
    StackFrame[] frames() {
        return frames;
    }

    /** Why it stopped. */
    String reason() {
        return stop.getReason() + " " + stop.getDescription();
    }

    static List<String> places(StackFrame[] frames) {
        return Arrays.stream(frames).map(each -> each.getName() + " " + each.getLine() + ":" + each.getColumn())
                .toList();
    }

    void go() throws Exception {
        var given = new ContinueArguments();
        given.setThreadId(stop.getThreadId());
        get(server.continue_(given));
    }

    void next() throws Exception {
        var given = new NextArguments();
        given.setThreadId(stop.getThreadId());
        get(server.next(given));
    }

    void into() throws Exception {
        var given = new StepInArguments();
        given.setThreadId(stop.getThreadId());
        get(server.stepIn(given));
    }

    void out() throws Exception {
        var given = new StepOutArguments();
        given.setThreadId(stop.getThreadId());
        get(server.stepOut(given));
    }

    void pause() throws Exception {
        var given = new PauseArguments();
        given.setThreadId(get(server.threads()).getThreads()[0].getId());
        get(server.pause(given));
    }

    /** Binds a variable of a scope anew; what it is then. */
    String set(int scope, String name, String value) throws Exception {
        var given = new SetVariableArguments();
        given.setVariablesReference(scope);
        given.setName(name);
        given.setValue(value);
        return get(server.setVariable(given)).getValue();
    }

    /** Waits until it stands still; the place of the innermost frame, as {@code name line:column}. */
    String place() throws Exception {
        return places(stopped()).getFirst();
    }

    /** The names of the scopes of a frame, and what is in each, as {@code name = value}. */
    Map<String, List<String>> scopes(StackFrame frame) throws Exception {
        var given = new ScopesArguments();
        given.setFrameId(frame.getId());
        var shown = new LinkedHashMap<String, List<String>>();
        for (var scope : get(server.scopes(given)).getScopes()) {
            shown.put(scope.getName(), Arrays.stream(variables(scope.getVariablesReference())).map(DapSession::text)
                    .collect(Collectors.toList()));
        }
        return shown;
    }

    /** The reference of the scope with that name. */
    int scope(StackFrame frame, String name) throws Exception {
        var given = new ScopesArguments();
        given.setFrameId(frame.getId());
        for (var scope : get(server.scopes(given)).getScopes()) {
            if (scope.getName().equals(name)) {
                return scope.getVariablesReference();
            }
        }
        throw new AssertionError("no scope " + name);
    }

    Variable[] variables(int reference) throws Exception {
        var given = new VariablesArguments();
        given.setVariablesReference(reference);
        return get(server.variables(given)).getVariables();
    }

    /** What opens below a variable of a scope, and below a part of that, and so on. */
    List<String> open(int scope, String... path) throws Exception {
        int reference = scope;
        for (var name : path) {
            reference = Arrays.stream(variables(reference)).filter(each -> each.getName().equals(name)).findFirst()
                    .orElseThrow().getVariablesReference();
        }
        return Arrays.stream(variables(reference)).map(DapSession::text).toList();
    }

    static String text(Variable variable) {
        return variable.getName() + " = " + variable.getValue();
    }

    /** The value of an expression in a frame, as text. */
    String evaluate(StackFrame frame, String expression) throws Exception {
        var given = new EvaluateArguments();
        given.setExpression(expression);
        given.setFrameId(frame.getId());
        given.setContext("watch");
        return get(server.evaluate(given)).getResult();
    }

    /** Waits for the end of the program: its exit status. */
    int end() throws Exception {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + errors);
        }
        return process.exitValue();
    }

    String output() throws Exception {
        return get(output);
    }

    String errors() {
        return errors.toString();
    }

    synchronized String console() {
        return String.join("", console);
    }

    @Override
    public void initialized() {
        initialized.complete(null);
    }

    @Override
    public void stopped(StoppedEventArguments event) {
        stops.add(event);
    }

    @Override
    public synchronized void output(OutputEventArguments event) {
        console.add(event.getOutput());
    }

    @Override
    public void close() throws IOException {
        socket.close();
        process.destroyForcibly();
    }
}
