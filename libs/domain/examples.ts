/** Ids for the examples in the API docs: valid, and the same wherever the same thing is meant. */
const REFS = {
  organisation: '1d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  network: '2d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  group: '3d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  person: '4d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  meeting: '5d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  decision: '6d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  action: '7d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  scheme: '9d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  grant: 'ad7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  agreement: 'cd7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  evidence: 'bd7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  drawingRight: 'dd7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  session: 'fd7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  secondment: 'ed7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  indicator: 'fe7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  otherAction: '7e7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  pattern: '7f7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  recommendation: '707f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  practice: '717f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  release: '727f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
  event: '8d7f0c52-9a0e-5b1c-8a51-0b9f3a1f9f10',
} as const;

export const ref = (thing: keyof typeof REFS): string => REFS[thing];
