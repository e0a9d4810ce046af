import { bind } from '#kernel/house.ts'
import { add } from './actions/add.ts'
import { remove } from './actions/remove.ts'
import { download, list, show } from './actions/view.ts'
import { evidenceRefusals, evidenceRoutes } from './contract.ts'

export const evidence = bind('evidence', evidenceRoutes, { list, add, show, download, remove }, evidenceRefusals)
