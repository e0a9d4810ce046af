import { bind } from '#kernel/house.ts'
import { importYear, preview } from './actions/import.ts'
import { read, turn } from './actions/read.ts'
import { calendarRoutes } from './contract.ts'

export const calendar = bind('calendar', calendarRoutes, { read, preview, import: importYear, turn })
