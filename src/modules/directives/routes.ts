import { bind } from '#kernel/house.ts'
import { accept } from './actions/accept.ts'
import { prepareAdd, prepareLook, prepareUpload } from './actions/add.ts'
import { amend } from './actions/amend.ts'
import { beside, differ, further, replace, same } from './actions/beside.ts'
import { aside, edit, mark, merge, reopen, settle, split } from './actions/change.ts'
import { list, read } from './actions/read.ts'
import { directiveRefusals, directiveRoutes } from './contract.ts'

export const directives = bind(
  'directives',
  directiveRoutes,
  {
    list,
    read,
    add: { prepare: prepareAdd },
    upload: { prepare: prepareUpload },
    look: { prepare: prepareLook },
    beside,
    same,
    replace,
    differ,
    further,
    amend,
    mark,
    settle,
    accept,
    edit,
    merge,
    split,
    aside,
    reopen,
  },
  directiveRefusals,
)
