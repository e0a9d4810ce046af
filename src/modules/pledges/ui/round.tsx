import { useParams } from '@tanstack/react-router'
import type { OkOf } from '#kernel/contract.ts'
import { useAddress } from '#web/address.ts'
import { useAct, useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Act, Card, Figure, Figures, Go, Headline, Refusal, Section, Shown, tell, useWrites, write } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { pledgeRoutes } from '../contract.ts'
import { All } from './all.tsx'
import { useT } from './parts.tsx'

/** One round: how far it is, by unit and one by one. */
export default function RoundPage() {
  const { id } = useParams({ strict: false })
  const read = useRead(pledgeRoutes.round, { id: String(id) })
  return <Shown of={read}>{(one) => <Whole of={one} />}</Shown>
}

function Whole({ of }: { of: OkOf<typeof pledgeRoutes.round> }) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const [, put] = useAddress('unit', 'state')
  const { buttons, sheet } = useWrites(t, {
    issueRest: write(pledgeRoutes.issueRest, { due: 'day' }),
    withdrawRound: write(pledgeRoutes.withdrawRound, { reason: 'text' }),
  })
  const supplement = useAct(pledgeRoutes.supplementAll, { onDone: () => tell(t('supplementAll.done')) })
  const say = (day: string) => sayDay(day, lang, { thisYear: today })
  const sub =
    of.state === 'withdrawn'
      ? t('round.withdrawn', { reason: of.reason ?? '' })
      : [
          t(`kind.${of.kind}`),
          t('round.by', { by: of.by, day: say(of.recordedAt.slice(0, 10)) }),
          t('round.due', { day: say(of.due) }),
        ].join(' · ')
  return (
    <div className="pledge-round">
      <Headline
        title={of.title}
        sub={sub}
        actions={
          <>
            {of.actions.includes('supplementAll') && of.differing > 0 && (
              <Act kind="main" loading={supplement.isPending} onClick={() => supplement.mutate({ id: of.id })}>
                {t('supplementAll', { count: of.differing })}
              </Act>
            )}
            {buttons(of.actions, of)}
            <Go to="/pledges" search={{ view: 'rounds' }}>
              {t('round.back')}
            </Go>
          </>
        }
      />
      <Refusal of={supplement.error} />
      <Figures>
        <Figure name={t('round.total')} value={of.total} />
        <Figure name={t('round.inForce')} value={of.inForce} tone="green" />
        <Figure name={t('round.unsigned')} value={of.unsigned} tone={of.unsigned > 0 ? 'yellow' : 'plain'} />
        <Figure name={t('round.differing')} value={of.differing} tone={of.differing > 0 ? 'yellow' : 'plain'} />
      </Figures>
      <Section title={t('round.units')} note={t('round.unitsNote')}>
        <Card>
          <section className="pledge-table-box" aria-label={t('round.units')} tabIndex={-1}>
            <table className="pledge-table">
              <thead>
                <tr>
                  <th scope="col">{t('round.unit')}</th>
                  <th scope="col">{t('round.total')}</th>
                  <th scope="col">{t('round.inForce')}</th>
                  <th scope="col">{t('round.unsigned')}</th>
                </tr>
              </thead>
              <tbody>
                {of.units.map((one) => (
                  <tr key={one.unit.id}>
                    <th scope="row">
                      <button type="button" onClick={() => put({ unit: one.unit.id, state: null })}>
                        {one.unit.name}
                      </button>
                    </th>
                    <td>{one.total}</td>
                    <td>{one.inForce}</td>
                    <td>
                      {one.unsigned > 0 ? (
                        <button type="button" onClick={() => put({ unit: one.unit.id, state: 'unsigned' })}>
                          {one.unsigned}
                        </button>
                      ) : (
                        0
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </Card>
      </Section>
      <Section title={t('round.people')}>
        <All round={of.id} />
      </Section>
      {sheet}
    </div>
  )
}
