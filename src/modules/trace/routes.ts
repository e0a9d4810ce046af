import { bind } from '#kernel/house.ts'
import { act, duty, obligation, person } from './actions/from.ts'
import { traceRefusals, traceRoutes } from './contract.ts'

export const trace = bind('trace', traceRoutes, { obligation, duty, act, person }, traceRefusals)
