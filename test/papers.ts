import { type Answer, type Client, postId, unitId } from './harness.ts'

/** A paper of the tests' office, as several test files decompose it. */
export const speech = `在半年工作会议上的讲话

同志们：
今天开会，专门研究怎样把责任落到人。下面我讲三点。
一、看清问题
上级文件指出，各单位要把责任扛在肩上。从我办情况看，少数科室清单年年照抄，到了年底才补记录。
二、把清单建好
综合科要每月对照清单督查一次，结果在办内通报。工程科必须在2026年9月30日前把清单细化到岗，并报综合科备案。各科室要每季度向分管领导汇报一次。
三、守住纪律
全办同志不得在工作时间做与工作无关的事。党办中心要牵头整理一次制度。
`

export type Shown = {
  id: string
  type: string
  state: string
  text: string
  start: number
  end: number
  made: string | null
  seats: object[]
  unknown: string[]
  actions: string[]
}

export const codeOf = (answer: Answer) => [answer.status, answer.body.error?.code]
export const holding = (key: 'clerk' | 'head', unit: 'general' | 'works') => ({
  unit: unitId('a', unit),
  post: postId('a', key),
  person: null,
})
/** What accepting a sentence sends. */
export const dutyOf = (fields: object = {}) => ({
  title: '每月对照清单督查',
  holders: [holding('clerk', 'general')],
  kind: 'task',
  polarity: 'positive',
  measure: null,
  rrule: 'FREQ=MONTHLY',
  due: null,
  since: '2026-06-10',
  ...fields,
})

/** Papers as one person adds and reads them. */
export const papersOf = (client: Client) => {
  const read = async (id: string, query: Record<string, string> = {}) => (await client.get(`/directives/${id}`, query)).body
  return {
    add: (fields: object = {}, headers: Record<string, string> = {}) =>
      client.post('/directives', { kind: 'speech', issuedOn: '2026-06-10', text: speech, ...fields }, headers),
    read,
    proposals: async (id: string): Promise<Shown[]> => (await read(id)).proposals,
  }
}
