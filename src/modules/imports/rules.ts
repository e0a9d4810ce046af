import { ok, Refusal, refuse, type Verdict } from '#kernel/errors.ts'
import type { ImportObstacle, ImportProblem } from '#kernel/imports.ts'
import { machine, statesOf, verbsFrom } from '#kernel/machine.ts'

/** A batch: looked at, written whole, taken back. A preview that is not wanted is thrown away. */
export const importMoves = machine('import_batch', {
  previewed: { commit: 'committed', discard: 'discarded' },
  committed: { undo: 'undone' },
  undone: {},
  discarded: {},
})
export type ImportState = 'previewed' | 'committed' | 'undone' | 'discarded'
export const importStates = statesOf(importMoves) as ImportState[]
export const importChanges = ['new', 'changed', 'unchanged'] as const

/** As many problems as are kept and shown: whoever has more mends these first. */
export const problemsAtMost = 1000
const namedAtMost = 20

export type Counts = { rows: number; new: number; changed: number; unchanged: number; errors: number; warnings: number }

/** All or nothing: a sheet with an error is not written. Its cells are the places. */
export function mayCommit(counts: Counts, problems: readonly ImportProblem[]): Verdict {
  if (counts.errors > 0) {
    const places = problems.filter(({ level }) => level === 'error').slice(0, namedAtMost)
    return {
      ok: false,
      refusal: new Refusal(
        'import.problems',
        { count: counts.errors },
        places.map(({ cell }) => ({ at: cell })),
      ),
    }
  }
  return counts.new + counts.changed > 0 ? ok : refuse('import.nothing')
}

/** What was previewed must still be so. */
export const stillHolds = (previewed: string, now: string): Verdict => (previewed === now ? ok : refuse('import.stale'))

/** What a table's rows are called where they stand in the way. Tables of modules that come later are named as they are. */
const nouns: Record<string, readonly [zh: string, en: string]> = {
  unit: ['下级机构', 'units below'],
  unit_former: ['更名或改隶', 'renamings'],
  unit_successor: ['合并或拆分', 'mergers or splits'],
  post: ['岗位', 'posts'],
  post_former: ['岗位变更', 'changes of the post'],
  appointment: ['任职', 'appointments'],
  appointment_changed: ['任职又有变动', 'an appointment changed since'],
  fact_changed: ['职级、身份又有变动', 'a grade or identity changed since'],
  post_taken: ['已接任原来的岗位', 'has the post by now'],
  person_fact: ['职级、身份等', 'grades and identities'],
  charge: ['分管', 'charges'],
  access_grant: ['授权', 'grants'],
  account: ['登录账号', 'an account'],
  directive: ['部署', 'directives'],
  duty_holder: ['责任事项', 'duties'],
  finding: ['问题', 'findings'],
  obligation: ['应尽事项', 'obligations'],
  act: ['履责纪实', 'acts'],
  act_person: ['参加的履责纪实', 'acts taken part in'],
}

/** Says exactly what stands in the way of an undo, each at a place of its own. */
export function mayUndo(obstacles: readonly ImportObstacle[], lang: 'zh-CN' | 'en'): Verdict {
  if (obstacles.length === 0) return ok
  const said = obstacles.slice(0, namedAtMost).map(({ name, what, count }) => {
    const noun = nouns[what]?.[lang === 'en' ? 1 : 0] ?? what
    return lang === 'en' ? `${name}: ${noun} (${count})` : `${name}：${noun}${count > 1 ? ` ${count} 条` : ''}`
  })
  const what = said.slice(0, 5).join(lang === 'en' ? '; ' : '；') + (obstacles.length > 5 ? ' …' : '')
  return {
    ok: false,
    refusal: new Refusal(
      'import.built_on',
      { count: obstacles.length, what },
      said.map((message, i) => ({ at: `/${i}`, message })),
    ),
  }
}

type Batch = { state: ImportState; counts: Counts }
/** What may be done to a batch by whoever may import its kind; a commit only where nothing is wrong. */
export function importActions(batch: Batch, may: boolean): string[] {
  if (!may) return []
  const verbs = verbsFrom(importMoves, batch.state).filter((verb) => verb !== 'commit' || mayCommit(batch.counts, []).ok)
  return batch.state === 'previewed' ? [...verbs, 'choose'] : verbs
}
