package tfl.stdlib.data;

import com.oracle.truffle.api.TruffleSafepoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Runs the stage above on threads of its own, ahead of who reads, and a function of each element on as many threads as
 * it has. One thread at a time takes the next element from above, so elements are numbered as they come; they are
 * handed on in that order, however long each takes.
 */
final class Ahead extends Reader {
    private final Walk walk;
    private final Task task;
    private final Tuning tuning;
    private final Crew crew;
    /** Held by the thread that takes the next element. */
    private final ReentrantLock taking = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition freed = lock.newCondition();
    private final Deque<Slot> slots = new ArrayDeque<>();
    private long index;
    private Place delivered;
    private boolean ended;
    private boolean closed;
    private int working;
    private long bytes;

    /** What to do with each element; its errors name it. */
    interface Task {
        Object run(long index, Object element);
    }

    /** An element on its way. */
    private static final class Slot {
        final long index;
        final Place after;
        final long since = System.nanoTime();
        Object element;
        Throwable failure;
        long bytes;
        boolean done;

        Slot(long index, Place after) {
            this.index = index;
            this.after = after;
        }
    }

    Ahead(Walk walk, StepMeter meter, Stage up, Task task, Tuning tuning, long index) {
        super(meter, up);
        this.walk = walk;
        this.task = task;
        this.tuning = tuning;
        this.index = index;
        this.delivered = Place.of(up.place(), index);
        this.crew = new Crew(walk.session(), "tfl-data-" + meter.name, this::work);
        meter.runsAhead();
    }

    // The threads

    private void work() {
        while (true) {
            var slot = take();
            if (slot == null) {
                return;
            }
            finish(slot);
        }
    }

    /** The next element from above, or null if this thread is no longer needed. */
    private Slot take() {
        Waiting.acquire(taking);
        try {
            if (!hasRoom()) {
                return null;
            }
            var slot = read();
            lock.lock();
            try {
                if (slot.element == null) {
                    ended = true;
                    filled.signalAll();
                }
                if (slot.element != null || slot.failure != null) {
                    slots.add(slot);
                }
                working += slot.element == null ? 0 : 1;
                return slot.element == null ? null : slot;
            } finally {
                lock.unlock();
            }
        } finally {
            taking.unlock();
        }
    }

    private Slot read() {
        try {
            Object element = up.next();
            var slot = new Slot(index, Place.of(up.place(), index + 1));
            slot.element = element;
            index++;
            return slot;
        } catch (Crew.Cancelled cancelled) {
            throw cancelled;
        } catch (Throwable failure) {
            var slot = new Slot(index, delivered);
            slot.failure = failure;
            slot.done = true;
            return slot;
        }
    }

    private boolean hasRoom() {
        lock.lock();
        try {
            while (isFull()) {
                Waiting.await(freed, Long.MAX_VALUE, () -> !isFull());
            }
            return !closed && !ended;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return !closed && !ended && (slots.size() >= tuning.capacity() || working >= tuning.threads());
    }

    private void finish(Slot slot) {
        Object result = null;
        Throwable failure = null;
        try {
            result = task.run(slot.index, slot.element);
        } catch (Crew.Cancelled cancelled) {
            throw cancelled;
        } catch (Throwable problem) {
            failure = problem;
        }
        lock.lock();
        try {
            slot.element = result;
            slot.failure = failure;
            slot.bytes = result == null ? 0 : Items.bytes(result);
            bytes += slot.bytes;
            slot.done = true;
            working--;
            filled.signalAll();
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // Who reads

    @Override
    Object advance() {
        lock.lock();
        try {
            if (!ended && !closed) {
                crew.grow(tuning.threads());
            }
            var slot = await();
            if (slot == null) {
                return null;
            }
            slots.remove();
            bytes -= slot.bytes;
            freed.signalAll();
            delivered = slot.after;
            if (slot.failure != null) {
                throw Crew.rethrown(slot.failure);
            }
            return slot.element;
        } finally {
            lock.unlock();
        }
    }

    private Slot await() {
        boolean waited = false;
        long start = System.nanoTime();
        while (!closed) {
            var head = slots.peek();
            if (head != null && head.done) {
                tuning.tune(waited, slots.size(), bytes);
                meter.threads = tuning.threads();
                meter.buffer = tuning.capacity();
                meter.bytes = bytes;
                return head;
            }
            if (head == null && ended) {
                return null;
            }
            waited = true;
            long left = walk.patience() - (System.nanoTime() - start);
            if (left <= 0) {
                throw stuck(head);
            }
            Waiting.await(filled, left, this::isSettled);
        }
        return null;
    }

    /** Whether it is known what comes next. */
    private boolean isSettled() {
        var head = slots.peek();
        return closed || (head == null ? ended : head.done);
    }

    private RuntimeException stuck(Slot head) {
        double seconds = walk.patience() / 1e9;
        if (head != null) {
            return DataErrors.stuck(meter.toString(), ": it is still at element " + head.index, seconds);
        }
        StepMeter longest = up.meter;
        for (var other : walk.meters()) {
            longest = other != meter && other.busyFor() > longest.busyFor() ? other : longest;
        }
        return DataErrors.stuck(longest.toString(), longest.busyFor() > 0 ? ": it is still at element "
                + longest.element() : "", seconds);
    }

    @Override
    Place place() {
        return delivered;
    }

    @Override
    void close() {
        lock.lock();
        closed = true;
        filled.signalAll();
        freed.signalAll();
        lock.unlock();
        crew.end();
        slots.forEach(slot -> {
            if (slot.element != null) {
                Items.drop(slot.element);
            }
        });
        slots.clear();
        super.close();
    }

    /** How long an element may be under way before a report calls it stuck. */
    static long nanos(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    /** Where a thread waits it can be stopped. */
    private static final class Waiting {
        /** A safepoint interrupts the wait and starts it again: what was signalled meanwhile shows in {@code over}. */
        static void await(Condition condition, long nanos, BooleanSupplier over) {
            TruffleSafepoint.setBlockedThreadInterruptible(null, each -> {
                if (!over.getAsBoolean()) {
                    each.awaitNanos(nanos);
                }
            }, condition);
        }

        static void acquire(ReentrantLock lock) {
            TruffleSafepoint.setBlockedThreadInterruptible(null, ReentrantLock::lockInterruptibly, lock);
        }
    }
}
