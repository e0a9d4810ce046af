import { bind } from '#kernel/house.ts'
import { accept } from './actions/accept.ts'
import { add, upload } from './actions/add.ts'
import { aside, edit, mark, merge, reopen, settle, split } from './actions/change.ts'
import { list, read } from './actions/read.ts'
import { directiveRefusals, directiveRoutes } from './contract.ts'

export const directives = bind(
  'directives',
  directiveRoutes,
  { list, read, add, upload, mark, settle, accept, edit, merge, split, aside, reopen },
  directiveRefusals,
)
