import { Type } from 'typebox'
import { Fields, Id, Maybe, route, Text } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'

export const Me = Type.Object({
  office: Type.Object({ id: Id, code: Type.String(), name: Type.String(), fictional: Type.Boolean() }),
  person: Maybe(Type.Object({ id: Id, name: Type.String() })),
  name: Type.String(),
  /** Verbs the person holds anywhere, for the shape of the menu; each thing carries its own `actions`. */
  verbs: Type.Array(Type.String()),
  roles: Type.Array(Type.String()),
  today: Type.String(),
  /** The office's time zone, in which `today` is counted and instants are said: `Asia/Shanghai`. */
  zone: Type.String(),
})

const Persona = Type.Object({ persona: Type.String(), name: Type.String(), post: Type.String(), says: Type.String() })
const Done = Type.Object({ ok: Type.Boolean() })
const Signed = Type.Object({ ok: Type.Boolean(), token: Type.String() })

export const accessRoutes = {
  me: route('GET', '/me', { may: 'signed-in', says: ['我是谁，能做什么', 'Who I am and what I may do'], ok: Me }),
  session: route('GET', '/session', {
    may: 'public',
    says: ['是否已登录；已登录时同 /me', 'Whether anyone is signed in; who, as /me says'],
    ok: Type.Object({ me: Maybe(Me), demo: Type.Boolean() }),
  }),
  signIn: route('POST', '/sign-in', {
    may: 'public',
    says: ['以单位代码、姓名和密码登录', 'Sign in with office code, name and password'],
    body: Fields({ office: Text(1, 40), name: Text(1, 60), password: Text(1, 200) }),
    ok: Signed,
    example: { office: 'shili', name: '某某', password: 'a long password' },
    perMinute: 60,
  }),
  signOut: route('POST', '/sign-out', { may: 'public', says: ['退出登录', 'Sign out'], ok: Done }),
}

/** Only with `--demo` on a loopback address. */
export const demoRoutes = {
  personas: route('GET', '/demo/personas', {
    may: 'public',
    says: ['示例单位的人物', 'The personas of the demo office'],
    ok: Type.Object({ office: Type.String(), items: Type.Array(Persona) }),
  }),
  signIn: route('POST', '/demo/sign-in', {
    may: 'public',
    says: ['一键以示例人物登录', 'Sign in as a demo persona in one click'],
    body: Fields({ persona: Text(1, 40) }),
    ok: Signed,
    example: { persona: 'director' },
  }),
}

export const accessRefusals: Refusals = {
  'demo.no_persona': [
    404,
    '没有“{persona}”这个示例人物；可用：{personas}。',
    'There is no demo persona “{persona}”; there are: {personas}.',
  ],
}
