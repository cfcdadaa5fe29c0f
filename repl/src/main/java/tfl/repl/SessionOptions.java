package tfl.repl;

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
record SessionOptions(String device, Long seed, boolean debug, List<String> arguments, boolean tests,
        List<String> tools) {
    static final String TOOLS_HELP = "./tfl and what `tfl dist` packs bring it; elsewhere put its jar, of the group "
            + "org.graalvm.tools, on the class path";
    static final SessionOptions DEFAULT = new SessionOptions(null, null, false, List.of(), false, List.of());

    SessionOptions withArguments(List<String> given) {
        return new SessionOptions(device, seed, debug, given, tests, tools);
    }

    SessionOptions withTests() {
        return new SessionOptions(device, seed, debug, arguments, true, tools);
    }
}
