import { useRef } from 'react'
import { useAct } from '#web/client.ts'
import { tell } from '#web/kit/index.ts'
import { useWords } from '#web/words.ts'
import { directiveRoutes, type ProposalView } from '../contract.ts'
import { words } from './words.ts'

/** The decisions of a page: each tells what was done, offers the way back where it is harmless, and then lets the page go on. */
export function useDecisions(goOn: (from: ProposalView | null) => void, goBack: (id: string) => void) {
  const t = useWords('directives', words)
  const last = useRef<string | null>(null)
  const accept = useAct(directiveRoutes.accept)
  const edit = useAct(directiveRoutes.edit)
  const merge = useAct(directiveRoutes.merge)
  const split = useAct(directiveRoutes.split)
  const aside = useAct(directiveRoutes.aside)
  const reopen = useAct(directiveRoutes.reopen)
  const mark = useAct(directiveRoutes.mark)
  const settle = useAct(directiveRoutes.settle)
  const all = [accept, edit, merge, split, aside, reopen, mark, settle]
  const failed = (error: Error) => tell(error.message, { tone: 'red' })
  const takeBack = (id: string) =>
    reopen.mutate(
      { id },
      {
        onSuccess: () => {
          last.current = null
          tell(t('done.reopen'))
          goBack(id)
        },
        onError: failed,
      },
    )
  const undoable = (id: string, says: string) => {
    last.current = id
    tell(says, { undo: () => takeBack(id) })
  }
  return {
    busy: all.some((one) => one.isPending),
    /** The refusal of the form that is open. */
    refused: accept.error ?? edit.error,
    clear: () => {
      accept.reset()
      edit.reset()
    },
    undo: () => last.current !== null && takeBack(last.current),
    takeBack,
    accept: (of: ProposalView, input: Omit<Parameters<typeof accept.mutate>[0], 'id'>, inForm: boolean) =>
      accept.mutate(
        { ...input, id: of.id },
        {
          onSuccess: () => {
            tell(t(of.type === 'duty' ? 'done.accept' : 'done.finding', { title: input.title }))
            goOn(of)
          },
          ...(inForm ? {} : { onError: failed }),
        },
      ),
    edit: (of: ProposalView, input: Omit<Parameters<typeof edit.mutate>[0], 'id'>) =>
      edit.mutate({ ...input, id: of.id }, { onSuccess: () => goOn(null) }),
    merge: (of: ProposalView, into: string) =>
      merge.mutate(
        { id: of.id, into },
        {
          onSuccess: () => {
            undoable(of.id, t('done.merge'))
            goOn(of)
          },
          onError: failed,
        },
      ),
    aside: (of: ProposalView, reason: string) =>
      aside.mutate(
        { id: of.id, reason },
        {
          onSuccess: () => {
            undoable(of.id, t('done.aside'))
            goOn(of)
          },
          onError: failed,
        },
      ),
    split: (of: ProposalView, at: number, then: (first: string) => void) =>
      split.mutate(
        { id: of.id, at },
        {
          onSuccess: ({ proposals }) => {
            tell(t('done.split'))
            then(proposals.find((one) => one.state === 'open')?.id ?? '')
          },
          onError: failed,
        },
      ),
    mark: (id: string, start: number, end: number, type: 'duty' | 'finding', then: (made: string) => void) =>
      mark.mutate(
        { id, start, end, type },
        {
          onSuccess: ({ proposals }) => {
            tell(t('done.mark'))
            then(proposals[0]?.id ?? '')
          },
          onError: failed,
        },
      ),
    settle: (id: string) => settle.mutate({ id }, { onSuccess: () => tell(t('done.settle')), onError: failed }),
  }
}
