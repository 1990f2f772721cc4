/**
 * Member names that MongoDB, its driver or FerretDB do not take as they are: `.` anywhere, `$` in front, no name at all,
 * `_bsontype`, by which the driver knows its own classes, and `__proto__`, which programs are wary of.
 */
const SPECIAL = /[%.]|^\$|^_bsontype$|^__proto__$/g;
const EMPTY = '%';

export const encodeName = (name: string): string =>
  name === '' ? EMPTY : name.replace(SPECIAL, (special) => `%${special.charCodeAt(0).toString(16)}${special.slice(1)}`);

export const decodeName = (name: string): string =>
  name === EMPTY ? '' : name.replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** Where what filters and sorts see of a field is kept. A field is a path of names; there it is one name. */
export const keyName = (field: string): string => field.split('.').map(encodeName).join(':');
