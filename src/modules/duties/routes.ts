import { bind } from '#kernel/house.ts'
import { add, assign, end, list, read, terms } from './actions.ts'
import { dutyRefusals, dutyRoutes } from './contract.ts'

export const duties = bind('duties', dutyRoutes, { list, read, add, assign, terms, end }, dutyRefusals)
