/** States as data: from → verb → to. Browser-safe; `move` in store.ts files does the guarded update. */

export type Machine<S extends string = string> = {
  table: string
  first: S
  moves: Record<S, Partial<Record<string, S>>>
}

/** Declares the table of moves of a noun; the first state named is where it begins. */
export function machine<const M extends Record<string, Partial<Record<string, string>>>>(
  table: string,
  moves: M,
): Machine<Extract<keyof M, string>> {
  const states = Object.keys(moves) as Extract<keyof M, string>[]
  return { table, first: states[0] as Extract<keyof M, string>, moves: moves as Machine<Extract<keyof M, string>>['moves'] }
}

export const statesOf = <S extends string>(of: Machine<S>): S[] => Object.keys(of.moves) as S[]
/** The verbs that a state allows. */
export const verbsFrom = <S extends string>(of: Machine<S>, state: S): string[] => Object.keys(of.moves[state])
/** Where a verb leads from a state, or null where it does not apply. */
export const target = <S extends string>(of: Machine<S>, state: S, verb: string): S | null => of.moves[state][verb] ?? null

/** States no path from the first reaches, and verbs that lead to unknown states: both should be empty. */
export function flaws(of: Machine): { unreachable: string[]; unknown: string[] } {
  const seen = new Set<string>([of.first])
  const unknown: string[] = []
  const queue: string[] = [of.first]
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    for (const next of Object.values(of.moves[state] ?? {})) {
      if (next === undefined) continue
      if (!(next in of.moves)) unknown.push(next)
      else if (!seen.has(next)) {
        seen.add(next)
        queue.push(next)
      }
    }
  }
  return { unreachable: statesOf(of).filter((state) => !seen.has(state)), unknown }
}
