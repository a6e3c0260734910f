import { PencilLine } from "lucide-react";
import { Link } from "../../app/link.tsx";
import { notebookHref } from "../../app/router.ts";
import { useWorkbench } from "../context.ts";

/** All that an app shows besides outputs: the way to its code. */
export function AppBar() {
  const { session } = useWorkbench();
  return (
    <Link
      href={notebookHref(session.path)}
      className="app-edit"
      aria-label="Edit notebook"
      title="Edit notebook"
    >
      <PencilLine size={15} />
    </Link>
  );
}
