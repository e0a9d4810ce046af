import { bind } from '#kernel/house.ts'
import { burden } from './actions/burden.ts'
import { chase } from './actions/chase.ts'
import { first } from './actions/first.ts'
import { own } from './actions/own.ts'
import { reds } from './actions/reds.ts'
import { week } from './actions/week.ts'
import { read } from './actions.ts'
import { boardRefusals, boardRoutes } from './contract.ts'

export const board = bind('board', boardRoutes, { read, own, reds, first, burden, chase, week }, boardRefusals)
