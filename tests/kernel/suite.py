"""Runs Debian's jupyter_kernel_test, the suite for kernels of any language, on TFL's."""
import unittest

import jupyter_kernel_test


PATIENCE = 60


class TflKernel(jupyter_kernel_test.KernelTests):
    kernel_name = "tfl"
    language_name = "tfl"
    file_extension = ".tfl"
    code_hello_world = 'print("hello, world")'
    code_stderr = 'from train.machine import warn\nwarn("oops")'
    code_page_something = "?sum"
    code_generate_error = 'error("no")'
    code_inspect_sample = "sum"
    code_clear_output = "clear_output()"
    code_execute_result = [{"code": "6 * 7", "result": "42"}, {"code": '"a" + "b"', "result": '"ab"'},
                           {"code": "6 * 7", "result": "42"}, {"code": "6 * 7", "result": "42"},
                           {"code": "[1.0, 2]", "mime": "text/html"}]
    code_display_data = [{"code": "display([[1, 2], [3, 4]])", "mime": "text/html"},
                         {"code": "import plot\ndisplay(plot.line([1, 2]))", "mime": "image/svg+xml"}]
    completion_samples = [{"text": "expan", "matches": ["expand_dims"]}, {"text": "ze", "matches": ["zeros", "zeros_like"]}]
    complete_code_samples = ["1 + 1", "fn f(x) = x", "fn f(x) {\n  x\n}"]
    incomplete_code_samples = ["fn f(x) {", "(1,", '"""text', "1 +"]
    invalid_code_samples = ["1 + )", "fn 3"]
    code_history_pattern = "6 ?*"
    supported_history_operations = ("tail", "range", "search")

    def execute_helper(self, *arguments, **options):
        """The suite waits 0.1 s for what follows a reply, which a machine with other work may not keep."""
        channel = self.kc.iopub_channel
        hasty = channel.get_msg

        async def patient(timeout=None):
            return await hasty(timeout=PATIENCE)

        channel.get_msg = patient
        try:
            return super().execute_helper(*arguments, **options)
        finally:
            channel.get_msg = hasty


if __name__ == "__main__":
    unittest.main()
