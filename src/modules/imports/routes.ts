import { bind } from '#kernel/house.ts'
import { commit, discard, undo } from './actions/move.ts'
import { add, choose } from './actions/preview.ts'
import { list, read, rows } from './actions/show.ts'
import { importRefusals, importRoutes } from './contract.ts'

export const imports = bind('imports', importRoutes, { list, read, rows, add, choose, commit, undo, discard }, importRefusals)
