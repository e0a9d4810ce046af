import type { Refusals } from '#kernel/errors.ts'

export const handoverRefusals: Refusals = {
  'handover.open_already': [
    409,
    '{who}已有一份没办完的交接单（{day} 起）。请在那一份上继续，或先撤销它。',
    '{who} has a handover under way already (from {day}). Go on with that one, or withdraw it first.',
  ],
  'handover.day_far': [400, '交接日只能在 {from} 至 {until} 之间。', 'The day of the handover lies between {from} and {until}.'],
  'handover.never_held': [
    400,
    '{who}在本单位没有任过职，没有可以交接的。请先在“机构与人”里记任职。',
    '{who} has never held a post here, so there is nothing to hand over. Record the appointment first.',
  ],
  'handover.no_line': [
    404,
    '这一项已不在交接单上，可能刚办结或已移交。请刷新。',
    'This is no longer on the sheet; it may just have been done or passed on. Reload.',
  ],
  'handover.not_this_way': [
    400,
    '“{title}”不能这样处理，请从所列的办法里选。',
    '“{title}” cannot be dealt with that way; choose one of those listed.',
  ],
  'handover.nobody_named': [400, '请为“{title}”指定接收人。', 'Name who takes over “{title}”.'],
  'handover.to_giver': [400, '接收人不能是交出人本人。留给本人的，选“保留”。', 'Nobody hands over to themselves; what they keep “stays”.'],
  'handover.successor_left': [
    400,
    '{who}到 {day} 已不在岗，不能接收。请另选接收人；确实返聘或新任的，先记任职。',
    '{who} is no longer of the office on {day} and can take nothing over. Choose somebody else, or record their new appointment first.',
  ],
  'handover.successor_new': [
    400,
    '{who}到 {day} 没有任何岗位，只能随岗位一起接收。请先把岗位交给他，或先记任职。',
    '{who} holds no post on {day}: give them the post with it, or record their appointment first.',
  ],
  'handover.nobody_stays': [
    400,
    '{who}自 {day} 起在本单位没有岗位，“{title}”不能留在其名下。请指定接收人。',
    '{who} holds no post from {day} on, so “{title}” cannot stay with them. Name a successor.',
  ],
  'handover.end_reason': [400, '“{title}”不移交而终止，要写明理由。', 'Say why “{title}” ends instead of passing on.'],
  'handover.still_owed': [
    400,
    '“{title}”还要有人办，不能随交接终止；只有所依的责任终止、且到交接日还没开始的才可以。',
    '“{title}” is still owed by somebody; it ends only with its duty, and only if it has not begun by the day.',
  ],
  'handover.undecided': [409, '还有 {count} 项没有定接收人：{what}。', '{count} lines have no successor yet: {what}.'],
  'handover.not_now': [
    409,
    '这份交接单现在是“{state}”，不能这样办。请刷新。',
    'This handover is “{state}” now; that cannot be done. Reload.',
  ],
  'handover.not_party': [403, '这份交接单不需要您确认。', 'Your signature is not asked for here.'],
  'handover.changed': [
    409,
    '您打开之后清单有变化：{what}。请看过新的清单再确认。',
    'The sheet has changed since you opened it: {what}. Look at it again, then confirm.',
  ],
  'handover.signed_already': [409, '您已经确认过，没有新的内容要确认。', 'You have signed already; nothing new waits for you.'],
  'handover.objected': [
    409,
    '对“{title}”有异议还没处理，请先由经办人调整。',
    'There is an objection to “{title}”; whoever runs the handover settles it first.',
  ],
  'handover.not_yours': [403, '只有这一项的接收人可以提出异议。', 'Only whoever is to take this over may object to it.'],
  'handover.giver_there': [
    409,
    '交出人还在岗、交接日也没到，请本人确认。',
    'The giver is still here and the day has not come: they confirm it themselves.',
  ],
  'handover.not_superior': [403, '代为确认的只能是其上级：{who}。', 'Only a superior may confirm instead: {who}.'],
  'handover.no_superior': [
    403,
    '交出人在本单位没有上级，由负责全办交接的人代为确认并写明依据。',
    'Nobody here stands above the giver: whoever runs handovers for the whole office confirms and says on what ground.',
  ],
  'handover.own': [403, '本人的交接单由综合科或上级办理。', 'Somebody else runs one’s own handover: the general office or a superior.'],
}
