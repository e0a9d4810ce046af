import { ChangeForm } from './change-form.tsx'
import { NoteForm } from './fact-forms.tsx'
import { Appoint, Out, PersonForm, PutInCharge } from './person-forms.tsx'
import { EndPost, PostForm } from './post-forms.tsx'
import { AddUnit, EditUnit } from './unit-forms.tsx'
import type { DoProps } from './write.tsx'

/** The form of whatever is being done. */
export function Do({ of, ...rest }: DoProps) {
  switch (of.verb) {
    case 'addUnit':
      return <AddUnit of={of} {...rest} />
    case 'editUnit':
      return <EditUnit unit={of.unit} {...rest} />
    case 'change':
      return <ChangeForm of={of} {...rest} />
    case 'endPost':
      return <EndPost post={of.post} {...rest} />
    case 'addPost':
    case 'editPost':
      return <PostForm of={of} {...rest} />
    case 'appoint':
      return <Appoint post={of.post} {...rest} />
    case 'charge':
      return <PutInCharge unit={of.unit} {...rest} />
    case 'note':
      return <NoteForm of={of} {...rest} />
    case 'addPerson':
    case 'editPerson':
      return <PersonForm of={of} {...rest} />
    case 'endAppointment':
    case 'endCharge':
    case 'endFact':
      return <Out of={of} {...rest} />
  }
}
