import { useAct } from '#web/client.ts'
import { Act, FieldsOf, FormOf, Refusal, Sheet, tell, useForm, Write } from '#web/kit/index.ts'
import { handoverRoutes } from '../contract.ts'
import { type LineOk, type SheetOk, useT } from './said.ts'

export type Asks = { verb: 'recall' | 'withdraw' } | { verb: 'object'; line: LineOk }
export type Doing = { verb: 'confirm' | 'confirmFor' | 'edit' } | { verb: 'line'; line: LineOk } | Asks
type Props = { sheet: SheetOk; onClose: () => void }

/** Signing binds: the password again, under what is shown. */
export function Sign({ sheet, side, count, onClose }: Props & { side: 'giver' | 'receiver' | 'for'; count: number }) {
  const t = useT()
  const done = {
    onDone: (after: SheetOk) => {
      tell(t(after.state === 'out' ? 'confirmed' : 'confirmedLast'))
      onClose()
    },
  }
  const own = useAct(handoverRoutes.confirm, done)
  const other = useAct(handoverRoutes.confirmFor, done)
  const act = side === 'for' ? other : own
  const form = useForm({ password: '', reason: '' }, { refused: act.error })
  const { password, reason } = form.values
  const signed = { id: sheet.id, mark: sheet.mark, password }
  const title = t(side === 'for' ? 'confirmFor' : side === 'giver' ? 'confirmGiver' : 'confirmReceiver')
  return (
    <Sheet open onClose={onClose} title={title}>
      <FormOf
        onSend={() => (side === 'for' ? other.mutate({ ...signed, reason }) : own.mutate(signed))}
        foot={
          <Act kind="main" type="submit" loading={act.isPending} disabled={password === ''}>
            {title}
          </Act>
        }
      >
        <p className="note">
          {t('confirmSay', { count })} {side === 'for' && t('confirmForSay')}
        </p>
        <FieldsOf
          form={form}
          fields={[
            { name: 'reason', label: t('why'), maxLength: 500, when: side === 'for' },
            { name: 'password', kind: 'password', label: t('password'), autoComplete: 'current-password', maxLength: 200 },
          ]}
        />
        <Refusal of={form.left} />
      </FormOf>
    </Sheet>
  )
}

/** Taking back, withdrawing and objecting ask why. */
export function Why({ sheet, doing, onClose }: Props & { doing: Asks }) {
  const t = useT()
  const fields = () => [{ name: 'reason' as const, kind: 'long' as const, label: t('why'), maxLength: 500 }]
  const shared = { start: { reason: '' }, fields, onClose }
  if (doing.verb === 'object')
    return (
      <Write
        {...shared}
        route={handoverRoutes.object}
        title={t('objectTitle', { title: doing.line.title })}
        verb={t('object')}
        send={({ reason }) => ({ id: sheet.id, part: doing.line.part, line: doing.line.id, reason })}
        done={() => t('objected')}
      />
    )
  return (
    <Write
      {...shared}
      route={handoverRoutes[doing.verb]}
      title={t(doing.verb)}
      verb={t(doing.verb)}
      send={({ reason }) => ({ id: sheet.id, reason })}
      done={() => t(doing.verb === 'recall' ? 'recalled' : 'withdrawn')}
    />
  )
}
