import { bind } from '#kernel/house.ts'
import { read } from './actions.ts'
import { boardRoutes } from './contract.ts'

export const board = bind('board', boardRoutes, { read })
