package tfl.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tfl.backend.KernelCancelled;

/** What a caller of the native thread does while it waits. */
@Timeout(60)
class NativeThreadTest {
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
}
