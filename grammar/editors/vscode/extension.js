// In: a rule file that is opened. Out: `vigie lsp`, started and kept.
'use strict';
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

exports.activate = async () => {
  const command = vscode.workspace.getConfiguration('vigie').get('path');
  client = new LanguageClient('vigie', 'Vigie', { command, args: ['lsp'] }, {
    documentSelector: [{ language: 'vigie' }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.vigie') },
  });
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(`Vigie: ${command} could not be started. Set vigie.path to where it is. (${error.message})`);
  }
};

exports.deactivate = () => client && client.stop();
