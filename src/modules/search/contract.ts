import { Type } from 'typebox'
import { asOf, Fields, Id, route, Text, Word } from '#kernel/contract.ts'
import { hitKinds } from './rules.ts'

/** `at` is the place within it: an article, as an address has it. */
export const Hit = Type.Object({
  kind: Word(hitKinds),
  id: Id,
  title: Type.String(),
  detail: Type.String(),
  at: Type.Optional(Type.String()),
})

export const searchRoutes = {
  find: route('GET', '/search', {
    may: 'signed-in',
    says: ['在看得见的范围里查找', 'Find in what one may see'],
    query: Fields({ ...asOf, q: Text(1, 60) }),
    ok: Type.Object({ items: Type.Array(Hit) }),
  }),
}
