package tfl.session;

import java.util.List;

/**
 * What a session starts with.
 *
 * @param device the device to compute on, or null for the default
 * @param seed the seed of the global random generator, or null
 * @param debug whether errors come with the Java stack below them
 * @param arguments what a script sees as {@code __args__}
 * @param tests whether {@code test} blocks run
 * @param tools further engine options, such as {@code inspect=true}
 */
public record SessionOptions(String device, Long seed, boolean debug, List<String> arguments, boolean tests,
        List<String> tools) {
    public static final String TOOLS_HELP = "./tfl and what `tfl dist` packs bring it; elsewhere put its jar, of the "
            + "group org.graalvm.tools, on the class path";
    /** The default device, no seed, no debugging, no arguments, no tests, no tools. */
    public static final SessionOptions DEFAULT =
            new SessionOptions(null, null, false, List.of(), false, List.of());

    /** The same with what a script sees as {@code __args__}. */
    public SessionOptions withArguments(List<String> given) {
        return new SessionOptions(device, seed, debug, given, tests, tools);
    }

    /** The same with test blocks to be run. */
    public SessionOptions withTests() {
        return new SessionOptions(device, seed, debug, arguments, true, tools);
    }
}
