/** Coded refusals: one shape for everything the product declines to do. Browser-safe. */

export type Lang = 'zh-CN' | 'en'

/** A place in the input: a JSON pointer into the request (`/due`), a cell (`B7`) or a line (`line 3`). */
export type Place = { at: string; message?: string }

/** Code → [HTTP status, zh-CN, en]. `{name}` in a text is filled from the refusal's parameters. */
export type Refusals = Record<string, readonly [status: number, zh: string, en: string]>

export type Params = Record<string, string | number>

/** Thrown by `must`, answered by the server as `{error: {code, message, at}}` with the status of its code. */
export class Refusal extends Error {
  readonly code: string
  readonly params: Params
  readonly places: Place[]
  constructor(code: string, params: Params = {}, places: Place[] = []) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.params = params
    this.places = places
  }
}

export type Verdict = { ok: true } | { ok: false; refusal: Refusal }
export const ok: Verdict = { ok: true }

/** A rule's "no": a code from a module's refusals, what fills its text, and where in the input it stands. */
export const refuse = (code: string, params?: Params, at?: string): Verdict => ({
  ok: false,
  refusal: new Refusal(code, params, at ? [{ at }] : []),
})

/** Turns a verdict into control flow: throws the refusal of a "no". */
export function must(verdict: Verdict): void {
  if (!verdict.ok) throw verdict.refusal
}

/** Fills `{name}` places of a text. */
export const fill = (text: string, params: Params): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))

/** The refusals every module shares. */
export const kernelRefusals: Refusals = {
  'auth.required': [401, '请先登录。', 'Sign in first.'],
  'auth.wrong': [401, '单位代码、姓名或密码不对。', 'The office code, the name or the password is wrong.'],
  'password.wrong': [403, '密码不对，没有签署。', 'That is not your password; nothing was signed.'],
  'auth.locked': [429, '尝试过多，请 {minutes} 分钟后再试。', 'Too many attempts; try again in {minutes} minutes.'],
  'may.not': [
    403,
    '您的角色不能做这件事（需要：{verb}）。请向本单位管理员申请授权。',
    'Your role may not do this (needs: {verb}). Ask your administrator for a grant.',
  ],
  'thing.absent': [404, '没有找到，或不属于您可见的范围。', 'Not found, or outside what you may see.'],
  'office.absent': [404, '没有这个单位。', 'There is no such office.'],
  'move.late': [
    409,
    '状态已变：{who} 在 {when} 已将它改为“{state}”。请刷新后再办。',
    'It has already moved: {who} made it “{state}” at {when}. Reload and decide again.',
  ],
  'asof.read_only': [409, '正在回看过去，不能改动。请先回到今天。', 'Looking back: nothing can be changed. Return to today first.'],
  'asof.future': [400, '{day} 还没有到，只能回看今天及以前。', '{day} has not come yet; one can look at today or back.'],
  'jobs.absent': [
    503,
    '后台任务没有启动，这件事暂时办不了；请管理员看运行日志。',
    'Background jobs did not start, so this cannot be done now; the log says why.',
  ],
  'request.origin': [403, '请求来自别的网站，已拒绝。', 'The request came from another site and was refused.'],
  'request.invalid': [400, '填写有误，请看所指的字段。', 'Some fields are not right; see the places named.'],
  'request.bad_text': [
    400,
    '文字里有不能保存的字符（空字符或残缺字符）。',
    'The text holds characters that cannot be kept (NUL or a broken pair).',
  ],
  'request.not_json': [400, '请求不是合法的 JSON。', 'The request is not valid JSON.'],
  'request.too_large': [413, '内容过大，最多 {max}。', 'Too large; at most {max}.'],
  'request.form': [
    400,
    '上传的内容不完整，或多了东西。请重新选择文件再传。',
    'What was sent is not whole or holds more than it should. Choose the file again.',
  ],
  'request.cut_off': [400, '上传中断了，请再传一次。', 'The upload was cut off; send it again.'],
  'request.too_many': [429, '请求过于频繁，请稍候再试。', 'Too many requests; wait a moment.'],
  'request.media': [415, '不支持这种内容类型。', 'This content type is not supported.'],
  'day.unknown': [400, '没有“{day}”这一天。', 'There is no day “{day}”.'],
  'range.backwards': [400, '结束日不能早于开始日。', 'It cannot end before it begins.'],
  'idempotency.mismatch': [
    422,
    '同一个 Idempotency-Key 用在了不同的请求上。',
    'The same Idempotency-Key was used for a different request.',
  ],
  'rule.absent': [500, '规则包里没有 {key} 在 {day} 的值。', 'The rule pack has no value of {key} on {day}.'],
  'conflict.unique': [409, '已有相同的记录。', 'The same record exists already.'],
  'conflict.overlap': [409, '与已有的时间段重叠。', 'It overlaps a period that is already there.'],
  'reference.absent': [400, '引用的对象不存在。', 'Something this refers to does not exist.'],
  'server.busy': [503, '服务正忙，请稍后再试。', 'The server is busy; try again shortly.'],
  'server.error': [500, '服务出错，已记录，编号 {id}。', 'Something went wrong; it is in the log under {id}.'],
  'route.absent': [404, '没有这个接口。', 'There is no such route.'],
}

/** The text of a refusal in the reader's language; an unknown code reads as itself. */
export function say(all: Refusals, refusal: { code: string; params: Params }, lang: Lang): string {
  const entry = all[refusal.code]
  return entry ? fill(lang === 'en' ? entry[2] : entry[1], refusal.params) : refusal.code
}
