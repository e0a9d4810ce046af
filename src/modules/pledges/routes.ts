import { bind } from '#kernel/house.ts'
import { end, renew, supplement, supplementAll, withdraw, withdrawRound } from './actions/changes.ts'
import { issue, issueRest, preview, round, rounds } from './actions/rounds.ts'
import { sign, signAll } from './actions/sign.ts'
import { list, mine, read, toSignOf } from './actions/view.ts'
import { pledgeRefusals, pledgeRoutes } from './contract.ts'

export const pledges = bind(
  'pledges',
  pledgeRoutes,
  {
    ...{ list, mine, toSign: toSignOf, read, rounds, round, preview, issue, issueRest, withdrawRound, supplementAll },
    ...{ sign, signAll, renew, supplement, withdraw, end },
  },
  pledgeRefusals,
)
