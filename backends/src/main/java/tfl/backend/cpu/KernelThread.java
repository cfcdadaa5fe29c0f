package tfl.backend.cpu;

/** A thread of ours: it works for threads that run programs, and runs none itself. */
class KernelThread extends Thread {
    KernelThread(Runnable work, String name, long stackBytes) {
        super(null, work, name, stackBytes);
        setDaemon(true);
    }
}
