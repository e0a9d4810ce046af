import { todayIn } from '#kernel/calendar/index.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Call, House, Session } from '#kernel/house.ts'
import type { Ctx } from '#kernel/scope.ts'
import { userName } from './rules.ts'
import { accountNamed } from './store.ts'

function said({ actor, tenant }: Pick<Session, 'actor' | 'tenant'>, today: string) {
  return {
    office: { id: tenant.id, code: tenant.code, name: tenant.name, fictional: tenant.fictional },
    person: actor.person ? { id: actor.person, name: actor.name } : null,
    name: actor.name,
    verbs: [...new Set(actor.grants.flatMap((grant) => grant.verbs))].sort(),
    roles: [...new Set(actor.grants.map((grant) => grant.role))],
    today,
    zone: tenant.zone,
  }
}

export const me = async (_db: unknown, ctx: Ctx) => said(ctx, ctx.today)

/** What the web application asks first: being signed out is an answer there, and no error in the browser's console. */
export async function session(house: House, call: Call) {
  const found = call.token ? await house.signIn.session(call.token, undefined) : null
  return { me: found ? said(found, todayIn(found.tenant.zone, house.clock())) : null, demo: house.demo }
}

/** The same refusal whatever was wrong, after the same work: nobody learns which names exist. */
export async function signIn(house: House, call: Call, input: { office: string; name: string; password: string }) {
  const token = await house.signIn.byPassword(userName(input.office, input.name), input.password)
  if (!token) throw new Refusal('auth.wrong')
  call.setSession(token)
  return { ok: true, token }
}

export async function signOut(house: House, call: Call) {
  if (call.token) await house.signIn.end(call.token)
  call.setSession(null)
  return { ok: true }
}

/** A demo persona: a key, the sign-in name behind it, and what the person comes to do. */
export type Persona = { persona: string; name: string; post: string; says: string }

export const demoActions = (office: string, cast: readonly Persona[]) => ({
  personas: async () => ({ office, items: [...cast] }),
  signIn: async (house: House, call: Call, input: { persona: string }) => {
    const persona = cast.find((one) => one.persona === input.persona)
    const account = persona ? await accountNamed(house.db, office, persona.name) : null
    if (!account) throw new Refusal('demo.no_persona', { persona: input.persona, personas: cast.map((one) => one.persona).join(', ') })
    const token = await house.signIn.forAccount(account)
    call.setSession(token)
    return { ok: true, token }
  },
})
