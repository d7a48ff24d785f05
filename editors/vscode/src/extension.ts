// Starts the server and shows what it says.

import * as fs from "node:fs";
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { documents, profileAt, program, resolved } from "./server";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("anycloud-lint.showResolved", () => showHere()),
    vscode.commands.registerCommand("anycloud-lint.restart", () => restart(context)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("anycloud-lint.path")) void restart(context);
    }),
  );
  await restart(context);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
  client = undefined;
}

async function restart(context: vscode.ExtensionContext): Promise<void> {
  await deactivate();
  const settings = vscode.workspace.getConfiguration("anycloud-lint");
  const command = program(settings.get("path", ""), context.extensionPath, fs.existsSync);
  client = new LanguageClient(
    "anycloud-lint",
    "anycloud-lint",
    { command, args: ["lsp"], transport: TransportKind.stdio },
    {
      documentSelector: documents(),
      initializationOptions: { inlayHints: settings.get("inlayHints", false) },
      synchronize: { configurationSection: "anycloud-lint" },
      middleware: {
        // A lens shows the profile beside the file, and not in a message.
        executeCommand: (name, args, next) =>
          name === "anycloud-lint.showResolvedProfile" ? show(String(args[0]), String(args[1]), args[2]) : next(name, args),
      },
    },
  );
  try {
    await client.start();
  } catch (error) {
    const choice = await vscode.window.showErrorMessage(
      `anycloud-lint can't be started as ${command}: ${String(error)}`,
      "Open settings",
    );
    if (choice) await vscode.commands.executeCommand("workbench.action.openSettings", "anycloud-lint.path");
  }
}

async function showHere(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const lines = editor.document.getText().split(/\r?\n/);
  const profile = profileAt(lines, editor.selection.active.line);
  if (profile) await show(editor.document.uri.toString(), profile);
  else await vscode.window.showInformationMessage("The cursor is in no profile.");
}

async function show(uri: string, name: string, section: unknown = "profiles"): Promise<void> {
  const current = client;
  if (!current) return;
  const content = await resolved((method, params) => current.sendRequest(method, params), uri, name, section);
  const document = await vscode.workspace.openTextDocument({ language: "yaml", content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}
