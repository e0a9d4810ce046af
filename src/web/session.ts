import { createContext, use } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import type { accessRoutes } from '#modules/access/contract.ts'

export type Me = OkOf<typeof accessRoutes.me>
export const MeContext = createContext<Me | null>(null)

/** Who is signed in: office, person, verbs, today's day in the office's zone. Only below the shell. */
export function useMe(): Me {
  const me = use(MeContext)
  if (!me) throw new Error('useMe is for pages inside the shell')
  return me
}
