import type { Refusals } from '#kernel/errors.ts'

export const orgRefusals: Refusals = {
  'org.no_day': [
    400,
    '起止是同一天，等于没有。止日是不再有效的第一天，至少要晚一天。',
    'It begins and ends on the same day and so never was. The end is the first day no longer in force: give a later one.',
  ],
  'org.overlap': [
    409,
    '{who}已有一段：{name}，{since} 至 {until}。先结束或作废那一段，或改起止日。',
    '{who} has one already: {name}, {since} to {until}. End or void it first, or choose other days.',
  ],
  'org.taken': [
    409,
    '“{name}”同一时间只设一人：{who}，{since} 至 {until}。先免去，或另设岗位；只是暂时负责的，选“主持”。',
    '“{name}” is held by one person at a time: {who}, {since} to {until}. End that first, or add a post; whoever only stands in is “acting”.',
  ],
  'org.two_in': [
    409,
    '“{name}”已有两人同时在任（{who}、{other}），不能改为只设一人。先免去其中一人。',
    '“{name}” is held by two at once ({who}, {other}) and cannot become a post of one. End one of them first.',
  ],
  'org.from_needed': [
    400,
    '借调要写明从哪里来：本单位的机构，或外单位名称。',
    'Say where the seconded person comes from: a unit of the office, or another organisation.',
  ],
  'org.from_both': [400, '来源只写一个：本单位的机构，或外单位。', 'Name one origin only: a unit of the office or another organisation.'],
  'org.from_without': [400, '只有借调才写来源。', 'Only a seconded appointment has an origin.'],
  'org.from_itself': [400, '不能从本机构借调到本机构。', 'One is not seconded from a unit into itself.'],
  'org.fact_value': [
    400,
    '内容与类别不符：支部要选一个党支部，人员身份和党员身份从所列的选，职级写名称。',
    'The value does not fit: a branch is a Party branch; identity and Party standing are of the given words; a grade has a name.',
  ],
  'org.outside': [
    400,
    '“{name}”的存续期是 {since} 至 {until}，起止日须在其中。',
    '“{name}” exists from {since} to {until}; the days must lie within.',
  ],
  'org.before': [
    400,
    '“{name}”自 {since} 起才有，或已在 {until} 改过；请用这之后的日子。',
    '“{name}” exists since {since} or was last changed as of {until}; give a later day.',
  ],
  'org.not_yet': [400, '{day} 还没有到；机构变动从当天起才能记。', '{day} has not come yet; a change of units is recorded once it holds.'],
  'org.undecided': [
    409,
    '还有 {count} 项没有定去向：{what}。逐项选定移到哪里，或随之结束。',
    '{count} still hang there undecided: {what}. Say for each where it goes, or that it ends.',
  ],
  'org.not_hanging': [
    409,
    '这一项已不在该机构名下，可能刚被别人改过。请刷新后重选。',
    'This no longer belongs to the unit; somebody may just have changed it. Reload and choose again.',
  ],
  'org.decided_twice': [400, '同一项写了两次去向。', 'The same thing is decided twice.'],
  'org.below_moves': [
    400,
    '下级机构不能随之结束：移到别处，或先单独撤销它。',
    'A unit below does not end along: move it, or abolish it first.',
  ],
  'org.not_begun': [
    400,
    '“{name}”自 {since} 起才有，那天起不能结束；请移到别的机构。',
    '“{name}” begins only on {since} and cannot end then; move it to another unit.',
  ],
  'org.split_one': [
    400,
    '拆分至少要分成两个：新设的，以及继续存在的原机构。',
    'A split leaves at least two: new ones, and the old one where it goes on.',
  ],
  'org.key_twice': [400, '拆出的机构不能重名。', 'The new units must differ from each other.'],
  'org.into_itself': [400, '不能移给它自己或同时撤掉的机构。', 'It cannot go into itself or into a unit that goes with it.'],
  'org.target_gone': [400, '“{name}”在 {day} 不存在。', '“{name}” does not exist on {day}.'],
  'org.ended_already': [409, '“{name}”已定于 {until} 裁撤。先取消裁撤。', '“{name}” ends on {until} already. Take that back first.'],
  'org.by_change': [
    409,
    '“{name}”是在 {since} 的机构变动中撤掉的，不能单独恢复或改期。要恢复，请撤回那次变动。',
    '“{name}” ended with a change of {since} and cannot be reopened or moved alone. Take that change back instead.',
  ],
  'org.built_on': [
    409,
    '不能撤回：之后又有变动（{what}）。先处理这些，再撤回。',
    'It cannot be taken back: something was built on it since ({what}). Settle that first.',
  ],
  'org.undone': [409, '这次变动已经撤回。', 'This change was taken back already.'],
  'org.ended': [
    409,
    '已在 {until} 结束。结束日只能提前；记错了请作废后重录。',
    'It ends on {until} already. An end may be brought forward only; if it is wrong, void it and enter it again.',
  ],
  'org.voided': [409, '这一段已经作废。', 'It was voided already.'],
  'org.in_use': [
    409,
    '还不能结束，有 {count} 项在 {until} 之后仍有效：{what}。请先结束它们。',
    'It cannot end yet: {count} still in force after {until}: {what}. End these first.',
  ],
  'org.cycle': [400, '上级不能是它自己或它的下级（{name}）。', 'It cannot hang below itself or one of its own units ({name}).'],
  'org.name_taken': [409, '同一处已有“{name}”（{since} 至 {until}）。', '“{name}” is there already ({since} to {until}).'],
  'org.nothing': [400, '没有要改的内容。', 'There is nothing to change.'],
}
