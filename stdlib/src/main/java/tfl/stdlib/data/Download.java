package tfl.stdlib.data;

import com.oracle.truffle.api.TruffleFile;
import com.oracle.truffle.api.TruffleSafepoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import tfl.backend.CacheDirectory;
import tfl.interpreter.builtin.Disk;
import tfl.interpreter.builtin.Outside;
import tfl.interpreter.builtin.Permission;
import tfl.interpreter.builtin.WorkingFolder;
import tfl.interpreter.value.None;

/**
 * Files from the network, each fetched once. A broken connection goes on where it broke, also in another process; a
 * file is there when it is whole and its checksum right.
 */
final class Download {
    private static final int ATTEMPTS = 4;
    private static final int PATIENCE_MS = 20_000;
    private static final int BUFFER = 1 << 16;
    private static final int NOT_SATISFIABLE = 416;
    private static final int SERVER_TROUBLE = 500;

    private final URI address;
    private final TruffleFile path;
    private final TruffleFile part;
    private final String sum;

    private Download(URI address, TruffleFile path, String sum) {
        this.address = address;
        this.path = path;
        this.part = path.resolveSibling(path.getName() + ".part");
        this.sum = sum;
    }

    /** A file or folder of that name below {@code TFL_DATA}, or none. */
    static Object local(String name) {
        var root = Outside.variable("TFL_DATA");
        if (root == null || root.isBlank()) {
            return None.NONE;
        }
        var file = WorkingFolder.resolve(root).resolve(name);
        return file.exists() ? file.getPath() : None.NONE;
    }

    /** The folder of that name in the cache; made if it is not there. */
    static String folder(String name) {
        Permission.FILES.check("cannot keep data in the cache");
        return CacheDirectory.writable("data/" + name).orElseThrow(() -> DataErrors.download("the cache "
                + CacheDirectory.root() + " cannot be written", "TFL_CACHE names another folder")).toString();
    }

    /**
     * The path of a file, after it has been fetched if it is not there.
     *
     * @param checksum the SHA-256 of its bytes, in hexadecimal digits; none to trust what comes
     */
    static String fetch(String address, String path, Object checksum) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException wrong) {
            throw DataErrors.download(address + " is no address", null);
        }
        if (uri.getScheme() == null || !uri.getScheme().matches("https?")) {
            throw DataErrors.download(address + " is no address that begins with http:// or https://", null);
        }
        var download = new Download(uri, WorkingFolder.resolve(path), checksum instanceof String text ? text : null);
        try {
            download.run();
        } catch (IOException problem) {
            throw DataErrors.file(path, problem);
        }
        return path;
    }

    private void run() throws IOException {
        if (path.exists()) {
            check(path);
            return;
        }
        path.getAbsoluteFile().getParent().createDirectories();
        try (var file = part.newByteChannel(Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
                var lock = Disk.lock(part)) {
            refuseWithout(lock);
            transfer(file);
        }
        check(part);
        part.move(path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void refuseWithout(Closeable lock) {
        if (lock == null) {
            throw DataErrors.download(path + " is being fetched by another program", "wait until it is done");
        }
    }

    private void transfer(SeekableByteChannel file) throws IOException {
        IOException problem = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (transferred(file)) {
                    return;
                }
            } catch (IOException broken) {
                problem = broken;
            }
            TruffleSafepoint.setBlockedThreadInterruptible(null, Thread::sleep, 100L << attempt);
        }
        throw DataErrors.download(address + " could not be fetched: " + reason(problem), "after "
                + file.size() + " bytes; the next attempt goes on from there");
    }

    private static String reason(IOException problem) {
        return problem == null ? "the server does not answer" : problem.getMessage() == null
                ? problem.getClass().getSimpleName() : problem.getMessage();
    }

    /** One attempt, from the first byte that is missing; whether all is there. */
    private boolean transferred(SeekableByteChannel file) throws IOException {
        long have = file.size();
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MS);
        connection.setReadTimeout(PATIENCE_MS);
        if (have > 0) {
            connection.setRequestProperty("Range", "bytes=" + have + "-");
        }
        try {
            int status = connection.getResponseCode();
            if (status >= SERVER_TROUBLE) {
                return false;
            }
            if (status == NOT_SATISFIABLE) {
                return isWhole(file);
            }
            if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
                throw DataErrors.download(address + " could not be fetched: the server answers " + status, null);
            }
            long start = status == HttpURLConnection.HTTP_PARTIAL ? have : 0;
            file.truncate(start);
            try (var body = connection.getInputStream()) {
                long bytes = copy(body, file.position(start));
                long announced = connection.getContentLengthLong();
                return announced < 0 || bytes == announced;
            }
        } finally {
            connection.disconnect();
        }
    }

    /** Nothing is missing, or the file on the server has changed: the checksum tells. */
    private boolean isWhole(SeekableByteChannel file) throws IOException {
        if (sum != null && digest(part).equals(sum)) {
            return true;
        }
        file.truncate(0);
        return false;
    }

    private static long copy(InputStream body, SeekableByteChannel file) throws IOException {
        var buffer = new byte[BUFFER];
        long bytes = 0;
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            file.write(ByteBuffer.wrap(buffer, 0, count));
            bytes += count;
            TruffleSafepoint.poll(null);
        }
        return bytes;
    }

    private void check(TruffleFile file) throws IOException {
        if (sum == null) {
            return;
        }
        var found = digest(file);
        if (!found.equals(sum)) {
            file.delete();
            throw DataErrors.checksum(path + ": the checksum is wrong: SHA-256 " + found + ", expected " + sum,
                    "the file was removed; try again, and if it stays wrong the file at " + address + " has changed");
        }
    }

    private static String digest(TruffleFile file) throws IOException {
        try (var in = file.newInputStream()) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
