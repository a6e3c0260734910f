import { CircleAlert, Folder, ListTree, type LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import { FilesPanel } from "../../files/files-panel.tsx";
import { OutlinePanel } from "../outline/outline-panel.tsx";
import { ProblemsBadge } from "./problems/problems-badge.tsx";
import { ProblemsPanel } from "./problems/problems-panel.tsx";

/** Something that can stand beside the cells. */
export interface Panel {
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  /** Keys that show and hide it: "Mod-Alt-p". */
  readonly shortcut?: string;
  /** Beside the icon: how much there is to see. */
  readonly badge?: ComponentType;
  /** Mounted only while the panel is shown. */
  readonly component: ComponentType;
}

/** All panels, in the order: outline, variables, graph, catalog, files, history, problems. */
export const panels: readonly Panel[] = [
  { id: "outline", title: "Outline", icon: ListTree, component: OutlinePanel },
  { id: "files", title: "Files", icon: Folder, component: FilesPanel },
  {
    id: "problems",
    title: "Problems",
    icon: CircleAlert,
    badge: ProblemsBadge,
    component: ProblemsPanel,
  },
];
