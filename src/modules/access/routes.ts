import { bind } from '#kernel/house.ts'
import { demoActions, me, type Persona, session, signIn, signOut } from './actions.ts'
import { accessRefusals, accessRoutes, demoRoutes } from './contract.ts'

export const access = bind('access', accessRoutes, { me, session, signIn, signOut }, accessRefusals)
export const demoAccess = (office: string, cast: readonly Persona[]) => bind('demo', demoRoutes, demoActions(office, cast), accessRefusals)
