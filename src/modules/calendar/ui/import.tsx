import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { decodeText } from '#kernel/text.ts'
import { useAct } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Act, Button, FieldsOf, FormOf, Refusal, Rows, Section, Sheet, Tag, tell, useForm } from '#web/kit/index.ts'
import { useLang, useWords } from '#web/words.ts'
import { calendarRoutes } from '../contract.ts'
import { Holidays } from './calendar.tsx'
import { MoveRow } from './moves.tsx'
import { words } from './words.ts'

type Look = OkOf<typeof calendarRoutes.preview>
/** Days that differ, as many as stand in a sentence. */
const namedDays = 12

/** 导入放假安排: pasted or from a file; first what it would move, then it is taken in. */
export function ImportNotice({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords('calendar', words)
  return (
    <Sheet open={open} onClose={onClose} title={t('add.title')} wide>
      <ImportForm onClose={onClose} />
    </Sheet>
  )
}

function ImportForm({ onClose }: { onClose: () => void }) {
  const t = useWords('calendar', words)
  const [unread, setUnread] = useState(false)
  const look = useAct(calendarRoutes.preview, { invalidates: [] })
  const take = useAct(calendarRoutes.import, {
    onDone: ({ turn }) => {
      tell(t(turn ? 'done.turn' : 'done.same'))
      onClose()
    },
  })
  const form = useForm({ text: '', year: '' }, { refused: take.error ?? look.error })
  const { text, year } = form.values
  const input = { text, ...(/^\d{4}$/.test(year) ? { year: Number(year) } : {}) }
  const seen = look.data && look.variables?.text === text && look.variables.year === input.year ? look.data : null
  const choose = async (file: File | undefined) => {
    if (!file) return
    const decoded = decodeText(new Uint8Array(await file.arrayBuffer()))
    setUnread(decoded === null)
    if (decoded) form.set('text', decoded.text.slice(0, 200_000))
  }
  return (
    <FormOf
      onSend={() => (seen ? take.mutate(input) : look.mutate(input))}
      foot={
        <>
          <Act kind="main" type="submit" loading={look.isPending || take.isPending} disabled={text.trim() === ''}>
            {t(seen ? 'add.save' : 'add.look')}
          </Act>
          <label className="go soft">
            <input
              className="unseen"
              type="file"
              accept=".txt,.md,.json"
              onChange={(event) => {
                void choose(event.target.files?.[0])
                event.target.value = ''
              }}
            />
            {t('add.file')}
          </label>
        </>
      }
    >
      <FieldsOf
        form={form}
        fields={[
          { name: 'text', kind: 'long', label: t('add.text'), hint: t('add.hint'), maxLength: 200_000 },
          { name: 'year', label: t('add.year'), hint: t('add.yearHint'), required: false, maxLength: 4 },
        ]}
      />
      {unread && (
        <p className="field-error" role="alert">
          {t('add.unread')}
        </p>
      )}
      <Refusal of={form.left} />
      {seen && <Preview of={seen} />}
    </FormOf>
  )
}

/** What importing would do, in the order in which one asks: which days, how many obligations, which. */
function Preview({ of }: { of: Look }) {
  const t = useWords('calendar', words)
  const lang = useLang()
  const say = (day: string) => sayDay(day, lang, { thisYear: `${of.year}-01-01` })
  const [all, setAll] = useState(false)
  const days = of.changes
    .slice(0, all ? undefined : namedDays)
    .map((one) => t(one.works ? 'look.works' : 'look.rests', { day: say(one.day) }))
  const rest = of.changes.length - days.length
  const moved = of.due + of.warned
  return (
    <section className="notice-look" aria-live="polite">
      <h3>
        {t('year.title', { year: of.year })}{' '}
        <small>{t('year.figures', { working: of.workingDays, off: of.daysOff, work: of.restDaysWorked })}</small>
      </h3>
      <p>{of.replaces ? t('look.replaces', { source: t(`source.${of.replaces.source}`) }) : t('look.new')}</p>
      <p>
        {of.changes.length === 0 ? t('look.same') : t('look.changes', { count: of.changes.length, days: days.join(t('list.and')) })}{' '}
        {rest > 0 && (
          <Button kind="bare" onClick={() => setAll(true)}>
            {t('look.more', { count: rest })}
          </Button>
        )}
      </p>
      <Holidays year={of} />
      <p>
        <Tag tone={moved > 0 ? 'yellow' : 'green'}>{moved > 0 ? t('look.due', { count: of.due }) : t('look.nothing')}</Tag>{' '}
        {of.warned > 0 && t('look.warned', { count: of.warned })}
      </p>
      {of.moves.length > 0 && (
        <Section title={t('look.first', { count: of.moves.length })}>
          <Rows>
            {of.moves.map((move) => (
              <MoveRow key={move.id} move={move} />
            ))}
          </Rows>
        </Section>
      )}
    </section>
  )
}
