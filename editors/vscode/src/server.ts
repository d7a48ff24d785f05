// What the client knows of the server: where it is, which files are its, what to ask it. Nothing here needs VS Code.

import * as path from "node:path";

/** The files that the server looks at by their names. */
export const FILES = "**/{anycloud,*.anycloud}.{yaml,yml}";

/** The configuration, whose text counts before it is saved. */
export const CONFIGURATION = "**/anycloud-lint.toml";

/** Settings that the server takes. */
export interface Settings {
  inlayHints: boolean;
}

/** The program to run: the one that is set, else the one that comes along, else the one on the path. */
export function program(
  configured: string,
  extension: string,
  exists: (file: string) => boolean,
  platform: NodeJS.Platform = process.platform,
): string {
  if (configured) return configured;
  const name = platform === "win32" ? "anycloud-lint.exe" : "anycloud-lint";
  const bundled = path.join(extension, "server", name);
  return exists(bundled) ? bundled : name;
}

/** The documents that are the server's. Others of the same language stay with whoever has them. */
export function documents(): { scheme?: string; language?: string; pattern: string }[] {
  return [
    { language: "yaml", pattern: FILES },
    { scheme: "file", pattern: CONFIGURATION },
  ];
}

/** The profile whose text the cursor is in: the nearest key above that is indented by one step. */
export function profileAt(lines: readonly string[], line: number): string | undefined {
  for (let at = Math.min(line, lines.length - 1); at >= 0; at--) {
    const text = lines[at] ?? "";
    const key = /^( +)["']?(\.?[A-Za-z0-9][A-Za-z0-9_.-]*)["']?\s*:/.exec(text);
    if (!key) continue;
    const above = lines.slice(0, at).reverse().find((other) => /^[^\s#]/.test(other));
    if (!above?.startsWith("profiles:")) return undefined;
    const first = lines.slice(0, at + 1).find((other, index) => index > lines.indexOf(above) && /^ +[^\s#]/.test(other));
    if (first && /^ +/.exec(first)?.[0] === key[1]) return key[2];
  }
  return undefined;
}

/** Asks the server what a profile, or what is in another section, comes to, as YAML. */
export async function resolved(
  request: (method: string, params: unknown) => Promise<unknown>,
  uri: string,
  name: string,
  section: unknown = "profiles",
): Promise<string> {
  return String(await request("workspace/executeCommand", {
    command: "anycloud-lint.resolveProfile",
    arguments: [uri, name, section],
  }));
}
