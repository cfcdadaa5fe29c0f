package tfl.backend.cpu;

import tfl.backend.NativeFunction;

/**
 * The functions of BLAS that we call, one a row: symbol and signature as {@link NativeFunction} reads them.
 */
enum Blas {
    SGEMM("cblas_sgemm", "viiiiiifpipifpi"),
    DGEMM("cblas_dgemm", "viiiiiidpipidpi"),
    CGEMM("cblas_cgemm", "viiiiiippipippi"),
    SGEMV("cblas_sgemv", "viiiifpipifpi"),
    DGEMV("cblas_dgemv", "viiiidpipidpi"),
    CGEMV("cblas_cgemv", "viiiippipippi"),
    STRSM("cblas_strsm", "viiiiiiifpipi"),
    DTRSM("cblas_dtrsm", "viiiiiiidpipi"),
    CTRSM("cblas_ctrsm", "viiiiiiippipi");

    static final int ROW_MAJOR = 101;
    static final int COLUMN_MAJOR = 102;
    static final int AS_IS = 111;
    static final int TRANSPOSED = 112;
    static final int UPPER = 121;
    static final int LOWER = 122;
    static final int GENERAL_DIAGONAL = 131;
    static final int UNIT_DIAGONAL = 132;
    static final int LEFT = 141;

    private final String symbol;
    private final String signature;
    private volatile NativeFunction function;

    Blas(String symbol, String signature) {
        this.symbol = symbol;
        this.signature = signature;
    }

    /** Calls the function; the first call of any of them loads OpenBLAS. */
    Object call(Object... arguments) {
        var bound = function;
        if (bound == null) {
            function = bound = new NativeFunction(OpenBlas.library(), symbol, signature);
        }
        return bound.call(arguments);
    }
}
