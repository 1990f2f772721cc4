import type { Recorded } from '#kernel';
import { shownData } from '#queries';

/** An event as others take it (CloudEvents 1.0): who, what, when on both clocks, and the facts. No names, for there are none in it, and nothing confidential. */
export const cloudEvent = (event: Recorded, source: string) => {
  const { id, type, meta, stream, revision, position } = event;
  return {
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
    data: shownData(event),
  };
};

/** `GroupLeadAssigned` as `group-lead-assigned`. */
export const kebab = (name: string): string =>
  name.replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
