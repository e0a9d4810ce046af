import { bind } from '#kernel/house.ts'
import { cite, ofDirective } from './actions/cite.ts'
import { ofDuty, resting, tie, untie } from './actions/duties.ts'
import { correct, keep, preview, previewFile, repeal, restore, withdraw } from './actions/keep.ts'
import { compare, list, read } from './actions/read.ts'
import { basisRefusals, basisRoutes } from './contract.ts'

export const basis = bind(
  'basis',
  basisRoutes,
  {
    ...{ list, cite, ofDirective, ofDuty, read, resting, compare },
    ...{ preview, previewFile, keep, correct, repeal, restore, withdraw, tie, untie },
  },
  basisRefusals,
)
