import { bind } from '#kernel/house.ts'
import { find } from './actions.ts'
import { searchRoutes } from './contract.ts'

export const search = bind('search', searchRoutes, { find })
