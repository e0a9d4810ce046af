import { orgRoutes } from '../contract.ts'
import { Appoint, Out, PersonForm, PutInCharge } from './person-forms.tsx'
import { PostForm } from './post-forms.tsx'
import { AddUnit, EditUnit, End } from './unit-forms.tsx'
import type { DoProps } from './write.tsx'

/** The form of whatever is being done. */
export function Do({ of, ...rest }: DoProps) {
  switch (of.verb) {
    case 'addUnit':
      return <AddUnit of={of} {...rest} />
    case 'editUnit':
      return <EditUnit unit={of.unit} {...rest} />
    case 'endUnit':
      return <End route={orgRoutes.endUnit} thing={of.unit} {...rest} />
    case 'endPost':
      return <End route={orgRoutes.endPost} thing={of.post} {...rest} />
    case 'addPost':
    case 'editPost':
      return <PostForm of={of} {...rest} />
    case 'appoint':
      return <Appoint post={of.post} {...rest} />
    case 'charge':
      return <PutInCharge unit={of.unit} {...rest} />
    case 'addPerson':
    case 'editPerson':
      return <PersonForm of={of} {...rest} />
    case 'endAppointment':
    case 'endCharge':
      return <Out of={of} {...rest} />
  }
}
