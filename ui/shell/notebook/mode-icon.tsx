import {
  ChartColumn,
  Code,
  Database,
  FileCode2,
  LayoutTemplate,
  Sigma,
  SlidersHorizontal,
  SquareTerminal,
  Type,
  Waypoints,
} from "lucide-react";

const icons: Readonly<Record<string, typeof Code>> = {
  sql: Database,
  md: Type,
  html: FileCode2,
  tex: Sigma,
  dot: Waypoints,
  node: SquareTerminal,
  python: SquareTerminal,
  r: SquareTerminal,
  template: LayoutTemplate,
  chart: ChartColumn,
  input: SlidersHorizontal,
};

/** The icon of a language. */
export function ModeIcon({ mode }: { readonly mode: string }) {
  const Icon = icons[mode] ?? Code;
  return <Icon size={15} />;
}
