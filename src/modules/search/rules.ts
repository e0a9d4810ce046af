export const hitKinds = ['person', 'unit', 'directive', 'duty', 'act', 'article'] as const
export type HitKind = (typeof hitKinds)[number]

/** The verb without which a kind of thing is not searched at all. */
export const verbOf: Record<HitKind, string> = {
  person: 'org.read',
  unit: 'org.read',
  directive: 'directive.read',
  duty: 'duty.read',
  act: 'act.read',
  article: 'basis.read',
}

/** A LIKE pattern that finds the text itself: its `%`, `_` and `\` mean themselves. */
export const containing = (text: string): string => `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`
