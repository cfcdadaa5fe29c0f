// A second counterpart: the protocol library that VS Code itself uses, on the pipes of the command that is given.
'use strict';

const child = require('child_process');
const rpc = require('vscode-languageserver-protocol/node');

const server = child.spawn(process.argv[2], process.argv.slice(3), { stdio: ['pipe', 'pipe', 'inherit'] });
const connection = rpc.createProtocolConnection(new rpc.StreamMessageReader(server.stdout),
  new rpc.StreamMessageWriter(server.stdin));
const uri = 'file:///t/main.tfl';
const text = 'x = ones((2, 3))\ny = x @ ones((4, 5))\n';

(async () => {
  const diagnostics = new Promise(resolve =>
    connection.onNotification(rpc.PublishDiagnosticsNotification.type, resolve));
  connection.listen();
  await connection.sendRequest(rpc.InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities: {} });
  await connection.sendNotification(rpc.InitializedNotification.type, {});
  await connection.sendNotification(rpc.DidOpenTextDocumentNotification.type,
    { textDocument: { uri, languageId: 'tfl', version: 1, text } });
  console.log((await diagnostics).diagnostics.map(each => each.code).join(' '));
  const hover = await connection.sendRequest(rpc.HoverRequest.type,
    { textDocument: { uri }, position: { line: 1, character: 4 } });
  console.log(hover.contents.value.split('\n')[1]);
  await connection.sendRequest(rpc.ShutdownRequest.type);
  server.on('exit', status => console.log(`ended ${status}`));
  await connection.sendNotification(rpc.ExitNotification.type);
})();
