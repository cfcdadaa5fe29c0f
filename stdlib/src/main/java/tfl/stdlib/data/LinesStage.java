package tfl.stdlib.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import tfl.interpreter.builtin.WorkingFolder;

/** The lines of a text file, read as they are wanted; a place is the byte that a line begins with. */
final class LinesStage extends Stage {
    private static final int BUFFER = 1 << 16;
    private final String path;
    private final InputStream in;
    private long at;

    LinesStage(StepMeter meter, String path, Object place) {
        super(meter);
        this.path = path;
        this.at = Parameters.number(place);
        InputStream opened = null;
        try {
            opened = WorkingFolder.resolve(path).newInputStream();
            this.in = new BufferedInputStream(path.endsWith(".gz") ? new GZIPInputStream(opened, BUFFER) : opened,
                    BUFFER);
            in.skipNBytes(at);
        } catch (IOException problem) {
            close(opened);
            throw DataErrors.file(path, problem);
        }
    }

    @Override
    Object advance() {
        try {
            var line = new ByteArrayOutputStream();
            int next = in.read();
            if (next < 0) {
                close();
                return null;
            }
            for (; next >= 0 && next != '\n'; next = in.read()) {
                line.write(next);
            }
            at += line.size() + (next < 0 ? 0 : 1);
            var text = line.toString(StandardCharsets.UTF_8);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException problem) {
            throw DataErrors.file(path, problem);
        }
    }

    @Override
    Place place() {
        return Place.of(at);
    }

    @Override
    void close() {
        close(in);
    }

    private void close(InputStream stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException problem) {
            throw DataErrors.file(path, problem);
        }
    }
}
