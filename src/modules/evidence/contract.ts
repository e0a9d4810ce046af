import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, FileBytes, Id, Instant, Maybe, route, Text, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { fileKinds } from '#kernel/files/kinds.ts'
import { Named } from '#modules/obligations/contract.ts'
import { evidenceStates } from './rules.ts'

export const Evidence = Type.Object({
  id: Id,
  /** The act it was attached to: this one, or the one that this one corrects. */
  act: Id,
  name: Type.String(),
  kind: Word(fileKinds),
  /** Bytes. */
  size: Type.Integer(),
  /** SHA-256 of the bytes, hex: what the ledger's entry proves. */
  hash: Type.String(),
  /** The date it bears, as somebody said; apart from the days it was recorded and uploaded on. */
  takenOn: Maybe(Day),
  uploadedAt: Instant,
  uploadedBy: Named,
  state: Word(evidenceStates),
  /** Looking back: it was uploaded after that day. */
  later: Type.Boolean(),
  /** The bytes are no more: it was removed, perhaps after the day looked back to. */
  gone: Type.Boolean(),
  removed: Maybe(Type.Object({ by: Type.String(), at: Instant, reason: Type.String() })),
  /** Other acts that have the same bytes, of those one may read. */
  also: Type.Array(Type.Object({ act: Id, what: Type.String(), happenedOn: Day })),
  actions: Actions,
})

export const evidenceRoutes = {
  list: route('GET', '/acts/:id/evidence', {
    may: 'act.read',
    says: ['一条纪实的佐证', 'The evidence of an act'],
    query: Fields(asOf),
    ok: Type.Object({
      items: Type.Array(Evidence),
      /** MB a file, MB an act, files an act. */
      caps: Type.Object({ file: Type.Number(), act: Type.Number(), files: Type.Number() }),
      actions: Actions,
    }),
  }),
  add: route('POST', '/acts/:id/evidence', {
    may: 'evidence.add',
    says: ['加一份佐证：PDF、图片、Office、OFD、文本', 'Attach a file: PDF, picture, Office, OFD, text'],
    upload: { most: 'evidence.file' },
    body: Fields({ takenOn: Type.Optional(Day) }),
    ok: Evidence,
    perMinute: 120,
  }),
  show: route('GET', '/evidence/:id/show', {
    may: 'act.read',
    says: ['在页面里看：PDF、PNG、JPEG、WebP', 'Shown in the page: PDF, PNG, JPEG, WebP'],
    query: Fields(asOf),
    ok: FileBytes,
  }),
  download: route('GET', '/evidence/:id/file', { may: 'act.read', says: ['下载', 'Download'], query: Fields(asOf), ok: FileBytes }),
  remove: route('POST', '/evidence/:id/remove', {
    may: 'evidence.remove',
    says: ['删除，须有理由；删除的事实保留', 'Remove, with a reason; that it was removed stays'],
    body: Fields({ reason: Text(2, 500) }),
    ok: Evidence,
    example: { reason: '传错了文件' },
  }),
}

export const evidenceRefusals: Refusals = {
  'evidence.act_gone': [
    409,
    '这条纪实已被更正或撤回，不能再加佐证。请加到更正后的那一条。',
    'This act was corrected or withdrawn and takes no more evidence. Attach it to the corrected entry.',
  ],
  'evidence.future': [400, '佐证上的日期 {day} 还没有到。', 'The date on it, {day}, has not come yet.'],
  'evidence.too_many': [
    409,
    '一条纪实最多 {max} 份佐证。可以合成一份 PDF 再传。',
    'An act takes at most {max} files. Join them into one PDF.',
  ],
  'evidence.act_full': [
    409,
    '一条纪实的佐证合计最多 {max}，还能放 {left}。请压缩后再传。',
    'The files of an act together are at most {max}; there is room for {left}. Make it smaller and send it again.',
  ],
  'evidence.twice': [
    409,
    '同一份文件已经在这条纪实里了：{name}。不必再传。',
    'The same file is with this act already: {name}. There is no need to send it again.',
  ],
  'evidence.again': [409, '同样的文件恰好正被删除，请再传一次。', 'The same file was just being removed; send it once more.'],
  'evidence.not_shown': [400, '这种文件不能在页面里看，请下载。', 'This kind of file is not shown in the page; download it.'],
  'evidence.removed': [410, '这份佐证已删除，内容不再保存。', 'This file was removed; its content is no longer kept.'],
  'evidence.lost': [
    410,
    '存储里找不到这份文件的内容，已记入日志。请系统管理员从备份恢复 files 文件夹。',
    'The content of this file is not in the storage; the log says so. Ask the administrator to restore the folder “files” from the backup.',
  ],
}
