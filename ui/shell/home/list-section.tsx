import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  readonly count: number;
  readonly children: ReactNode;
}

export function ListSection({ title, count, children }: Props) {
  return (
    <section className="list" aria-label={title}>
      <h2>
        {title} <span className="muted number">{count}</span>
      </h2>
      {children}
    </section>
  );
}

/** What stands in a list that is empty: what it is for and how to fill it. */
export function EmptyList({ children }: { readonly children: ReactNode }) {
  return <div className="empty">{children}</div>;
}
