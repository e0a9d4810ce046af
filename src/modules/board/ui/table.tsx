/** A table on a card that scrolls sideways where the screen is narrow; by keyboard too. */
export function Table({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="card board-table" aria-label={label} tabIndex={0}>
      <table aria-label={label}>{children}</table>
    </section>
  )
}
