import { bind } from '#kernel/house.ts'
import { appoint, endAppointment, voidAppointment } from './actions/appointments.ts'
import { abolish, changes, hanging, merge, split, unitStory } from './actions/changes.ts'
import { charge, endCharge, voidCharge } from './actions/charges.ts'
import { endFact, grades, note, voidFact } from './actions/facts.ts'
import { office } from './actions/office.ts'
import { addPerson, editPerson, person, persons } from './actions/persons.ts'
import { addPost, editPost, endPost } from './actions/posts.ts'
import { undoChange } from './actions/undo.ts'
import { addUnit, editUnit, endUnit } from './actions/units.ts'
import { orgRefusals, orgRoutes } from './contract.ts'

export const org = bind(
  'org',
  orgRoutes,
  {
    office,
    persons,
    person,
    grades,
    addUnit,
    editUnit,
    endUnit,
    unitStory,
    hanging,
    changes,
    merge,
    split,
    abolish,
    undoChange,
    addPost,
    editPost,
    endPost,
    addPerson,
    editPerson,
    appoint,
    endAppointment,
    voidAppointment,
    note,
    endFact,
    voidFact,
    charge,
    endCharge,
    voidCharge,
  },
  orgRefusals,
)
