/** What the API refuses and why, by the reason in its details; by its code where a reason is not known. */
export const errors = {
  codes: {
    invalid_request: 'Something here is not accepted as it is. Please check what you entered.',
    unauthenticated: 'Please sign in first.',
    wrong_credentials: 'This e-mail address and password do not go together.',
    forbidden: 'Your role does not allow this. Ask an admin of the workspace.',
    cross_site:
      'This request came from another site and was refused. Open this page again from its own address.',
    not_found: 'There is nothing here any more. It may have been removed in the meantime.',
    conflict: 'Somebody changed this in the meantime. Load it again and try once more.',
    too_large: 'This is larger than what is accepted.',
    unprocessable: 'This cannot be done as asked.',
    rate_limited: 'Too many requests. Wait a moment and try again.',
    internal: 'Something went wrong on the server. Nothing was changed.',
    unavailable: 'The server cannot answer at the moment. Try again shortly.',
  },
  reasons: {
    invitation_not_valid:
      'This invitation is not valid any more: it was used, taken back or is older than seven days. Ask for a new one.',
    already_member: 'This person is in the team already. Change their roles instead.',
    last_admin: 'This is the last admin. Make somebody else an admin first.',
    weak_password:
      'This password is too easy to guess. Take a few words that do not belong together, without your name or address.',
    setup_token_not_valid:
      'This set-up link is not valid. The right one is printed when the server starts, until the first account exists.',
    logo_too_large: 'This logo is too large. Save it smaller, or as WebP.',
    logo_not_a_picture: 'This file is not a PNG, JPEG or WebP picture. Export the logo as PNG.',
    logo_size: 'This logo has too many pixels a side. Save it smaller.',
    not_an_address: 'This is not an address. Write it like https://news.shop.example.',
    not_https:
      'The public address must begin with https://, because one-click unsubscribe works over https only.',
    more_than_an_origin: 'The public address is scheme and host only, such as https://news.shop.example.',
    not_engaged: 'This brake is not engaged.',
    not_requested: 'Nobody has asked for the release yet. Ask for it with a reason; another person confirms.',
    same_person: 'You asked for this release yourself. Another person has to confirm it.',
    person_needed: 'This is done by a person: sign in with your own account.',
    is_default: 'The default sender cannot be removed. Make another one the default first.',
    named_by_consents: 'Consents name this sender as the one they were given to; it has to stay.',
    consent_in_future: 'This consent is dated later than now. Give the moment when the person agreed.',
    unknown_entity: 'This legal sender does not exist any more. Choose one of the list.',
    no_source: 'A consent needs a source that proves it: name the form, file or document.',
    no_wording: 'A consent given on a form needs the exact words that were shown.',
    duplicate_topic: 'The topic “{{key}}” is in the list twice. Give each topic its own key.',
    import_state: 'This import has moved on in the meantime; this cannot be done with it any more.',
    too_many_files: 'An import takes at most 500 files. Begin another one for the rest.',
    file_twice: '{{file}} is part of this import already.',
    no_file: 'This import has no file yet. Send one first.',
    simulation_not_allowed: 'Addresses and consents can be made up only in a demonstration.',
    no_entity: 'Set up a legal sender first, in the settings: somebody has to be named as the sender.',
    import_interrupted:
      'This import was interrupted {{tries}} times and taken back. Look at the server’s log, then start a new import.',
    import_failed: 'Something went wrong on the server. Nothing was imported; its log says more.',
    import_running: 'Another import is running. Wait until it is done, or cancel it.',
    column_not_found: 'There is no column “{{column}}” in this file. Choose another one.',
    mapping_incomplete:
      'A column is still missing: the date, the product, the price, or what tells orders apart.',
    not_csv:
      '{{file}} cannot be read as CSV. Save it as “CSV UTF-8”, with the column names in the first line, and send it again.',
    unknown_encoding: '{{file}} is written in UTF-16. Save it as “CSV UTF-8” and send it again.',
    empty_file: 'There is nothing in {{file}} below its first line. Export it again.',
    packed_items: '{{file}} holds all items of an order in one cell. Export it again with one row per item.',
    record_too_long:
      '{{file}} has a line that never ends near line {{line}}: usually a quote that never closes. Export it again.',
    too_many_products: 'This file names too many products. Is the right column taken for the product code?',
    other_columns: '{{file}} does not have the same columns as the first file. Import it on its own.',
    broken_gzip: '{{file}} is a damaged or incomplete gzip file. Make it again and send it again.',
    file_gone: '{{file}} is no longer on the server. Send it again.',
    file_too_large: 'This file is too large. Split it and send the parts.',
    disk_full:
      'The disk of the server is full. Ask whoever runs the server to free some space, then try again.',
    profiles_contended: 'The same people are being written elsewhere at this moment. Try again.',
    segment_name_taken: 'There is an audience of this name already. Choose another name.',
    segment_changed: 'Somebody changed this audience in the meantime. Compare with theirs before you save.',
    query_timeout: 'This took too long and was stopped. Narrow the rule or the dates, then try again.',
    query_memory: 'This needs more memory than the server has. Narrow the rule or the dates.',
    version: 'Somebody saved this in the meantime. Load theirs, or keep yours over it.',
    state: 'This campaign has moved on in the meantime; this cannot be done with it any more.',
    findings: 'The review found errors. Repair them first.',
    fingerprint: 'Something changed since you looked at it. Look at the review again before you approve.',
    not_approved: 'Nobody has approved this campaign yet.',
    approval_void: 'What was approved is not what stands now. It needs a new approval.',
    own_work:
      'You wrote this campaign, its text or its audience, or asked for its approval. Somebody else has to approve it.',
    reserved_key: 'A variant cannot have this name: it stands for the people who get nothing.',
    not_editable: 'This campaign cannot be changed any more. Duplicate it.',
    empty_audience:
      'Nobody would receive this: the audience is empty, or every rule holds somebody back. Look at the review.',
    test_limit:
      'You have sent the most tests that an hour allows. The next one can leave in {{minutes}} min.',
    no_variant: 'This campaign does not have this variant any more.',
    no_message: 'The message of a variant does not exist any more. Choose another one.',
    no_sender: 'There is no sender yet: set up who sends, and from which address, in the settings.',
    template: 'This message cannot be made for this person: its text asks for something that is not there.',
    content_changed: 'The message was changed in the meantime. Look at it again, then try once more.',
    address: 'This person has no address that can be written to.',
    not_compiled: 'This message cannot be shown yet: its text has an error. It is marked in the editor.',
    newer_version:
      'Version {{latestVersion}} of this message was saved in the meantime. Open it and make your change there.',
    run_state: 'The sending has moved on in the meantime; this cannot be done any more.',
    not_uncertain: 'Only an uncertain send can be settled, and this one is not uncertain any more.',
    pinned_to_catcher: 'This is a demo: its messages stay in the catcher.',
    insecure_transport:
      'Without TLS, addresses and passwords could be read on the way. Choose TLS (465) or STARTTLS (587).',
    secret_unreadable:
      'The stored password of the mail server cannot be read any more. Enter it again, and make a new signing key.',
    dkim_record_not_found:
      'The record is not visible in DNS yet. Publish it, wait until it is there, and try again.',
    public_url_missing:
      'The public address of this server is not set: links to unsubscribe would lead nowhere. Set it in the settings.',
    public_url_not_https:
      'The public address of this server does not begin with https, which one-click unsubscribe requires.',
    identity_missing: 'This legal sender has no From address. Set one in the sender settings.',
    catcher_off: 'No mail server is set and the catcher does not run here. Set a mail server.',
    invalid_address: 'This is not one e-mail address.',
    address_needs_smtputf8:
      'The part before the @ has letters that most servers refuse. Use an address without accents.',
    invalid_header:
      'This text cannot stand in the head of an e-mail. Take out line breaks and unusual characters.',
    no_demo: 'Only the time of the demo can be moved.',
    moving: 'Time is moving already. Wait until it has arrived, or stop it.',
    not_ready: 'Time cannot be moved yet: the demo is still being prepared, or it plays your own orders.',
    unique_violation: 'This exists already under the same name.',
    foreign_key_violation: 'This is still used elsewhere, or points to something that is gone.',
  },
  needsRole: 'This needs the role {{roles}}. Ask an admin of the workspace.',
  roles: { marketer: 'marketer', approver: 'approver', admin: 'admin' },
  wait_one: 'Too many requests. Try again in {{count, number}} second.',
  wait_other: 'Too many requests. Try again in {{count, number}} seconds.',
  server: 'In the words of the server: {{text}}',
} as const;
