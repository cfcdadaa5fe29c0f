package tfl.notebooks.kernel;

import java.io.PrintWriter;

/** Where the kernel tells whoever started it what clients do wrong. */
record Log(PrintWriter to) {
    void write(String line) {
        to.println("tfl kernel: " + line);
        to.flush();
    }
}
