import type { Refusals } from '#kernel/errors.ts'

export const directiveRefusals: Refusals = {
  'directive.empty': [
    400,
    '没有可读的文字。请粘贴原文，或换一个有正文的文件。',
    'There is no text to read. Paste the text, or choose a file that has some.',
  ],
  'directive.binary': [400, '这不是文本文件。请用 .docx、.txt 或 .md。', 'This is not a text file. Use .docx, .txt or .md.'],
  'directive.not_docx': [
    400,
    '这个文件不是可读的 Word 文档（.docx）。请在 Word 或 WPS 中另存为 .docx。',
    'This is not a readable Word document. Save it as .docx and try again.',
  ],
  'directive.too_large': [413, '文件或正文过大，最多 {max}。', 'The file or its text is too large; at most {max}.'],
  'directive.zip_bomb': [400, '文件解压后异常地大，已拒绝。', 'The file unpacks to far more than it should and was refused.'],
  'directive.classified': [
    400,
    '文件标有密级“{mark}”。涉及国家秘密的文件不得录入本系统，请按保密规定在涉密设备上办理。',
    'The paper is marked “{mark}”. Classified papers must not be entered here; handle it on classified equipment.',
  ],
  'directive.received_later': [400, '收到日 {day} 还没有到。', 'It cannot have been received on {day}: that day has not come.'],
  'directive.reply_own': [
    400,
    '本单位自己的部署没有答复期限；如系来文，请先选“上级来文”。',
    'A paper of your own needs no answer; if it came from above, say so first.',
  ],
  'directive.reply_before': [400, '答复期限不能早于收到日 {day}。', 'The answer cannot be due before the paper came on {day}.'],
  'directive.reply_owed': [
    409,
    '答复已列入应尽事项，请在那里改期，或先清空答复期限再重新填写。',
    'The answer is already owed: move its day there, or empty the reply day first and set it anew.',
  ],
  'directive.reply_nobody': [
    409,
    '{name}当前没有任职，无法承担答复。请由在岗的同志登记，或不填答复期限。',
    '{name} holds no post, so nobody would owe the answer. Let somebody in a post enter it, or leave the reply day empty.',
  ],
  'directive.speaker': [400, '{day} 没有这个岗位，请另选讲话人。', 'There was no such post on {day}; choose another speaker.'],
  'directive.open_left': [
    409,
    '还有 {open} 句待定，承接或搁置后才能完成。',
    '{open} sentences are still open; accept them or set them aside first.',
  ],
  'proposal.due_past': [400, '期限 {due} 已经过去，请定一个今天或以后的日子。', '{due} has passed; choose today or a later day.'],
  'proposal.holder_missing': [400, '还没有责任人：请选定岗位或人。', 'Nobody holds it yet: choose a post or a person.'],
  'proposal.holder_one': [400, '每个责任人要么是岗位，要么是人。', 'Each holder is a post or a person, one of the two.'],
  'proposal.holder_unknown': [400, '{day} 没有这个机构、岗位或人。', 'There is no such unit, post or person on {day}.'],
  'proposal.owner_missing': [400, '问题要有整改单位、责任人和期限。', 'A finding needs a unit, a person and a due day.'],
  'proposal.into_itself': [400, '不能并入自己。', 'It cannot be merged into itself.'],
  'proposal.into_other': [
    400,
    '只能并入同一份部署中同类的一条。',
    'It can only be merged into one of the same kind in the same directive.',
  ],
  'proposal.into_decided': [409, '要并入的一条已有决定，请另选。', 'The one to merge into has been decided; choose another.'],
  'proposal.joined_decided': [
    409,
    '并入的一条已有决定，不能再取回。',
    'What it was merged into has been decided, so it cannot be taken back.',
  ],
  'proposal.has_joined': [
    409,
    '有 {joined} 条并入其中，请先取回再拆。',
    '{joined} others are merged into it; take them back before splitting.',
  ],
  'proposal.split_at': [400, '请在句子中间选一处拆开，两边都要有字。', 'Choose a place inside the sentence, with words on both sides.'],
  'proposal.range': [400, '请在原文里选中一句话。', 'Select a sentence in the text.'],
  'proposal.overlap': [409, '选中的文字与已读出的“{words}…”重叠。', 'The selection overlaps one that is there already: “{words}…”.'],
  'proposal.beside_duty': [400, '只有责任可以与已有责任对照，问题不能。', 'Only a duty can be laid beside an earlier one, not a finding.'],
  'proposal.beside_ended': [
    409,
    '“{title}”已经终止，不能再并入或替代。',
    '“{title}” has ended already; nothing can be tied to it or take its place.',
  ],
  'proposal.beside_decided': [409, '这一句与“{title}”已经对照过。', 'This sentence and “{title}” were compared before.'],
}
