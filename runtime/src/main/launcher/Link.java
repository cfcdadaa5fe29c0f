import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import jdk.tools.jlink.builder.DefaultImageBuilder;
import jdk.tools.jlink.internal.Jlink;
import jdk.tools.jlink.internal.JlinkTask;
import jdk.tools.jlink.internal.Platform;
import jdk.tools.jlink.internal.PluginRepository;
import jdk.tools.jlink.plugin.Plugin;

/**
 * Links a runtime image from the running JDK as jlink does, except that modules of the given folder win over the JDK's
 * own of the same name. The jlink tool takes the JDK's own first, and so would link the placeholder that stock JDKs
 * hold in place of the Graal compiler.
 *
 * <p>Arguments: the folder, the root modules separated by commas, where the image goes.
 */
class Link {
    private static final String STRIP = "strip-java-debug-attributes";

    private Link() {}

    public static void main(String[] args) throws Exception {
        var output = Path.of(args[2]);
        var finder = ModuleFinder.compose(ModuleFinder.of(Path.of(args[0])), ModuleFinder.ofSystem());
        var configuration = new Jlink.JlinkConfiguration(output, Set.of(args[1].split(",")), finder, true, false,
                false);
        var plugins = new ArrayList<Plugin>();
        for (var plugin : PluginRepository.getPlugins(ModuleLayer.boot())) {
            if (plugin.getName().equals(STRIP)) {
                plugin.configure(Map.of(STRIP, ""));
                plugins.add(plugin);
            } else if (plugin.getState().contains(Plugin.State.AUTO_ENABLED)) {
                plugins.add(plugin);
            }
        }
        var builder = new DefaultImageBuilder(output, Map.of(), Platform.runtime());
        JlinkTask.createImage(configuration, new Jlink.PluginsConfiguration(plugins, builder, null));
    }
}
