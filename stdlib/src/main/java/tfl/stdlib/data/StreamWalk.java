package tfl.stdlib.data;

import java.lang.ref.Cleaner;
import java.util.List;
import tfl.interpreter.TflContext;
import tfl.interpreter.builtin.CallContext;
import tfl.interpreter.builtin.StreamValue;
import tfl.interpreter.value.Holding;
import tfl.interpreter.value.None;
import tfl.interpreter.value.RecordValue;
import tfl.tensor.Tensor;

/** A stream about to be walked by {@code for}, with threads. */
final class StreamWalk implements StreamValue {
    /** How long a step may give nothing before it is called stuck. */
    static final long PATIENCE = Ahead.nanos(600);
    private static final Cleaner CLEANER = Cleaner.create();
    private final RecordValue plan;
    private final Object spot;
    private final long key;
    private final Meter meter;
    private boolean over;

    /** What the last walk of a stream measured. */
    static final class Meter {
        volatile List<StepMeter> steps = List.of();
    }

    StreamWalk(RecordValue plan, Object spot, long key, Meter meter) {
        Holding.retain(plan);
        this.plan = plan;
        this.spot = spot;
        this.key = key;
        this.meter = meter;
    }

    @Override
    public Cursor open(CallContext context) {
        if (over) {
            throw DataErrors.over();
        }
        over = true;
        // Values that are being differentiated belong to the thread that does it.
        boolean alone = Holding.reaches(plan, tensor -> !(tensor instanceof Tensor));
        var walk = new Walk(context, plan, !alone && context.session().allowsThreads(), PATIENCE);
        meter.steps = walk.meters();
        var run = new Run(context.session(), plan, stage(walk, plan, spot, key));
        var steps = new Steps(run);
        CLEANER.register(steps, run);
        return steps;
    }

    /** The stages of a plan from a spot on. */
    static Stage stage(Walk walk, RecordValue plan, Object spot, long key) {
        boolean resumed = spot instanceof Spot from && from.key() != None.NONE;
        var seed = new Seed(resumed ? (Long) ((Spot) spot).key() : key, 0);
        return new Plan(walk, seed).open(plan, spot instanceof Spot from ? from.at() : null);
    }

    /** What has to end, however the walk does. */
    private static final class Run implements Runnable {
        private final TflContext session;
        private final RecordValue plan;
        private final Stage stage;
        private boolean closed;

        Run(TflContext session, RecordValue plan, Stage stage) {
            this.session = session;
            this.plan = plan;
            this.stage = stage;
            session.atEnd(this);
        }

        @Override
        public void run() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            session.forget(this);
            stage.close();
            Holding.release(plan);
        }
    }

    private static final class Steps implements Cursor {
        private final Run run;

        Steps(Run run) {
            this.run = run;
        }

        @Override
        public Object next() {
            try {
                Object element = run.closed ? null : run.stage.next();
                if (element == null) {
                    run.run();
                }
                return element;
            } catch (RuntimeException | Error failure) {
                run.run();
                throw failure;
            }
        }

        @Override
        public void close() {
            run.run();
        }
    }
}
