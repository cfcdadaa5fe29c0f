package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tfl.notebooks.file.NotebookCommand;

/** {@code tfl notebook run}: what it writes back, what it leaves alone, and what it refuses. */
class NotebookFileTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    @TempDir
    private Path folder;
    private String errors;

    /** A notebook as Jupyter writes it, of these code cells. */
    static String notebook(String... sources) {
        var cells = new StringBuilder();
        for (int i = 0; i < sources.length; i++) {
            cells.append(i == 0 ? "" : ",\n").append("""
                      {
                       "cell_type": "code",
                       "execution_count": null,
                       "id": "c%d",
                       "metadata": {},
                       "outputs": [],
                       "source": [
                        "%s"
                       ]
                      }""".indent(2).stripTrailing().formatted(i, sources[i].replace("\\", "\\\\")
                    .replace("\"", "\\\"").replace("\n", "\\n")));
        }
        return """
                {
                 "cells": [
                %s
                 ],
                 "metadata": {
                  "kernelspec": {
                   "display_name": "TFL",
                   "language": "tfl",
                   "name": "tfl"
                  },
                  "language_info": {
                   "file_extension": ".tfl",
                   "mimetype": "text/x-tfl",
                   "name": "tfl"
                  }
                 },
                 "nbformat": 4,
                 "nbformat_minor": 5
                }
                """.formatted(cells);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("n.ipynb"), text);
    }

    private int command(String... words) {
        var err = new StringWriter();
        int status = new NotebookCommand().run(new PrintWriter(new StringWriter()), new PrintWriter(err), words);
        errors = err.toString();
        return status;
    }

    private String run(String text, String... words) throws IOException {
        var file = file(text);
        var all = new ArrayList<>(List.of("run", file.toString()));
        all.addAll(List.of(words));
        assertEquals(0, command(all.toArray(String[]::new)), () -> errors);
        return Files.readString(file);
    }

    @Test
    void outputsComeIntoTheFileAndNothingElseChanges() throws IOException {
        var sources = new String[] {"print(\"a\")\nprint(\"b\")", "x = 2", "x * 21"};
        var expected = notebook(sources);
        for (var shown : List.of("""
                "execution_count": 1,
                   "id": "c0",
                   "metadata": {},
                   "outputs": [
                    {
                     "name": "stdout",
                     "output_type": "stream",
                     "text": [
                      "a\\n",
                      "b\\n"
                     ]
                    }
                   ],""", """
                "execution_count": 2,
                   "id": "c1",
                   "metadata": {},
                   "outputs": [
                    {
                     "data": {
                      "text/latex": [
                       "$2$"
                      ],
                      "text/plain": [
                       "2"
                      ]
                     },
                     "execution_count": 2,
                     "metadata": {},
                     "output_type": "execute_result"
                    }
                   ],""", """
                "execution_count": 3,
                   "id": "c2",
                   "metadata": {},
                   "outputs": [
                    {
                     "data": {
                      "text/latex": [
                       "$42$"
                      ],
                      "text/plain": [
                       "42"
                      ]
                     },
                     "execution_count": 3,
                     "metadata": {},
                     "output_type": "execute_result"
                    }
                   ],""")) {
            int at = expected.indexOf("\"execution_count\": null");
            int end = expected.indexOf("\"outputs\": [],", at) + "\"outputs\": [],".length();
            expected = expected.substring(0, at) + shown + expected.substring(end);
        }
        var once = run(notebook(sources));
        assertEquals(expected, once);
        assertEquals(once, run(once), "a second run changes nothing");
    }

    @Test
    void whatIsNotOursStaysAsItIs() throws IOException {
        var head = "{\"nbformat_minor\":2,\"nbformat\":4, \"x\" : [1.50,1e400,\"\\u00e9\"],\r\n\"cells\":[{\"source\":"
                + "\"1+1\",\"cell_type\":\"code\",\"metadata\":{\"b\":1,\"a\":2}";
        var tail = "}, {\"cell_type\":\"raw\",\"source\":[],\"y\":null}]";
        var text = run(head + tail + "}");
        assertTrue(text.startsWith(head + ",\n\"execution_count\": 1,\n\"outputs\": [\n{\n\"data\": {"), text);
        assertTrue(text.contains("\"output_type\": \"execute_result\"\n}\n]" + tail + ",\n\"metadata\": {"), text);
        assertTrue(text.endsWith("\"name\": \"tfl\"\n}\n}}"), text);
    }

    @Test
    void aFailureEndsTheRunAndKeepsWhatWasShown() throws IOException {
        var file = file(notebook("print(1)", "[1, 2] + [1, 2, 3]", "print(3)"));
        assertEquals(1, command("run", file.toString()));
        assertTrue(errors.contains("n.ipynb: cell number 2 failed") && errors.contains("--> <cell 2>:1:1"), errors);
        assertFalse(errors.contains("\u001b"), errors);
        var text = Files.readString(file);
        assertTrue(text.contains("\"ename\": \"TFL-E") && text.contains("\\u001b[1;31merror:"), text);
        assertEquals(2, text.split("\"output_type\"").length - 1);
        assertEquals(0, command("run", file.toString(), "--allow-errors", "--output",
                folder.resolve("o.ipynb").toString()));
        assertEquals(text, Files.readString(file));
        assertEquals(3, Files.readString(folder.resolve("o.ipynb")).split("\"output_type\"").length - 1);
    }

    @Test
    void whatCannotBeWrittenIsToldBeforeTheRun() throws IOException {
        var file = file(notebook("print(1)"));
        assertEquals(2, command("run", file.toString(), "--output", folder.resolve("none/o.ipynb").toString()));
        assertTrue(errors.contains("none is no folder"), errors);
        assertEquals(notebook("print(1)"), Files.readString(file));
    }

    @Test
    void aCellThatNeverEndsIsStopped() throws IOException {
        var file = file(notebook("print(1)", "while true { }", "print(3)"));
        assertEquals(1, command("run", file.toString(), "--timeout", "0.5"));
        assertTrue(errors.contains("cell number 2: no end after 0.5 s"), errors);
        assertTrue(Files.readString(file).contains("\"ename\": \"Interrupted\""));
    }

    @Test
    void outputWithoutEndIsCut() throws IOException {
        var text = run(notebook("for i in 0..110000 { print(\"" + "0123456789".repeat(10) + "\") }"));
        assertTrue(text.contains("... the cell printed more, which is left out here"));
        assertTrue(text.length() < 12_000_000, "" + text.length());
    }

    @Test
    void displaysAreClearedAndReplaced() throws IOException {
        var text = run(notebook("d = display(\"one\", id=\"x\")", "print(1)\nclear_output()\nprint(2)",
                "display(\"two\", id=\"x\", update=true)"));
        assertTrue(text.contains("two") && !text.contains("\"\\\"one"), text);
        assertTrue(text.contains("\"2\\n\"") && !text.contains("\"1\\n\""), text);
    }

    @Test
    void anInterruptSavesWhatWasShown() throws IOException, InterruptedException {
        var begun = folder.resolve("begun.txt");
        var file = file(notebook("import io", "print(\"running\")\nio.save(\"" + begun + "\", \"\")\nwhile true { }"));
        // Whoever started the tests in the background had interrupts ignored, and children inherit that.
        var command = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT"));
        command.addAll(TflProcess.command(List.of("notebook", "run", file.toString())));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            for (int waited = 0; waited < 600 && !Files.exists(begun); waited++) {
                assertFalse(process.waitFor(100, TimeUnit.MILLISECONDS));
            }
            new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "an interrupt ends it");
            assertEquals(130, process.exitValue());
            assertTrue(Files.readString(file).contains("running\\n"), "what it showed is saved");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void seedsAndFoldersAreTheNotebooks() throws IOException {
        Files.writeString(folder.resolve("twice.tfl"), "fn twice(x) = 2 * x\n");
        var text = notebook("import \"./twice.tfl\" as t\nt.twice(4)", "rand()");
        var one = run(text, "--seed", "4");
        assertTrue(one.contains("\"8\""), one);
        assertEquals(one, run(text, "--seed=4"));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', value = {
        "{\"nbformat\": 3, \"worksheets\": []}      | is a notebook of the old format 3; `jupyter nbconvert",
        "{\"nbformat\": 5, \"cells\": []}           | is no notebook of format 4: its \"nbformat\" is 5",
        "{\"cells\": []}                            | is no notebook of format 4: it has no \"nbformat\"",
        "{\"nbformat\": 4}                          | is no notebook of format 4: it has no list of \"cells\"",
        "[1]                                        | is no notebook of format 4",
        "{\"nbformat\": 4, \"cells\": [             | is no notebook: it is not JSON, or not all of it",
        "print(1)                                   | is no notebook: it is not JSON, or not all of it",
        "''                                         | is no notebook: it is not JSON, or not all of it",
        "{\"nbformat\": 4, \"cells\": [7]}          | is damaged: its cell number 1 has no",
        "{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\"}]} | is damaged: its cell number 1 has no \"source\"",
        "{\"nbformat\": 4, \"cells\": [], \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}} "
                + "| is a notebook of python, not of TFL"})
    void whatIsNoNotebookIsRefused(String text, String message) throws IOException {
        var file = file(text);
        assertEquals(2, command("run", file.toString()));
        assertTrue(errors.startsWith("tfl: " + file + " " + message), errors);
        assertFalse(errors.contains("Source:"), errors);
        assertEquals(text, Files.readString(file));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "run                          | `tfl notebook run` needs a notebook",
        "run a.ipynb b.ipynb --output c.ipynb | `--output` is for one notebook",
        "run none.ipynb               | there is no file none.ipynb",
        "run a.ipynb --nonsense       | unknown option `--nonsense`",
        "run a.ipynb --seed x         | there is no file a.ipynb",
        "run a.ipynb --seed           | `--seed` needs a value",
        "convert a.ipynb              | `tfl notebook convert` takes two files: from which, and to which",
        "convert a.txt b.tfl          | `tfl notebook convert` goes from .ipynb to .tfl or from .tfl to .ipynb",
        "fly                          | there is no `tfl notebook fly`"})
    void misuseIsTold(String words, String message) {
        assertEquals(2, command(words.split(" ")));
        assertEquals("tfl: " + message, errors.lines().findFirst().orElse(""));
    }

    @Test
    void jupyterReadsWhatIsWritten() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PYTHON) && python("import nbformat, nbconvert") == 0,
                "Debian's python3-nbformat and python3-nbconvert are not installed");
        var file = file(notebook("import plot\nplot.line([1.0, 2, 3])", "[[1.0, 2], [3, 4]]",
                "print(\"å\")\ndisplay(\"x\")", "error(\"no\")"));
        assertEquals(1, command("run", file.toString()));
        assertEquals(0, python("import nbformat; nbformat.validate(nbformat.read('" + file + "', 4))"));
        assertEquals(0, python("import nbformat, nbconvert; html = nbconvert.HTMLExporter().from_filename('" + file
                + "')[0]; assert 'TFL-E' in html and '<svg' in html or 'image/png' in html, html"));
    }

    private int python(String code) throws IOException, InterruptedException {
        var process = new ProcessBuilder(PYTHON.toString(), "-c", code).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(folder.resolve("python.txt").toFile()).start();
        if (!process.waitFor(100, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }
}
