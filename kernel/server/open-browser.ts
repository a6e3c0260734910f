import { spawn } from "node:child_process";

/** Opens the page where there is a screen to open it on. Never fails: the URL is printed all the same. */
export function openBrowser(url: string): void {
  const command = browserCommand(url);
  if (!command) return;
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: "ignore", detached: true });
  child.once("error", () => {});
  child.unref();
}

function browserCommand(url: string): readonly [string, ...string[]] | null {
  if (process.platform === "darwin") return ["open", url];
  if (process.platform === "win32") return ["cmd", "/c", "start", "", url.replaceAll("&", "^&")];
  const screen = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return screen ? ["xdg-open", url] : null;
}
