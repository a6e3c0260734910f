/** A filter cone and the drop below it. */
export function Logo({ size = 22 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path
        d="M3.5 3.5h17a.6.6 0 0 1 .5 1l-6.6 8.4a1.6 1.6 0 0 1-1.25.6h-2.3a1.6 1.6 0 0 1-1.25-.6L3 4.5a.6.6 0 0 1 .5-1z"
        fill="var(--accent)"
      />
      <path d="M6.8 6.2h10.4" stroke="var(--page)" strokeWidth="1.3" strokeLinecap="round" opacity=".75" />
      <path
        d="M12 15.2c1.5 1.9 2.3 3.2 2.3 4.4a2.3 2.3 0 0 1-4.6 0c0-1.2.8-2.5 2.3-4.4z"
        fill="var(--accent)"
        opacity=".72"
      />
    </svg>
  );
}
