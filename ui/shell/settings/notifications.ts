import { choicePreference } from "../app/preference.ts";
import { toast } from "../app/toasts.tsx";

/** Whether the end of a long run is told: by a toast and the title, by the system as well, or not at all. */
export const longRuns = choicePreference("long-runs", ["page", "system", "off"], "page");

/** The system's notifications need the user's leave, asked for only when they are chosen. */
export async function askToNotify(value: string): Promise<string> {
  if (value !== "system") return value;
  if ("Notification" in window && (await Notification.requestPermission()) === "granted") return value;
  toast("This browser does not let Percolate notify you; its settings for this address can allow it.");
  return "page";
}

/** Says something outside of the page, if the user wants that. */
export function notify(text: string): void {
  if (longRuns.get() !== "system" || !("Notification" in window)) return;
  if (Notification.permission === "granted") new Notification("Percolate", { body: text });
}
