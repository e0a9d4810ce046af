import { bind } from '#kernel/house.ts'
import { ask, excuse, list, seal } from './actions.ts'
import { sealingRoutes } from './contract.ts'

export const sealings = bind('sealings', sealingRoutes, { list, ask, seal, excuse })
