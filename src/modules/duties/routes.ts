import { bind } from '#kernel/house.ts'
import { add, assign, end, terms } from './actions/assume.ts'
import { acceptBranch, branches } from './actions/branches.ts'
import { change, compare, release, retract, undoChange, versions } from './actions/change.ts'
import { first } from './actions/first.ts'
import { gaps } from './actions/gaps.ts'
import { approve, awaiting, drop, load, refuse, submit } from './actions/issue.ts'
import { lists, personList, postList, sheet, unitList } from './actions/lists.ts'
import { decompose, moveBelow } from './actions/tree.ts'
import { list, read, tree } from './actions/view.ts'
import { dutyRefusals, dutyRoutes } from './contract.ts'

export const duties = bind(
  'duties',
  dutyRoutes,
  {
    list,
    tree,
    lists,
    unitList,
    postList,
    personList,
    sheet,
    gaps,
    first,
    branches,
    acceptBranch,
    load,
    awaiting,
    approve,
    refuse,
    submit,
    drop,
    read,
    versions,
    compare,
    add,
    decompose,
    move: moveBelow,
    change,
    undoChange,
    assign,
    terms,
    release,
    end,
    retract,
  },
  dutyRefusals,
)
