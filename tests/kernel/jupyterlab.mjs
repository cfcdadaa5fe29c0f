// Speaks to TFL's kernel through a Jupyter server with JupyterLab's own client library, and says what fails.
// Usage: node jupyterlab.mjs SERVER_ADDRESS, in a folder whose node_modules has @jupyterlab/services.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const { KernelManager, KernelSpecManager, ServerConnection } = require("@jupyterlab/services");
const WebSocket = require("ws");

const base = process.argv[2];
const serverSettings = ServerConnection.makeSettings({
  baseUrl: base, wsUrl: base.replace(/^http/, "ws"), appendToken: false, WebSocket, fetch, Request, Headers,
});

/** The reply to a cell, and what it showed. */
async function run(kernel, code, options = {}) {
  const shown = [];
  const future = kernel.requestExecute({ code, ...options });
  future.onIOPub = (message) => shown.push(message);
  const reply = await future.done;
  return { reply: reply.content, shown: shown.filter((each) => each.header.msg_type !== "status") };
}

const contents = (result, type) => result.shown.filter((each) => each.header.msg_type === type)
    .map((each) => each.content);

const specs = new KernelSpecManager({ serverSettings });
await specs.ready;
assert.equal(specs.specs.kernelspecs.tfl.language, "tfl");

const kernels = new KernelManager({ serverSettings });
await kernels.ready;
const kernel = await kernels.startNew({ name: "tfl" });
const info = await kernel.info;
assert.equal(info.implementation, "tfl");
assert.equal(info.language_info.file_extension, ".tfl");

const matrix = await run(kernel, "x = [[1.0, 2], [3, 4]]\nx @ x");
assert.equal(matrix.reply.status, "ok");
assert.match(contents(matrix, "execute_result")[0].data["text/html"], /<table/);
assert.match(contents(await run(kernel, "import plot\nplot.line([1, 4, 9])"), "execute_result")[0]
    .data["image/svg+xml"], /^<svg/);
assert.deepEqual(contents(await run(kernel, 'print("out")'), "stream"), [{ name: "stdout", text: "out\n" }]);

const shape = await run(kernel, "x @ [1.0, 2, 3]");
assert.equal(shape.reply.status, "error");
assert.equal(shape.reply.ename, "TFL-E0301");
assert.match(contents(shape, "error")[0].traceback.join("\n"), /\^\^\^/);

const progress = await run(kernel, 'display(1, id="n")\ndisplay(2, id="n", update=true)');
assert.deepEqual(progress.shown.map((each) => each.header.msg_type).slice(-2),
    ["display_data", "update_display_data"]);

const completed = await kernel.requestComplete({ code: "x.sha", cursor_pos: 5 });
assert.deepEqual(completed.content.matches, ["shape"]);
const inspected = await kernel.requestInspect({ code: "sum", cursor_pos: 3, detail_level: 0 });
assert.match(inspected.content.data["text/plain"], /^sum\(x/);
assert.equal((await kernel.requestIsComplete({ code: "fn f(x) {" })).content.status, "incomplete");
const history = await kernel.requestHistory({ hist_access_type: "tail", n: 1, output: false, raw: true });
assert.match(history.content.history[0][2], /display\(2/);

const asked = kernel.requestExecute({ code: 'name = input("Who? ")\nname', allow_stdin: true });
let result;
asked.onStdin = () => kernel.sendInputReply({ status: "ok", value: "Ada" }, { session: "" });
asked.onIOPub = (message) => {
  result = message.header.msg_type === "execute_result" ? message.content.data["text/plain"] : result;
};
await asked.done;
assert.match(result, /Ada/);

const comm = kernel.createComm("tfl.variables");
const told = new Promise((resolve) => { comm.onMsg = resolve; });
await comm.open().done;
assert.ok((await told).content.data.variables.some((each) => each.name === "x" && each.shape === "(2, 2)"));
await comm.close().done;

const endless = kernel.requestExecute({ code: "while true { }" });
await new Promise((resolve) => setTimeout(resolve, 500));
await kernel.interrupt();
assert.equal((await endless.done).content.status, "error");
assert.equal((await run(kernel, "x[0, 0]")).reply.status, "ok");

await kernel.restart();
await kernel.info;
assert.equal((await run(kernel, "x")).reply.ename, "TFL-E0150");
await kernel.shutdown();
kernels.dispose();
specs.dispose();
console.log("done");
process.exit(0);
