package tfl.embedding;

import java.util.Set;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.io.FileSystem;
import org.graalvm.polyglot.io.IOAccess;

/** Permissions as the polyglot API knows them. */
final class Grants {
    // What a program is handed it may read: arrays, lists, maps and buffers, and methods marked for it.
    private static final HostAccess HANDED = HostAccess.newBuilder(HostAccess.EXPLICIT).allowArrayAccess(true)
            .allowListAccess(true).allowMapAccess(true).allowBufferAccess(true).allowIterableAccess(true)
            .allowIteratorAccess(true).build();

    private Grants() {}

    static void apply(Set<Permission> permissions, Context.Builder builder) {
        boolean all = permissions.contains(Permission.JAVA_CLASSES);
        builder.allowIO(files(permissions)).allowCreateThread(permissions.contains(Permission.THREADS))
                .allowEnvironmentAccess(permissions.contains(Permission.ENVIRONMENT) ? EnvironmentAccess.INHERIT
                        : EnvironmentAccess.NONE)
                .allowHostAccess(all ? HostAccess.ALL : HANDED).allowHostClassLookup(name -> all);
    }

    private static IOAccess files(Set<Permission> permissions) {
        var access = IOAccess.newBuilder().allowHostSocketAccess(permissions.contains(Permission.NETWORK));
        if (permissions.contains(Permission.WRITE_FILES)) {
            access.allowHostFileAccess(true);
        } else if (permissions.contains(Permission.READ_FILES)) {
            access.fileSystem(FileSystem.newReadOnlyFileSystem(FileSystem.newDefaultFileSystem()));
        }
        return access.build();
    }
}
