package tfl.interpreter.coverage;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.EventContext;
import com.oracle.truffle.api.instrumentation.ExecutionEventNode;
import com.oracle.truffle.api.instrumentation.LoadSourceSectionEvent;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.Source;
import com.oracle.truffle.api.source.SourceSection;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tfl.interpreter.TflLanguage;
import tfl.interpreter.node.define.BlockDefinitionNode;
import tfl.interpreter.node.define.ConstructNode;

/**
 * Notes which statements and functions run. What counts is the program, not its tests and benchmarks; a line has run
 * when everything that begins on it has.
 */
public final class Coverage {
    private static final String TEST = "test ";
    private static final String BENCH = "bench ";
    private final TruffleInstrument.Env env;
    private final Map<Source, Notes> sources = new LinkedHashMap<>();
    private boolean started;

    Coverage(TruffleInstrument.Env env) {
        this.env = env;
    }

    /** A function, and whether it was called. */
    public record Called(String name, int line, boolean called) {}

    /** A file: its lines with statements, and whether they ran, and its functions. */
    public record FileRow(String path, Map<Integer, Boolean> lines, List<Called> functions) {}

    /** What is known of one text: sections of statements and bodies of functions, and whether they ran. */
    private static final class Notes {
        private final Map<String, Mark> statements = new ConcurrentHashMap<>();
        private final Map<String, Mark> bodies = new ConcurrentHashMap<>();
    }

    /** One place of a text. */
    private static final class Mark {
        private final int line;
        private final String name;
        private volatile boolean ran;

        Mark(int line, String name) {
            this.line = line;
            this.name = name;
        }
    }

    /** From now on it is noted what runs; once. */
    public synchronized void start() {
        if (started) {
            return;
        }
        started = true;
        var statements = filter(StandardTags.StatementTag.class);
        var bodies = filter(StandardTags.RootBodyTag.class);
        var instrumenter = env.getInstrumenter();
        instrumenter.attachLoadSourceSectionListener(statements, event -> loaded(event, false), true);
        instrumenter.attachLoadSourceSectionListener(bodies, event -> loaded(event, true), true);
        instrumenter.attachExecutionEventFactory(statements, context -> probe(context, false));
        instrumenter.attachExecutionEventFactory(bodies, context -> probe(context, true));
    }

    private static SourceSectionFilter filter(Class<?> tag) {
        return SourceSectionFilter.newBuilder().tagIs(tag).includeInternal(false)
                .sourceIs(source -> TflLanguage.ID.equals(source.getLanguage())
                        && "file".equals(source.getURI().getScheme())).build();
    }

    private void loaded(LoadSourceSectionEvent event, boolean body) {
        if (counts(event.getNode(), body)) {
            mark(event.getNode(), event.getSourceSection(), body);
        }
    }

    private ExecutionEventNode probe(EventContext context, boolean body) {
        var node = context.getInstrumentedNode();
        return counts(node, body) ? new Probe(mark(node, context.getInstrumentedSourceSection(), body)) : null;
    }

    private static boolean counts(Node node, boolean body) {
        String function = node.getRootNode() == null ? "" : node.getRootNode().getName();
        boolean named = !function.startsWith("<") && !(node instanceof ConstructNode);
        boolean apart = function.startsWith(TEST) || function.startsWith(BENCH) || node instanceof BlockDefinitionNode;
        return !apart && (!body || named);
    }

    private synchronized Mark mark(Node node, SourceSection section, boolean body) {
        var notes = sources.computeIfAbsent(section.getSource(), source -> new Notes());
        var marks = body ? notes.bodies : notes.statements;
        return marks.computeIfAbsent(section.getCharIndex() + "-" + section.getCharEndIndex(), key ->
                new Mark(line(node, section, body), node.getRootNode().getName()));
    }

    private static int line(Node node, SourceSection section, boolean body) {
        var whole = body ? node.getRootNode().getSourceSection() : section;
        return (whole == null ? section : whole).getStartLine();
    }

    /** Sets its mark, and costs nothing after that. */
    private static final class Probe extends ExecutionEventNode {
        private final Mark mark;

        Probe(Mark mark) {
            this.mark = mark;
        }

        @Override
        protected void onEnter(VirtualFrame frame) {
            if (!mark.ran) {
                mark.ran = true;
            }
        }
    }

    /** What ran, file by file in the order of their names. */
    public synchronized List<FileRow> files() {
        return sources.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(FileRow::path)).toList();
    }

    private static FileRow row(Source source, Notes notes) {
        var lines = new TreeMap<Integer, Boolean>();
        notes.statements.values().forEach(mark -> lines.merge(mark.line, mark.ran, Boolean::logicalAnd));
        var functions = notes.bodies.values().stream().map(mark -> new Called(mark.name, mark.line, mark.ran))
                .sorted(Comparator.comparingInt(Called::line)).toList();
        return new FileRow(Path.of(source.getURI()).toString(), lines, functions);
    }
}
