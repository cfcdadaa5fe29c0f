package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.ConstantInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tfl.plan.PlanCache;

/** Processes that trace the same graphs one after the other, of a build that has a name as packing gives it one. */
class ProgramsOnDiskTest {
    private static final String PROGRAM = """
            fn loss(w, x) = mean(tanh(tanh(x @ w) @ w.T) ** 2)
            step = graph((w, x) -> w - 0.1 * grad(loss)(w, x))
            (w, x) = (ones((20, 30)) / 9, reshape(arange(600).astype(f32), (30, 20)) / 600)
            e = explain(step, w, x)
            print(step(w, x)[3, :4], e.kernels, e.flops, e.peak_bytes, "earlier process" in e.text)
            picked = graph((w, x, i) -> { for _ in 0..9 { w = w - tanh(w) * grad(loss)(w, x) }; w[i] })
            explain(picked, w, x, [0, 1])
            picked(w, x, [0, 77])
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void nameTheBuild() throws IOException {
        name("first build");
        Files.writeString(folder.resolve("graph.tfl"), PROGRAM);
    }

    private void name(String build) throws IOException {
        var planner = "tfl/plan/Planner.class";
        try (var original = PlanCache.class.getClassLoader().getResourceAsStream(planner)) {
            var file = ClassFile.of();
            var named = file.transformClass(file.parse(original.readAllBytes()),
                    ClassTransform.transformingMethodBodies(method -> method.methodName().equalsString("fingerprint"),
                            (code, element) -> {
                                if (element instanceof ConstantInstruction) {
                                    code.loadConstant(build);
                                } else {
                                    code.with(element);
                                }
                            }));
            Files.createDirectories(folder.resolve(planner).getParent());
            Files.write(folder.resolve(planner), named);
        }
    }

    private TflProcess run() throws IOException, InterruptedException {
        var command = TflProcess.command(List.of("graph.tfl"));
        int path = command.indexOf("-cp") + 1;
        command.set(path, folder + File.pathSeparator + command.get(path));
        return TflProcess.ended(command, "", Map.of("TFL_CACHE", folder.resolve("cache").toString()), folder);
    }

    private List<Path> kept(String ending) throws IOException {
        try (var files = Files.list(folder.resolve("cache/programs"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /** Same numbers, same report, same error at the same line. */
    @Test
    void theSecondReadsTheProgramsOfTheFirst() throws IOException, InterruptedException {
        var first = run();
        assertTrue(first.output().endsWith(" false\n"), first.output() + first.errors());
        assertTrue(first.errors().contains(" --> graph.tfl:6:"), first.errors());
        assertEquals(2, kept(".plan").size());
        assertEquals(2, kept(".last").size());
        var second = run();
        assertEquals(first.output().replace(" false\n", " true\n"), second.output());
        assertEquals(first.errors(), second.errors());
    }

    @Test
    void damagedFilesArePassedOverAndReplaced() throws IOException, InterruptedException {
        var first = run();
        for (var ending : List.of(".plan", ".last")) {
            for (var file : kept(ending)) {
                var bytes = Files.readAllBytes(file);
                bytes[bytes.length / 3] ^= 4;
                Files.write(file, bytes);
            }
        }
        assertEquals(first, run());
        assertTrue(run().output().endsWith(" true\n"));
    }

    @Test
    void anotherBuildMakesItsOwn() throws IOException, InterruptedException {
        var first = run();
        name("second build");
        assertEquals(first, run());
        assertEquals(4, kept(".plan").size());
    }
}
