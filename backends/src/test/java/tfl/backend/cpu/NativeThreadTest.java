package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tfl.backend.KernelCancelled;
import tfl.backend.KernelPause;

/** What a caller of the native thread does while it waits. */
@Timeout(60)
class NativeThreadTest {
    @AfterEach
    void noPause() {
        KernelPause.set(() -> {});
    }

    /** A thread that runs a task there, and how that ended. */
    private static final class Caller extends Thread {
        private final Runnable task;
        private Throwable failure;
        private boolean interrupted;

        Caller(Runnable task) {
            this.task = task;
            start();
        }

        @Override
        public void run() {
            try {
                NativeThread.run(task);
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
            }
            interrupted = isInterrupted();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void anInterruptWithdrawsWhatWaitsBehindOthers() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var first = new Caller(() -> {
            begun.countDown();
            await(free);
        });
        begun.await();
        var ran = new AtomicBoolean();
        var second = new Caller(() -> ran.set(true));
        Thread.sleep(50);
        second.interrupt();
        second.join();
        assertInstanceOf(KernelCancelled.class, second.failure);
        assertTrue(second.interrupted);
        free.countDown();
        first.join();
        assertEquals(null, first.failure);
        NativeThread.run(() -> { });
        assertFalse(ran.get());
    }

    @Test
    void anInterruptWaitsForWhatHasBegun() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var caller = new Caller(() -> {
            begun.countDown();
            await(free);
        });
        begun.await();
        caller.interrupt();
        caller.join(100);
        assertTrue(caller.isAlive(), "the task still has its memory");
        free.countDown();
        caller.join();
        assertInstanceOf(KernelCancelled.class, caller.failure);
    }

    /** OpenBLAS's threads take megabytes of the stack of whoever calls it meanwhile. */
    @Test
    void smallCallsStayOnTheirCallersUnlessALargeOneRuns() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var large = new Thread(() -> NativeThread.runParallelLapack(1, index -> {
            begun.countDown();
            await(free);
        }, () -> { }));
        large.start();
        begun.await();
        var ran = new AtomicBoolean();
        assertFalse(NativeThread.runSmallLapack(1, 1, index -> ran.set(true)));
        assertFalse(ran.get());
        free.countDown();
        large.join();
        var caller = Thread.currentThread();
        assertTrue(NativeThread.runSmallLapack(1, 1, index -> ran.set(Thread.currentThread() == caller)));
        assertTrue(ran.get());
    }

    @Test
    void aLargeCallWaitsForSmallOnes() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var small = new Thread(() -> NativeThread.runSmallLapack(1, 1, index -> {
            begun.countDown();
            await(free);
        }));
        small.start();
        begun.await();
        var ran = new AtomicBoolean();
        var large = new Thread(() -> NativeThread.runParallelLapack(1, index -> ran.set(true), () -> { }));
        large.start();
        large.join(100);
        assertFalse(ran.get());
        free.countDown();
        large.join();
        small.join();
        assertTrue(ran.get());
    }

    @Test
    void theCallerPausesWhileItWaits() {
        var pauses = new AtomicInteger();
        var caller = Thread.currentThread();
        KernelPause.set(() -> {
            assertSame(caller, Thread.currentThread());
            pauses.incrementAndGet();
        });
        NativeThread.run(() -> sleep(200));
        assertTrue(pauses.get() >= 5, pauses + " pauses");
        pauses.set(0);
        NativeThread.runLapack(1, 1, index -> sleep(200), () -> { });
        assertTrue(pauses.get() >= 5, pauses + " pauses");
        pauses.set(0);
        Workers.run(100, part -> sleep(5));
        assertTrue(pauses.get() >= 5, pauses + " pauses");
    }

    @Test
    void aPauseMayEndTheThread() {
        var end = new IllegalStateException("the engine ends this thread");
        var begun = new AtomicBoolean();
        KernelPause.set(() -> {
            if (begun.get()) {
                throw end;
            }
        });
        var caller = Thread.currentThread();
        var stopped = new AtomicBoolean();
        assertSame(end, assertThrows(IllegalStateException.class, () -> NativeThread.run(() -> {
            begun.set(true);
            while (!caller.isInterrupted()) {
                sleep(5);
            }
            stopped.set(true);
        })));
        assertTrue(stopped.get(), "the task has ended before its caller");
        assertFalse(Thread.interrupted());
        var left = new AtomicBoolean();
        assertSame(end, assertThrows(IllegalStateException.class, () -> NativeThread.runLapack(1, 1,
                index -> sleep(100), () -> left.set(true))));
        assertTrue(left.get());
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
