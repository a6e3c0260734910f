import { openSettings } from "./settings-button.tsx";

export const settingsCommand = {
  id: "settings",
  title: "Settings: theme, width, size of code, notifications",
  run: openSettings,
};
