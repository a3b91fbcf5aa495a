/** The walk through the sample shop. */
export const tour = {
  name: 'Tour of the sample shop',
  open: 'Tour of the sample shop',
  progress: 'Stop {{at, number}} of {{of, number}}',
  skip: 'Later',
  close: 'Close the tour; it goes on here next time',
  end: 'Done',
  home: {
    title: 'Home answers in a sentence',
    text: 'What was sent, and how much was not, each with its reason: restraint is counted here. What waits for you comes first. In the bar below you can move the shop’s time and watch people answer.',
  },
  people: {
    title: 'Everybody you know',
    text: 'Type a name. Each person has their orders, their consents with proof, and why each message came or did not. All of them are made up.',
  },
  audience: {
    title: 'An audience is a rule',
    text: 'In plain words, as blocks or as text. Its size is counted while you change it, and you see people who are in and why.',
  },
  review: {
    title: 'What will happen, before it does',
    text: 'A campaign’s page says who gets it, who is left out and why, and what real people read. Whoever wrote it cannot approve it: a second person does, by saying its number.',
  },
  report: {
    title: 'Did it help?',
    text: 'Some people were left out by lot. The report compares them with the others and says “proven”, “not yet” or “harmful”, always with an interval.',
  },
  brake: {
    title: 'The brake is always there',
    text: 'In the header of every page, or Shift and B. One press stops all sending; two people release it. Ctrl K leads anywhere, ? shows every key. You find this tour again in the menu of your account.',
  },
} as const;
