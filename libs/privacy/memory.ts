import type { Subjects } from './port.ts';

export function memorySubjects(): Subjects {
  const known = new Map<string, Readonly<Record<string, string>>>();
  return {
    put: async (subject, fields) => void known.set(subject, fields),
    get: async (subjects) =>
      new Map(subjects.flatMap((subject) => (known.has(subject) ? [[subject, known.get(subject)!]] : []))),
    close: async () => {},
  };
}
