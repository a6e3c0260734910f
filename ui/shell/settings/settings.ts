import { themeChoice } from "../app/theme.ts";
import { codeSize, pageWidth } from "./looks.ts";
import { askToNotify, longRuns } from "./notifications.ts";
import { choice, type SettingGroup } from "./setting.ts";

/** All that the settings dialog shows. A new setting is a line here. */
export const settingGroups: readonly SettingGroup[] = [
  {
    title: "Looks",
    settings: [
      choice("Theme", themeChoice, [
        { value: "system", label: "As the system" },
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
      ]),
      choice("Width of notebooks", pageWidth, [
        { value: "reading", label: "Reading" },
        { value: "full", label: "Full" },
      ]),
      choice("Size of code", codeSize, [
        { value: "small", label: "Small" },
        { value: "medium", label: "Medium" },
        { value: "large", label: "Large" },
        { value: "huge", label: "Huge" },
      ]),
    ],
  },
  {
    title: "When a long run ends",
    settings: [
      choice(
        "Tell me",
        longRuns,
        [
          { value: "page", label: "In the page" },
          { value: "system", label: "And by the system" },
          { value: "off", label: "Not at all" },
        ],
        {
          hint: "Of cells that ran for 5 s or more, while the tab is hidden or the cell out of sight.",
          before: askToNotify,
        },
      ),
    ],
  },
];
