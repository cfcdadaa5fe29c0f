package tfl.interpreter.polyglot;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.Truffle;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.frame.FrameInstance;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import tfl.interpreter.TflContext;
import tfl.interpreter.node.TflRootNode;
import tfl.interpreter.translate.Modules;
import tfl.tensor.Account;
import tfl.tensor.OutOfTensorMemory;

/**
 * Sees to it that a session with a memory limit keeps it with its values on Java's heap too, and closes it if it does
 * not.
 *
 * <p>What a session holds is measured by walking its variables, at a safepoint of its threads, and only when they have
 * allocated enough since the last time that it may have come to hold too much. What a builtin holds while it works is
 * in no variable; so when the heap itself is nearly full, the session that allocated most has to go.
 */
final class MemoryWatch {
    private static final int PERIOD_MS = 25;
    private static final double NEARLY_FULL = 0.9;
    private static final ScheduledThreadPoolExecutor CLOCK = clock();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Set<MemoryWatch> WATCHES = ConcurrentHashMap.newKeySet();

    private final TflContext session;
    private final Account account;
    private final Modules modules;
    private final TruffleContext context;
    private ScheduledFuture<?> task;
    /** A look at the threads that is under way; null for none. It may last: a thread in a kernel looks up late. */
    private Future<?> walk;
    private Footprint footprint;
    private volatile long allocatedSince;
    private long allocatedBefore;
    private long room;

    private MemoryWatch(TflContext session) {
        this.session = session;
        this.account = session.account();
        this.modules = Modules.of(session);
        this.context = LimitsInstrument.closeable(session.env());
        this.room = account.limit() / 2;
    }

    /** Watches a session until it ends. */
    static void over(TflContext session) {
        var watch = new MemoryWatch(session);
        WATCHES.add(watch);
        watch.task = CLOCK.scheduleWithFixedDelay(watch::look, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
        session.atEnd(watch::end);
    }

    private static ScheduledThreadPoolExecutor clock() {
        var clock = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "tfl-memory-limits");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(10, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        return clock;
    }

    private void end() {
        task.cancel(false);
        WATCHES.remove(this);
    }

    private void look() {
        long allocated = allocated();
        allocatedSince = allocated - allocatedBefore;
        if (isHeapFull() && WATCHES.stream().allMatch(other -> other.allocatedSince <= allocatedSince)) {
            System.gc();
            if (isHeapFull()) {
                stop("Java's heap is nearly full, and this program filled it");
                return;
            }
        }
        if (walk != null && walk.isDone()) {
            walk = null;
            judge();
        } else if (walk == null && allocatedSince >= room) {
            allocatedBefore = allocated;
            footprint = new Footprint(Math.max(0, account.limit() - account.held()));
            walk = session.env().submitThreadLocal(null, new Walk(footprint));
        }
    }

    private long allocated() {
        var ids = session.threads().stream().filter(Thread::isAlive).mapToLong(Thread::threadId).toArray();
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(ids)) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private static boolean isHeapFull() {
        var machine = Runtime.getRuntime();
        return machine.totalMemory() - machine.freeMemory() > NEARLY_FULL * machine.maxMemory();
    }

    /** What the threads' variables hold is known; what the modules' hold is added here. */
    private void judge() {
        for (var module : modules.all()) {
            for (var name : new ArrayList<>(module.variableNames())) {
                footprint.add(name, module.variable(name).value());
            }
        }
        long most = Math.max(0, account.limit() - account.held());
        if (footprint.bytes() > most) {
            stop("the values of this program take more than the " + OutOfTensorMemory.bytes(account.limit())
                    + " that it may take together, most of it in " + footprint.largest());
        }
        room = Math.max(account.limit() / 8, most - footprint.bytes());
    }

    private static final class Walk extends ThreadLocalAction {
        private final Footprint footprint;

        Walk(Footprint footprint) {
            super(false, false);
            this.footprint = footprint;
        }

        @Override
        protected void perform(Access access) {
            Truffle.getRuntime().iterateFrames(instance -> {
                if (instance.getCallTarget() instanceof RootCallTarget target
                        && target.getRootNode() instanceof TflRootNode) {
                    footprint.add(instance.getFrame(FrameInstance.FrameAccess.READ_ONLY));
                }
                return null;
            });
        }
    }

    private void stop(String reason) {
        end();
        context.closeResourceExhausted(null, reason);
    }
}
