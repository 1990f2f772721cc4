import type { Recorded } from '#kernel';

/** An event as others take it (CloudEvents 1.0): who, what, when on both clocks, and the facts. No names: there are none in it. */
export const cloudEvent = ({ id, type, data, meta, stream, revision, position }: Recorded, source: string) => ({
  specversion: '1.0',
  id,
  source,
  type: `be.spoor.${kebab(type)}.v${meta.schema}`,
  subject: stream.id,
  time: meta.occurredAt,
  recordedtime: meta.recordedAt,
  datacontenttype: 'application/json',
  sequence: position,
  revision,
  network: meta.network,
  correlationid: meta.correlationId,
  causationid: meta.causationId,
  authid: meta.actor.subject,
  authrole: meta.actor.role,
  data,
});

/** `GroupLeadAssigned` as `group-lead-assigned`. */
export const kebab = (name: string): string =>
  name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
