import { type Id, newId } from '#kernel/ids.ts'
import type { ImportEffects, ImportKind, ImportObstacle } from '#kernel/imports.ts'
import { referencesTo } from '#kernel/references.ts'
import { compareRoster, type RosterWrites } from '../roster/compare.ts'
import { rosterFields } from '../roster/fields.ts'
import { rosterProblems } from '../roster/problems.ts'
import { readRoster } from '../roster/read.ts'
import {
  type Ended,
  type Made,
  movedSince,
  namesOf,
  officePrint,
  rosterOffice,
  takenSince,
  touchedSince,
  unwriteRoster,
  withAccount,
  withBefore,
  writeRoster,
} from '../store/roster.ts'
import { holdTree } from '../store/things.ts'

type Effects = { made: Made; ended: { appointments: Ended[]; facts: Ended[] } }
const ids = (rows: readonly { id: Id }[]) => rows.map(({ id }) => id)

/** 花名册 as a kind of import: units, posts, persons and appointments from a sheet. */
export const rosterImport: ImportKind = {
  key: 'roster',
  words: ['花名册', 'Roster'],
  verb: 'org.edit',
  fields: rosterFields,
  problems: rosterProblems,
  open: (book, choice) => {
    const reading = readRoster(book, choice)
    return {
      reading,
      compare: async (db, ctx, since) => {
        const office = await rosterOffice(db, ctx.tenant.id, ctx.today)
        const { rows, makes, problems, writes } = compareRoster(reading, office, {
          since,
          today: ctx.today,
          tenant: ctx.tenant.name,
          newId,
        })
        return { rows, makes, problems, commit: (tx, of) => commit(tx, of.tenant.id, writes, of.now) }
      },
    }
  },
  hold: (tx, ctx) => holdTree(tx, ctx.tenant.id),
  basis: (db, ctx) => officePrint(db, ctx.tenant.id),
  undo: async (tx, ctx, effects) => {
    const { made, ended } = effects as Effects
    const obstacles = await standing(tx, ctx.tenant.id, made, ended)
    if (obstacles.length === 0) await unwriteRoster(tx, ctx.tenant.id, made, ended)
    return obstacles
  },
}

async function commit(tx: Parameters<typeof writeRoster>[0], tenant: Id, writes: RosterWrites, now: Date): Promise<ImportEffects> {
  const ended = {
    appointments: await withBefore(tx, tenant, 'appointment', writes.endedAppointments),
    facts: await withBefore(tx, tenant, 'person_fact', writes.endedFacts),
  }
  await writeRoster(tx, tenant, writes, now)
  const made: Made = {
    units: ids(writes.units),
    posts: ids(writes.posts),
    persons: ids(writes.persons),
    appointments: ids(writes.appointments),
    facts: ids(writes.facts),
    born: ids(writes.born),
  }
  return { made, ended } satisfies Effects
}

/** What others have put on what an import made, or changed of it since; each thing by its name. */
async function standing(tx: Parameters<typeof writeRoster>[0], tenant: Id, made: Made, ended: Effects['ended']): Promise<ImportObstacle[]> {
  const own = { unit: made.units, post: made.posts, person: made.persons, appointment: made.appointments, person_fact: made.facts }
  const resting = [
    ...(await referencesTo(tx, tenant, 'person', made.persons, own)),
    ...(await referencesTo(tx, tenant, 'post', made.posts, own)),
    ...(await referencesTo(tx, tenant, 'unit', made.units, own)),
    ...(await referencesTo(tx, tenant, 'appointment', made.appointments, own)),
    ...(await referencesTo(tx, tenant, 'person_fact', made.facts, own)),
    ...(await withAccount(tx, tenant, made.persons)).map((id) => ({ id, table: 'account', count: 1 })),
  ]
  const names = await namesOf(tx, tenant, [...new Set(resting.map(({ id }) => id))])
  const changed = (what: string, rows: readonly { name: string }[]): ImportObstacle[] => rows.map(({ name }) => ({ name, what, count: 1 }))
  return [
    ...resting.map(({ id, table, count }) => ({ name: names.get(id) ?? '', what: table, count })),
    ...changed('appointment_changed', await touchedSince(tx, tenant, 'appointment', made.appointments)),
    ...changed('fact_changed', await touchedSince(tx, tenant, 'person_fact', made.facts)),
    ...changed('appointment_changed', await movedSince(tx, tenant, 'appointment', ended.appointments)),
    ...changed('fact_changed', await movedSince(tx, tenant, 'person_fact', ended.facts)),
    ...changed('post_taken', await takenSince(tx, tenant, ended.appointments, made.appointments)),
  ]
}
