package tfl.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real editor: Neovim's own client attaches, shows what is wrong, completes, renames and lays out. */
class LspNeovimTest {
    private static final int LIMIT_SECONDS = 120;
    private static final String SCRIPT = """
            vim.cmd('edit %s')
            local client = vim.lsp.start_client({ name = 'tfl', cmd = { %s }, root_dir = vim.fn.getcwd() })
            vim.lsp.buf_attach_client(0, client)
            local out = io.open('out.txt', 'w')
            vim.wait(60000, function() return #vim.diagnostic.get(0) == 2 end, 50)
            for _, each in ipairs(vim.diagnostic.get(0)) do
              out:write(each.lnum .. ':' .. each.col .. ' ' .. each.code .. '\\n')
            end
            local function ask(method, line, column, more)
              local params = { textDocument = vim.lsp.util.make_text_document_params(),
                position = { line = line, character = column } }
              local answers = vim.lsp.buf_request_sync(0, method, vim.tbl_extend('force', params, more or {}), 60000)
              return answers[1] and answers[1].result
            end
            out:write(ask('textDocument/hover', 1, 0).contents.value:gsub('\\n', ' ') .. '\\n')
            vim.lsp.util.apply_workspace_edit(ask('textDocument/rename', 0, 0, { newName = 'scores' }), 'utf-16')
            vim.lsp.util.apply_text_edits(ask('textDocument/formatting', 0, 0,
              { options = { tabSize = 2, insertSpaces = true } }), 0, 'utf-16')
            out:write(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n') .. '\\n')
            out:close()
            vim.lsp.stop_client(client)
            vim.cmd('qa!')
            """;

    @TempDir
    Path folder;

    @Test
    void attaches() throws IOException, InterruptedException {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(each -> Files.isExecutable(Path.of(each, "nvim")));
        assumeTrue(there, "nvim is not installed: apt-get install neovim");
        var file = folder.resolve("main.tfl");
        Files.writeString(file, "θ=ones((2, 3))\ny = θ @ ones((4, 5))\nprnt(\"𝄞 {θ}\")\n");
        var command = TflProcess.command(List.of("lsp")).stream()
                .map(each -> "'" + each.replace("\\", "\\\\").replace("'", "\\'") + "'")
                .collect(Collectors.joining(", "));
        Files.writeString(folder.resolve("script.lua"), SCRIPT.formatted(file, command));
        var process = new ProcessBuilder("nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c",
                "luafile script.lua").directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile()).start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        var log = Files.readString(folder.resolve("log.txt"));
        assertTrue(ended, () -> "nvim does not end: " + log);
        assertTrue(Files.exists(folder.resolve("out.txt")), log);
        assertEquals("""
                1:4 TFL-E0301
                2:0 TFL-E0150
                ```tfl y ```\s
                scores = ones((2, 3))
                y = scores @ ones((4, 5))
                prnt("𝄞 {scores}")
                """, Files.readString(folder.resolve("out.txt")), log);
    }
}
