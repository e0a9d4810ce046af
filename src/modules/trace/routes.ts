import { bind } from '#kernel/house.ts'
import { cause, directive, unit } from './actions/down.ts'
import { act, duty, obligation, person } from './actions/from.ts'
import { file } from './actions/sheet.ts'
import { traceRefusals, traceRoutes } from './contract.ts'

export const trace = bind('trace', traceRoutes, { obligation, duty, act, person, directive, unit, cause, file }, traceRefusals)
