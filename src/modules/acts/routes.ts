import { bind } from '#kernel/house.ts'
import { correct, list, propose, read, record, withdraw } from './actions.ts'
import { actRefusals, actRoutes } from './contract.ts'

export const acts = bind('acts', actRoutes, { list, propose, read, record, correct, withdraw }, actRefusals)
