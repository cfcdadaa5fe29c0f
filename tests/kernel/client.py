"""Says every message of Jupyter's protocol to TFL's kernel with Debian's jupyter_client, and checks the answers.

KernelClientTest runs it with JUPYTER_PATH set to where the kernel is installed.
"""
import os
import time
import unittest

import zmq
from jupyter_client.manager import KernelManager

PATIENCE = 60


class KernelCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.manager = KernelManager(kernel_name="tfl")
        cls.manager.start_kernel(stderr=open(os.environ["TFL_KERNEL_LOG"], "ab"))
        cls.client = cls.manager.blocking_client()
        cls.client.start_channels()
        cls.client.wait_for_ready(timeout=PATIENCE)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()

    def answer(self, request, client=None):
        client = client or self.client
        while True:
            reply = client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == request:
                return reply

    def until_idle(self, request, client=None):
        """What is broadcast for a request, without its busy and idle."""
        client = client or self.client
        heard = []
        while True:
            message = client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "status":
                if message["content"]["execution_state"] == "idle":
                    return heard
            else:
                heard.append(message)

    def run_cell(self, code, **options):
        request = self.client.execute(code, **options)
        reply = self.answer(request)["content"]
        heard = [(m["msg_type"], m["content"]) for m in self.until_idle(request)]
        return reply, [each for each in heard if each[0] != "execute_input"]

    def value(self, code):
        reply, heard = self.run_cell(code)
        self.assertEqual("ok", reply["status"], reply)
        return [content for kind, content in heard if kind == "execute_result"][0]["data"]["text/plain"]

    def control(self, kind, content):
        message = self.client.session.msg(kind, content)
        self.client.control_channel.send(message)
        while True:
            reply = self.client.get_control_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
                return reply

    def send(self, kind, content):
        message = self.client.session.msg(kind, content)
        self.client.shell_channel.send(message)
        return message["header"]["msg_id"]


class Messages(KernelCase):
    def test_info(self):
        content = self.answer(self.client.kernel_info())["content"]
        self.assertEqual("tfl", content["language_info"]["name"])
        self.assertEqual("5.4", content["protocol_version"])
        self.assertIn("TFL", content["banner"])
        self.assertEqual("kernel_info_reply", self.control("kernel_info_request", {})["msg_type"])

    def test_values_and_outputs_in_order(self):
        reply, heard = self.run_cell('print("out"); import train; display(1); print("more"); [1, 2]')
        self.assertEqual("ok", reply["status"])
        self.assertEqual(["stream", "display_data", "stream", "execute_result"], [kind for kind, _ in heard])
        self.assertEqual("out\n", heard[0][1]["text"])
        self.assertEqual("i64[2] cpu 16 B\n[1, 2]", heard[3][1]["data"]["text/plain"])
        self.assertEqual(reply["execution_count"], heard[3][1]["execution_count"])
        self.assertEqual([], self.run_cell("42;")[1], "a semicolon hides the value")
        self.assertEqual([], self.run_cell("none")[1])

    def test_pictures_and_tables(self):
        def bundle(code):
            return self.run_cell(code)[1][-1][1]["data"]
        self.assertIn("<td", bundle("[[1.0, nan], [3, inf]]")["text/html"])
        self.assertIn("color", bundle("[[1.0, nan], [3, inf]]")["text/html"])
        self.assertEqual(r"$1.5 \times 10^{-7}$", bundle("1.5e-7")["text/latex"])
        self.assertEqual("$1.0 + 2.0i$", bundle("complex(1.0, 2.0)")["text/latex"])
        self.assertEqual({"a": 1, "b": [True, None, "<x>"]}, bundle('{a: 1, b: (true, none, "<x>")}')["application/json"])
        table = bundle('{city: ("Oslo", "<Rome>"), t: [1.5, 20.25]}')["text/html"]
        self.assertIn("&lt;Rome&gt;", table)
        self.assertIn("2 rows, 2 columns", table)
        self.assertIn("<details", bundle("import nn\nnn.sequential(nn.dense(3, 4), relu)")["text/html"])
        self.assertIn("<svg", bundle("import plot\nplot.line([1, 4, 9])")["image/svg+xml"])
        self.assertIn("image/png", bundle("plot.scatter(rand(5000), rand(5000))"))
        self.assertIn("...", bundle("zeros((100, 100))")["text/plain"])
        for code in ("3", "zeros((2, 3, 4))", "x -> x", "zeros((0, 3))", "{}", "()"):
            self.assertIn("text/plain", bundle(code), code)

    def test_displays_change_in_place(self):
        _, heard = self.run_cell('display(1, id="a"); display(2, id="a", update=true); clear_output(wait=true)')
        self.assertEqual(["display_data", "update_display_data", "clear_output"], [kind for kind, _ in heard])
        self.assertEqual({"display_id": "a"}, heard[0][1]["transient"])
        self.assertEqual({"display_id": "a"}, heard[1][1]["transient"])
        self.assertEqual({"wait": True}, heard[2][1])

    def test_progress_is_drawn_over(self):
        _, heard = self.run_cell('''
import nn, optim, train
fn wait(seconds) { start = clock(); while clock() - start < seconds { } }
struct Weight(w) { fn call(self, x) = x * self.w }
data = tuple({x: [1.0], y: [2.0]} for _ in 0..4)
train.fit(Weight(2.0), data, nn.mse, optim.sgd(0.1), epochs=2,
  callbacks=(train.progress(times=false), {on_batch_end: ctx -> wait(0.06)}));''')
        kinds = [kind for kind, _ in heard]
        self.assertEqual(1, kinds.count("display_data"), heard)
        self.assertGreater(kinds.count("update_display_data"), 1)
        drawn = [content["data"]["text/plain"] for kind, content in heard if "display" in kind]
        self.assertTrue(all("epoch" in line for line in drawn), drawn)
        self.assertTrue(drawn[-1].endswith("done"), drawn)
        printed = "".join(content["text"] for kind, content in heard if kind == "stream")
        self.assertEqual("epoch 1/2  loss 0\nepoch 2/2  loss 0\n", printed)

    def test_errors(self):
        reply, heard = self.run_cell("x = [1.0, 2]\nx @ [1.0, 2, 3]")
        self.assertEqual(("error", "TFL-E0301"), (reply["status"], reply["ename"]))
        self.assertEqual(["error"], [kind for kind, _ in heard])
        trace = "\n".join(heard[0][1]["traceback"])
        self.assertIn("^^^^", trace)
        self.assertIn("\x1b[", trace)
        self.assertNotIn(".java", trace)

    def test_an_error_aborts_what_waits(self):
        first = self.client.execute('seconds = clock(); while clock() - seconds < 0.5 { }; error("no")')
        second = self.client.execute("1")
        third = self.client.execute("2", stop_on_error=False)
        completion = self.client.complete("su")
        self.assertEqual("error", self.answer(first)["content"]["status"])
        self.assertEqual("aborted", self.answer(second)["content"]["status"])
        self.assertEqual("aborted", self.answer(third)["content"]["status"])
        self.assertIn("sum", self.answer(completion)["content"]["matches"])
        reply, _ = self.run_cell('error("no")', stop_on_error=False)
        self.assertEqual("error", reply["status"])

    def test_silent_and_unstored(self):
        count = self.run_cell("1")[0]["execution_count"]
        request = self.client.execute('print("quiet"); 3', silent=True)
        self.assertEqual("ok", self.answer(request)["content"]["status"])
        self.assertEqual([], self.until_idle(request))
        reply, heard = self.run_cell("4", store_history=False)
        self.assertEqual("4", heard[-1][1]["data"]["text/plain"])
        self.assertEqual(count + 1, self.run_cell("5")[0]["execution_count"])
        history = self.answer(self.client.history(hist_access_type="tail", n=2))["content"]["history"]
        self.assertEqual(["1", "5"], [row[2] for row in history])

    def test_expressions(self):
        reply, _ = self.run_cell("k = 3;", user_expressions={"twice": "k * 2", "bad": "unknown_name"})
        self.assertEqual("6", reply["user_expressions"]["twice"]["data"]["text/plain"])
        self.assertEqual("error", reply["user_expressions"]["bad"]["status"])
        self.assertTrue(reply["user_expressions"]["bad"]["traceback"])

    def test_completion_counts_code_points(self):
        self.run_cell("wörter = {länge: 3};")
        content = self.answer(self.client.complete('"😀"; wörter.lä', 14))["content"]
        self.assertEqual(["länge"], content["matches"])
        self.assertEqual((12, 14), (content["cursor_start"], content["cursor_end"]))
        kinds = content["metadata"]["_jupyter_types_experimental"]
        self.assertEqual([("länge", 12, 14)], [(k["text"], k["start"], k["end"]) for k in kinds])
        self.assertEqual(["α"], self.answer(self.client.complete("\\alph"))["content"]["matches"])
        self.assertIn("axis=", self.answer(self.client.complete("sum([1], ax"))["content"]["matches"])
        self.assertEqual([], self.answer(self.client.complete("# su"))["content"]["matches"])
        self.assertEqual("ok", self.answer(self.client.complete("sum", 900))["content"]["status"])

    def test_inspection(self):
        self.run_cell("import nn\n## Twice as much.\nfn twice(x) = 2 * x")
        def text(code, at=None, detail=0):
            content = self.answer(self.client.inspect(code, at, detail))["content"]
            return content["data"]["text/plain"] if content["found"] else None
        self.assertIn("twice(x)\nTwice as much.", text("twice(3)", 2))
        self.assertNotIn("2 * x", text("twice(3)", 2))
        self.assertIn("2 * x", text("twice(3)", 2, 1))
        self.assertIn("dense(", text("y = nn.dense(3, 4)", 12))
        self.assertIn("sum(x, axis=none", text("sum([1, 2], "))
        self.assertIsNone(text("nowhere"))
        content = self.answer(self.client.inspect("twice"))["content"]
        self.assertIn("```tfl", content["data"]["text/markdown"])
        reply, _ = self.run_cell("twice??")
        self.assertEqual("page", reply["payload"][0]["source"])
        self.assertIn("2 * x", reply["payload"][0]["data"]["text/plain"])

    def test_completeness(self):
        def status(code):
            content = self.answer(self.client.is_complete(code))["content"]
            return content["status"], content.get("indent")
        self.assertEqual(("complete", None), status("1 + 1"))
        self.assertEqual(("incomplete", "  "), status("fn f(x) {"))
        self.assertEqual(("incomplete", "    "), status("fn f(x) {\n  if x {"))
        self.assertEqual("invalid", status("1 + )")[0])
        for command in ("sum?", "?sum", "%stale", "%time\n1 + 1", ""):
            self.assertEqual(("complete", None), status(command), command)

    def test_history(self):
        for code in ("11 + 1", "12 + 1", "11 + 1"):
            self.run_cell(code)
        def rows(**options):
            return self.answer(self.client.history(**options))["content"]["history"]
        tail = rows(hist_access_type="tail", n=2, output=True)
        self.assertEqual([["12 + 1", "13"], ["11 + 1", "12"]], [row[2] for row in tail])
        session, line = tail[1][0], tail[1][1]
        self.assertEqual([[session, line, "11 + 1"]],
                         rows(hist_access_type="range", session=session, start=line, stop=line + 1))
        self.assertEqual([[session, line, "11 + 1"]], rows(hist_access_type="range", session=0, start=line))
        self.assertEqual(["12 + 1", "11 + 1"],
                         [row[2] for row in rows(hist_access_type="search", pattern="1? + *", unique=True)])
        self.assertEqual(1, len(rows(hist_access_type="search", pattern="11*", n=1)))

    def test_deleted_cells_are_forgotten(self):
        def run(cell, code, deleted=()):
            message = self.client.session.msg("execute_request", {"code": code}, metadata={
                "cellId": cell, "deletedCells": list(deleted)})
            self.client.shell_channel.send(message)
            self.answer(message["header"]["msg_id"])
            heard = self.until_idle(message["header"]["msg_id"])
            return "".join(str(each["content"].get("data", each["content"].get("text", ""))) for each in heard)
        run("first", "deletable = 1")
        run("second", "deletable + 1")
        run("first", "deletable = 2")
        self.assertIn("deletable", run("third", "%stale"))
        self.assertNotIn("deletable", run("third", "%stale", deleted=["second"]))

    def test_comms(self):
        request = self.send("comm_open", {"comm_id": "c1", "target_name": "unheard.of", "data": {}})
        heard = self.until_idle(request)
        self.assertEqual([("comm_close", "c1")], [(m["msg_type"], m["content"]["comm_id"]) for m in heard])
        self.run_cell("seen = [1, 2, 3];")
        request = self.send("comm_open", {"comm_id": "c2", "target_name": "tfl.variables", "data": {}})
        told = self.until_idle(request)[0]["content"]
        self.assertIn("seen", [row["name"] for row in told["data"]["variables"]])
        comms = self.answer(self.client.comm_info())["content"]["comms"]
        self.assertEqual({"c2": {"target_name": "tfl.variables"}}, comms)
        _, heard = self.run_cell("later = 1;")
        self.assertIn("later", [row["name"] for row in heard[-1][1]["data"]["variables"]])
        self.until_idle(self.send("comm_close", {"comm_id": "c2", "data": {}}))
        self.assertEqual({}, self.answer(self.client.comm_info())["content"]["comms"])

    def test_input(self):
        request = self.client.execute('name = input("who? "); "hello " + name', allow_stdin=True)
        question = self.client.get_stdin_msg(timeout=PATIENCE)
        self.assertEqual("who? ", question["content"]["prompt"])
        self.client.input("Ada")
        self.assertEqual("ok", self.answer(request)["content"]["status"])
        self.assertEqual('"hello Ada"', self.until_idle(request)[-1]["content"]["data"]["text/plain"])
        reply, _ = self.run_cell("input()", allow_stdin=False)
        self.assertEqual("TFL-E0610", reply["ename"])
        request = self.client.execute("input()", allow_stdin=True)
        self.client.get_stdin_msg(timeout=PATIENCE)
        self.manager.interrupt_kernel()
        self.assertEqual("error", self.answer(request)["content"]["status"])
        self.until_idle(request)

    def test_debugging_is_refused(self):
        content = self.control("debug_request", {"type": "request", "seq": 7, "command": "initialize"})["content"]
        self.assertEqual((7, False, "initialize"),
                         (content["request_seq"], content["success"], content["command"]))

    def test_interrupts(self):
        self.run_cell("kept = 7;")
        loops = {
            "a scalar loop": "while true { }",
            "kernels": "for i in 0..1000000 { rand((400, 400)) @ rand((400, 400)) }",
            "a graph": "f = graph(x -> { for _ in 0..1000000 { x = tanh(x) * 0.9 }; x })\nwhile true { f(ones((1000,))) }",
            "elements": "while true { sort(rand((100000,))) }",
        }
        for name, code in loops.items():
            with self.subTest(name):
                request = self.client.execute(code)
                time.sleep(1)
                begin = time.monotonic()
                self.manager.interrupt_kernel()
                reply = self.answer(request)["content"]
                print(f"interrupt of {name}: {(time.monotonic() - begin) * 1e3:.0f} ms", flush=True)
                self.assertEqual("error", reply["status"])
                self.assertIn("interrupted", reply["evalue"])
                self.until_idle(request)
                self.assertEqual("7", self.value("kept"))


class BadInput(KernelCase):
    def frames(self, kind, content):
        session = self.client.session
        return session.serialize(session.msg(kind, content))

    def raw(self, frames):
        self.client.shell_channel.socket.send_multipart(frames)

    def test_wrong_and_malformed_messages(self):
        good = self.frames("execute_request", {"code": "7 * 6"})
        wrong = list(good)
        wrong[1] = b"0" * 64
        cut = good[:3]
        session = self.client.session
        parts = [b"{no json", b"{}", b"{}", b"{}"]
        broken = [b"<IDS|MSG>", session.sign(parts)] + parts
        parts = [b"[1]", b"{}", b"{}", b"{}"]
        array = [b"<IDS|MSG>", session.sign(parts)] + parts
        for frames in (wrong, cut, broken, array, [b"hello"], [b""], good, good):
            self.raw(frames)
        # The good one runs, once.
        self.assertEqual("42", self.value("7 * 6"))
        self.send("unheard_of_request", {})
        self.send("execute_request", {"code": 3, "silent": "perhaps"})
        self.assertEqual("43", self.value("7 * 6 + 1"))
        self.assertEqual("3", self.value("1 + 2"))

    def test_a_client_that_vanishes(self):
        other = self.manager.blocking_client()
        other.start_channels()
        other.wait_for_ready(timeout=PATIENCE)
        request = other.execute("from_other = 5; for i in 0..100 { print(i) }; input()", allow_stdin=True)
        other.get_stdin_msg(timeout=PATIENCE)
        other.stop_channels()
        self.manager.interrupt_kernel()
        self.until_idle(request)
        self.assertEqual("5", self.value("from_other"))

    def test_two_clients(self):
        other = self.manager.blocking_client()
        other.start_channels()
        other.wait_for_ready(timeout=PATIENCE)
        mine = [self.client.execute(f"mine = {i}; print(mine)") for i in range(20)]
        theirs = [other.execute(f"theirs = {i}; print(theirs)") for i in range(20)]
        for request in mine:
            self.assertEqual("ok", self.answer(request)["content"]["status"])
        for request in theirs:
            self.assertEqual("ok", self.answer(request, other)["content"]["status"])
        # Everybody hears everything, each under its request.
        heard = self.until_idle(theirs[-1])
        self.assertEqual("19\n", [m for m in heard if m["msg_type"] == "stream"][0]["content"]["text"])
        self.assertEqual("38", self.value("mine + theirs"))
        other.stop_channels()

    def test_output_without_end(self):
        reply, heard = self.run_cell('line = "x" * 9999\nfor i in 0..10_000 { print(line) }')
        self.assertEqual("ok", reply["status"])
        printed = "".join(content["text"] for kind, content in heard if content.get("name") == "stdout")
        self.assertEqual(10_000_000, len(printed))
        told = "".join(content["text"] for kind, content in heard if content.get("name") == "stderr")
        self.assertIn("10,000,000 letters", told)
        self.assertEqual("2", self.value("1 + 1"))

    def test_memory_runs_out(self):
        self.run_cell("kept = 8;")
        for name, code in {
            "tensors": "x = (); while true { x = x + (ones((50_000_000,)),) }",
            "the heap": 's = "0123456789"; while true { s = s + s }',
            "the stack": "fn f(n) = f(n + 1) + 1\nf(0)",
        }.items():
            with self.subTest(name):
                reply, heard = self.run_cell(code)
                self.assertEqual("error", reply["status"])
                self.assertNotIn("bug", reply["evalue"])
                print(f"{name}: {reply['ename']} {reply['evalue']}", flush=True)
                self.run_cell("x = 0; s = 0;")
                self.assertEqual("8", self.value("kept"))


class Ends(unittest.TestCase):
    def start(self):
        manager = KernelManager(kernel_name="tfl")
        manager.start_kernel(stderr=open(os.environ["TFL_KERNEL_LOG"], "ab"))
        client = manager.blocking_client()
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        return manager, client

    def test_restart_and_shutdown(self):
        manager, client = self.start()
        client.execute_interactive("before = 1", timeout=PATIENCE, output_hook=lambda message: None)
        client.execute("while true { }")
        manager.restart_kernel()
        client.wait_for_ready(timeout=PATIENCE)
        reply = client.execute_interactive("before", timeout=PATIENCE, output_hook=lambda message: None)
        self.assertEqual("error", reply["content"]["status"])
        process = manager.provisioner.process
        client.stop_channels()
        manager.shutdown_kernel()
        self.assertEqual(0, process.returncode)

    def test_exit_ends_the_kernel(self):
        manager, client = self.start()
        request = client.execute("exit(3)")
        reply = client.get_shell_msg(timeout=PATIENCE)
        while reply["parent_header"].get("msg_id") != request:
            reply = client.get_shell_msg(timeout=PATIENCE)
        self.assertEqual("ask_exit", reply["content"]["payload"][0]["source"])
        process = manager.provisioner.process
        self.assertEqual(3, process.wait(timeout=PATIENCE))
        client.stop_channels()
        manager.cleanup_resources()

    def test_a_kernel_beats_while_it_works(self):
        manager, client = self.start()
        client.execute("while true { }")
        time.sleep(0.3)
        context = zmq.Context()
        socket = context.socket(zmq.REQ)
        socket.connect(f"tcp://{manager.ip}:{manager.hb_port}")
        socket.send(b"beat")
        self.assertTrue(socket.poll(5000))
        self.assertEqual(b"beat", socket.recv())
        socket.close()
        context.term()
        client.stop_channels()
        manager.shutdown_kernel()


if __name__ == "__main__":
    unittest.main()
