// TFL in VS Code: starts `tfl lsp` for what is typed, and `tfl --dap` for what is debugged.
'use strict';

const child = require('child_process');
const path = require('path');
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

const LISTENING = /listening on \S*?:(\d+)/;
const START_LIMIT = 30000;

let client;

function command() {
  return vscode.workspace.getConfiguration('tfl').get('path') || 'tfl';
}

// The language server

async function startServer(context) {
  const server = { command: command(), args: ['lsp'] };
  client = new LanguageClient('tfl', 'TFL', { run: server, debug: server }, {
    documentSelector: [{ language: 'tfl' }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.tfl') },
  });
  try {
    await client.start();
  } catch (problem) {
    const answer = await vscode.window.showErrorMessage(
      `TFL: \`${command()} lsp\` does not start: ${problem.message || problem}`, 'Set the path');
    if (answer) {
      vscode.commands.executeCommand('workbench.action.openSettings', 'tfl.path');
    }
  }
}

async function restart(context) {
  if (client) {
    await client.stop().catch(() => undefined);
  }
  await startServer(context);
}

// Commands

function currentFile() {
  const editor = vscode.window.activeTextEditor;
  return editor && editor.document.languageId === 'tfl' ? editor.document : undefined;
}

async function inTerminal(words, cwd) {
  const terminal = vscode.window.createTerminal({ name: 'TFL', cwd, shellPath: command(), shellArgs: words });
  terminal.show();
}

async function saved() {
  const document = currentFile();
  if (document && await document.save()) {
    return document.fileName;
  }
  vscode.window.showInformationMessage('TFL: open a TFL file first.');
  return undefined;
}

async function runTask(name, words, file) {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file));
  const task = new vscode.Task({ type: 'process', task: name }, folder || vscode.TaskScope.Global, name, 'tfl',
    new vscode.ProcessExecution(command(), [...words, file], { cwd: path.dirname(file) }));
  task.presentationOptions = { clear: true, panel: vscode.TaskPanelKind.Dedicated };
  await vscode.tasks.executeTask(task);
}

async function run() {
  const file = await saved();
  if (file) {
    await runTask('run', [], file);
  }
}

async function test() {
  const file = await saved();
  if (file) {
    await runTask('test', ['test'], file);
  }
}

async function debug() {
  const file = await saved();
  if (file) {
    await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file)),
      { type: 'tfl', request: 'launch', name: 'Debug the TFL file', program: file });
  }
}

// The debugger

class Debugger {
  constructor() {
    this.processes = new Map();
    this.output = vscode.window.createOutputChannel('TFL Debug');
  }

  /** Starts the program, which waits; the editor then connects to its port. */
  createDebugAdapterDescriptor(session) {
    const { program, args = [], flags = [], cwd, stopOnEntry } = session.configuration;
    const words = ['--dap=127.0.0.1:0', ...(stopOnEntry ? [] : ['--no-stop']), ...flags, program, ...args];
    const process = child.spawn(command(), words, { cwd: cwd || path.dirname(program) });
    this.processes.set(session.id, process);
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error('tfl --dap does not start')), START_LIMIT);
      let text = '';
      const listen = data => {
        text += data;
        const found = LISTENING.exec(text);
        if (found) {
          clearTimeout(limit);
          resolve(new vscode.DebugAdapterServer(Number(found[1]), '127.0.0.1'));
          text = '';
        }
        this.output.append(String(data));
      };
      process.stdout.on('data', listen);
      process.stderr.on('data', listen);
      process.on('error', problem => reject(new Error(`\`${command()}\` cannot be started: ${problem.message}`)));
      process.on('exit', status => reject(new Error(`tfl ended with ${status} before it could be debugged: ${text}`)));
    });
  }

  ended(session) {
    const process = this.processes.get(session.id);
    this.processes.delete(session.id);
    if (process && process.exitCode === null) {
      process.kill();
    }
  }

  dispose() {
    this.processes.forEach(process => process.kill());
    this.output.dispose();
  }
}

/** F5 without a launch.json debugs the open file. */
const configurations = {
  resolveDebugConfiguration(folder, configuration) {
    const document = currentFile();
    if (!configuration.type && !configuration.request && !configuration.name && document) {
      return { type: 'tfl', request: 'launch', name: 'Debug the TFL file', program: document.fileName };
    }
    if (!configuration.program) {
      return vscode.window.showErrorMessage('TFL: the debug configuration names no program.').then(() => undefined);
    }
    return configuration;
  },
};

async function activate(context) {
  const adapter = new Debugger();
  context.subscriptions.push(adapter,
    vscode.commands.registerCommand('tfl.run', run),
    vscode.commands.registerCommand('tfl.test', test),
    vscode.commands.registerCommand('tfl.debug', debug),
    vscode.commands.registerCommand('tfl.repl', () => inTerminal([], undefined)),
    vscode.commands.registerCommand('tfl.restart', () => restart(context)),
    vscode.debug.registerDebugAdapterDescriptorFactory('tfl', adapter),
    vscode.debug.registerDebugConfigurationProvider('tfl', configurations),
    vscode.debug.onDidTerminateDebugSession(session => adapter.ended(session)),
    vscode.workspace.onDidChangeConfiguration(event => {
      if (event.affectsConfiguration('tfl.path')) {
        restart(context);
      }
    }));
  await startServer(context);
}

function deactivate() {
  return client && client.stop();
}

module.exports = { activate, deactivate };
