import { Link } from "./link.tsx";
import { Logo } from "./logo.tsx";

export function Brand({ compact = false }: { readonly compact?: boolean }) {
  return (
    <Link href="/" className="brand" aria-label="Percolate home">
      <Logo />
      {compact ? null : <span>Percolate</span>}
    </Link>
  );
}
