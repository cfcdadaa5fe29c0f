package tfl.backend.cpu;

import tfl.backend.Backend;
import tfl.backend.BackendContract;

/** The contract, with compiled code also where the small loops would be quicker. */
class CpuContractTest extends BackendContract {
    private final CpuBackend backend = new CpuBackend(false);

    @Override
    protected Backend backend() {
        return backend;
    }
}
