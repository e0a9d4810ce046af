/** Generated from the migrated database; do not edit. */

type Maybe<T> = T | null

export interface Schema {
  'access_grant': {
    'tenant_id': string
    'id': string
    'person_id': string
    'role': string
    'unit_id'?: Maybe<string>
    'since': string
    'until'?: Maybe<string>
    'granted_by'?: Maybe<string>
    'ground': string
    'recorded_at': Date
  }
  'act': {
    'tenant_id': string
    'id': string
    'what': string
    'happened_on': string
    'happened_at': Date
    'recorded_at': Date
    'done_by': string
    'recorded_by': string
    'unit_id': string
    'state': string
    'corrects_id'?: Maybe<string>
    'reason'?: Maybe<string>
    'moved_by': string
    'moved_at': Date
  }
  'act_discharge': {
    'tenant_id': string
    'act_id': string
    'obligation_id': string
  }
  'act_person': {
    'tenant_id': string
    'act_id': string
    'person_id': string
  }
  'appointment': {
    'tenant_id': string
    'id': string
    'person_id': string
    'post_id': string
    'kind': string
    'since': string
    'until'?: Maybe<string>
    'recorded_at': Date
    'until_recorded_at'?: Maybe<Date>
    'voided_at'?: Maybe<Date>
    'level'?: Maybe<string>
    'from_unit_id'?: Maybe<string>
    'from_office'?: Maybe<string>
  }
  'burden': {
    'tenant_id': string
    'month': string
    'holder_id': string
    'kind': string
    'asked': number
  }
  'calendar_turn': {
    'tenant_id': string
    'id': string
    'name': string
    'years': string[]
    'marks': unknown
    'asked_on': string
    'asked_by'?: Maybe<string>
    'moved': number
    'began_at': Date
    'ended_at'?: Maybe<Date>
  }
  'calendar_year': {
    'tenant_id': string
    'id': string
    'year': number
    'name': string
    'days': unknown
    'papers': string[]
    'imported_by': string
    'recorded_at': Date
  }
  'charge': {
    'tenant_id': string
    'id': string
    'person_id': string
    'unit_id': string
    'since': string
    'until'?: Maybe<string>
    'recorded_at': Date
    'until_recorded_at'?: Maybe<Date>
    'voided_at'?: Maybe<Date>
  }
  'directive': {
    'tenant_id': string
    'id': string
    'title': string
    'kind': string
    'issued_on': string
    'speaker_post_id'?: Maybe<string>
    'body': string
    'body_hash': string
    'characters': number
    'source': string
    'outline': unknown
    'problems': unknown
    'state': string
    'recorded_by': string
    'recorded_at': Date
    'moved_by': string
    'moved_at': Date
  }
  'directive_event': {
    'tenant_id': string
    'id': string
    'directive_id': string
    'thing_id': string
    'verb': string
    'actor_id'?: Maybe<string>
    'at': Date
    'after': unknown
  }
  'duty': {
    'tenant_id': string
    'id': string
    'title': string
    'body': string
    'kind': string
    'polarity': string
    'measure'?: Maybe<string>
    'parent_id'?: Maybe<string>
    'directive_id'?: Maybe<string>
    'proposal_id'?: Maybe<string>
    'basis_start'?: Maybe<number>
    'basis_end'?: Maybe<number>
    'rrule'?: Maybe<string>
    'due'?: Maybe<string>
    'since': string
    'until'?: Maybe<string>
    'state': string
    'recorded_by': string
    'recorded_at': Date
    'moved_by': string
    'moved_at': Date
  }
  'duty_holder': {
    'tenant_id': string
    'id': string
    'duty_id': string
    'unit_id': string
    'post_id'?: Maybe<string>
    'person_id'?: Maybe<string>
    'since': string
    'until'?: Maybe<string>
    'recorded_at': Date
  }
  'evidence': {
    'tenant_id': string
    'id': string
    'act_id': string
    'hash': string
    'name': string
    'kind': string
    'size': number
    'taken_on'?: Maybe<string>
    'uploaded_at': Date
    'uploaded_by': string
    'state': string
    'reason'?: Maybe<string>
    'moved_by': string
    'moved_at': Date
  }
  'finding': {
    'tenant_id': string
    'id': string
    'directive_id': string
    'proposal_id': string
    'title': string
    'body': string
    'unit_id': string
    'person_id': string
    'due': string
    'recorded_by': string
    'recorded_at': Date
  }
  'idempotency': {
    'tenant_id': string
    'key': string
    'account_id': string
    'request_hash': string
    'status'?: Maybe<number>
    'answer'?: Maybe<unknown>
    'at': Date
  }
  'ledger_entry': {
    'tenant_id': string
    'id': string
    'kind': string
    'leaf': string
    'at': Date
  }
  'ledger_salt': {
    'tenant_id': string
    'entry_id': string
    'thing_id': string
    'actor_id': string
    'salt': Uint8Array
    'content': string
  }
  'obligation': {
    'tenant_id': string
    'id': string
    'because': string
    'because_id': string
    'kind': string
    'title': string
    'period': string
    'holder_id': string
    'unit_id': string
    'opens': string
    'warn_from': string
    'due': string
    'state': string
    'done_on'?: Maybe<string>
    'act_id'?: Maybe<string>
    'version': number
    'recorded_at': Date
    'part': number
    'part_of'?: Maybe<string>
    'reckoned'?: Maybe<string>
    'reckoned_from'?: Maybe<string>
  }
  'obligation_event': {
    'tenant_id': string
    'obligation_id': string
    'version': number
    'kind': string
    'effective_at': Date
    'recorded_at': Date
    'actor_id'?: Maybe<string>
    'reason'?: Maybe<string>
    'act_id'?: Maybe<string>
    'state': string
    'holder_id': string
    'unit_id': string
    'warn_from': string
    'due': string
    'done_on'?: Maybe<string>
    'turn_id'?: Maybe<string>
  }
  'person': {
    'tenant_id': string
    'id': string
    'name': string
    'recorded_at': Date
    'born'?: Maybe<string>
  }
  'person_fact': {
    'tenant_id': string
    'id': string
    'person_id': string
    'kind': string
    'value'?: Maybe<string>
    'unit_id'?: Maybe<string>
    'since': string
    'until'?: Maybe<string>
    'recorded_at': Date
    'until_recorded_at'?: Maybe<Date>
    'voided_at'?: Maybe<Date>
  }
  'post': {
    'tenant_id': string
    'id': string
    'unit_id': string
    'name': string
    'aliases': string[]
    'roles': string[]
    'sort': number
    'since': string
    'until'?: Maybe<string>
    'recorded_at': Date
    'exclusive': boolean
    'level'?: Maybe<string>
  }
  'post_former': {
    'tenant_id': string
    'post_id': string
    'until': string
    'name': string
    'unit_id': string
    'recorded_at': Date
  }
  'proposal': {
    'tenant_id': string
    'id': string
    'directive_id': string
    'seq': number
    'type': string
    'start_at': number
    'end_at': number
    'title': string
    'body': string
    'holders': unknown
    'assigned'?: Maybe<unknown>
    'kind': string
    'polarity': string
    'cadence'?: Maybe<unknown>
    'due'?: Maybe<unknown>
    'measure'?: Maybe<string>
    'why': unknown
    'confidence': number
    'state': string
    'reason'?: Maybe<string>
    'into_id'?: Maybe<string>
    'made_id'?: Maybe<string>
    'recorded_by'?: Maybe<string>
    'recorded_at': Date
    'moved_by'?: Maybe<string>
    'moved_at'?: Maybe<Date>
  }
  'schema_migration': {
    'name': string
    'hash': string
    'applied_at': Date
  }
  'tally': {
    'tenant_id': string
    'unit_id': string
    'kind': string
    'due': string
    'warn_from': string
    'open': number
    'on_time': number
    'late': number
    'waived': number
  }
  'tenant': {
    'id': string
    'code': string
    'name': string
    'path': string
    'zone': string
    'fictional': boolean
  }
  'tenant_key': {
    'tenant_id': string
    'purpose': string
    'key': Uint8Array
  }
  'unit': {
    'tenant_id': string
    'id': string
    'parent_id'?: Maybe<string>
    'name': string
    'aliases': string[]
    'line': string
    'kind': string
    'sort': number
    'since': string
    'until'?: Maybe<string>
    'recorded_at': Date
  }
  'unit_change': {
    'tenant_id': string
    'id': string
    'kind': string
    'since': string
    'units': string[]
    'ground'?: Maybe<string>
    'done': unknown
    'recorded_by'?: Maybe<string>
    'recorded_at': Date
    'undone_at'?: Maybe<Date>
  }
  'unit_former': {
    'tenant_id': string
    'unit_id': string
    'until': string
    'name': string
    'parent_id'?: Maybe<string>
    'recorded_at': Date
  }
  'unit_successor': {
    'tenant_id': string
    'unit_id': string
    'successor_id': string
    'since': string
    'change_id': string
  }
  'auth.account': {
    'id': string
    'accountId': string
    'providerId': string
    'userId': string
    'accessToken'?: Maybe<string>
    'refreshToken'?: Maybe<string>
    'idToken'?: Maybe<string>
    'accessTokenExpiresAt'?: Maybe<Date>
    'refreshTokenExpiresAt'?: Maybe<Date>
    'scope'?: Maybe<string>
    'password'?: Maybe<string>
    'createdAt': Date
    'updatedAt': Date
  }
  'auth.membership': {
    'tenant_id': string
    'account_id': string
    'person_id'?: Maybe<string>
    'sign_in_name': string
  }
  'auth.session': {
    'id': string
    'token': string
    'userId': string
    'expiresAt': Date
    'ipAddress'?: Maybe<string>
    'userAgent'?: Maybe<string>
    'createdAt': Date
    'updatedAt': Date
  }
  'auth.user': {
    'id': string
    'name': string
    'email': string
    'emailVerified': boolean
    'image'?: Maybe<string>
    'createdAt': Date
    'updatedAt': Date
    'username'?: Maybe<string>
    'displayUsername'?: Maybe<string>
  }
  'auth.verification': {
    'id': string
    'identifier': string
    'value': string
    'expiresAt': Date
    'createdAt': Date
    'updatedAt': Date
  }
}
