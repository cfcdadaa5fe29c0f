package tfl.stdlib.data;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.nodes.ControlFlowException;
import java.util.ArrayList;
import java.util.List;
import tfl.interpreter.TflContext;

/** The threads of one step. They end when their work does, when they are told to, and with the session. */
final class Crew {
    private final TflContext session;
    private final String name;
    private final Runnable work;
    private final List<Thread> threads = new ArrayList<>();
    private boolean ended;

    /** Thrown in a thread that has to end in the middle of its work. No program can catch it. */
    static final class Cancelled extends ControlFlowException {
        private static final long serialVersionUID = 1L;
    }

    Crew(TflContext session, String name, Runnable work) {
        this.session = session;
        this.name = name;
        this.work = work;
    }

    /** Starts threads until there are so many. */
    synchronized void grow(int wanted) {
        while (!ended && threads.size() < wanted) {
            var thread = session.thread(name + "-" + (threads.size() + 1), this::run);
            thread.setUncaughtExceptionHandler((who, failure) -> { });
            threads.add(thread);
            thread.start();
        }
    }

    private void run() {
        try {
            work.run();
        } catch (Cancelled wanted) {
            // The end that was asked for.
        }
    }

    /** Stops the threads, in the middle of a function if need be, and waits until they are gone. */
    void end() {
        List<Thread> left;
        synchronized (this) {
            ended = true;
            left = threads.stream().filter(Thread::isAlive).toList();
        }
        if (left.isEmpty()) {
            return;
        }
        session.env().submitThreadLocal(left.toArray(Thread[]::new), new Stop());
        left.forEach(Thread::interrupt);
        boolean interrupted = false;
        for (int i = 0; i < left.size();) {
            try {
                left.get(i).join();
                i++;
            } catch (InterruptedException wanted) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Stop extends ThreadLocalAction {
        Stop() {
            super(true, false);
        }

        @Override
        protected void perform(Access access) {
            throw new Cancelled();
        }
    }

    /** What went wrong in a thread, to be thrown in another one. */
    static RuntimeException rethrown(Throwable failure) {
        return switch (failure) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(failure);
        };
    }
}
