import { addMonths } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Ctx } from '#kernel/scope.ts'
import { dutyKinds } from '#modules/obligations/contract.ts'
import { classesOf, workUnitsOn } from '#modules/org/index.ts'
import type { boardRoutes } from '../contract.ts'
import { type Class, classes, loadsOf } from '../rules.ts'
import { burdenSums, unitsNamed } from '../store/burden.ts'
import { compared } from './standing.ts'

/**
 * What a month asks of people, in entries and in minutes (rules `minutes.…`, estimates): by the unit they work in and by what they are, beside the budget of
 * a year (rules `budget.…`). Units and classes only, never persons; within the units one may compare.
 */
export async function burden(db: Db, ctx: Ctx, input: InputOf<typeof boardRoutes.burden>) {
  const month = input.month ?? ctx.day.slice(0, 7)
  const { reach } = await compared(db, ctx)
  const [sums, places] = await Promise.all([
    burdenSums(db, ctx, `${month}-01`, addMonths(`${month}-01`, -1)),
    workUnitsOn(db, ctx.tenant.id, null, ctx.day),
  ])
  const within = new Map([...places].filter(([, unit]) => reach.all || reach.units.includes(unit)))
  const persons = [...within.keys()]
  const [held, units] = await Promise.all([
    classesOf(db, ctx.tenant.id, persons, ctx.day),
    unitsNamed(db, ctx.tenant.id, [...new Set(within.values())]),
  ])
  const minutes: Record<string, number> = Object.fromEntries(dutyKinds.map((kind) => [kind, Number(ctx.rule(`minutes.${kind}`).value)]))
  // What is no duty takes as long as a task does.
  const minutesOf = (kind: string) => minutes[kind] ?? minutes.task ?? 0
  const budget = (of: Class) => {
    const { value } = ctx.rule(`budget.${of}`)
    return typeof value === 'number' ? value : null
  }
  const loads = loadsOf(sums, { within, classOf: (person) => held.get(person) ?? 'staff', minutesOf, budgetOf: budget })
  return {
    day: ctx.day,
    month,
    total: loads.total,
    before: loads.before,
    units: units.flatMap((unit) => {
      const load = loads.units.get(unit.id)
      return load ? [{ unit, ...load }] : []
    }),
    classes: classes.flatMap((key) => {
      const load = loads.classes.get(key)
      return load ? [{ class: key, ...load, budget: budget(key) }] : []
    }),
    rules: [...dutyKinds.map((kind) => `minutes.${kind}`), ...classes.map((key) => `budget.${key}`)].map((key) => {
      const rule = ctx.rule(key)
      return { key, value: String(rule.value), confidence: rule.confidence }
    }),
  }
}
