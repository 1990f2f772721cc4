import { asMoment, asOccurrence } from '#kernel';
import { ref } from '#domain';
import { communication, systemChange, type Communication, type SystemChange } from '#projections';
import { idsIn } from './names.ts';
import { ListCommunications, ListSystemChanges } from './params.ts';
import { listed, pageOf, question, whereOf } from './question.ts';

export const listCommunications = question({
  name: 'listCommunications',
  path: '/communications',
  summary: 'What a network told others, through which channel and to whom, the latest first.',
  params: ListCommunications,
  answer: pageOf(communication.doc),
  reads: ['communication'],
  example: { network: ref('network'), channel: 'flyer' },
  run: ({ from, until, ...params }, context) =>
    listed<Communication>(
      context,
      params,
      {
        model: 'communication',
        where: whereOf(
          {
            ...params,
            ...(from !== undefined && { from: asOccurrence(from) }),
            ...(until !== undefined && { until: asMoment(until) }),
          },
          { channel: ['channel', 'eq'], from: ['at', 'gte'], until: ['at', 'lte'] },
        ),
        sort: ['at', -1],
      },
      (one) => one,
      idsIn,
    ),
});

export const listSystemChanges = question({
  name: 'listSystemChanges',
  path: '/system-changes',
  summary:
    'How far a network has moved from one way of working to another, each time it was assessed, the latest first.',
  params: ListSystemChanges,
  answer: pageOf(systemChange.doc),
  reads: ['system-change'],
  example: { network: ref('network'), code: 'vraaggericht' },
  run: (params, context) =>
    listed<SystemChange>(
      context,
      params,
      { model: 'system-change', where: whereOf(params, { code: ['code', 'eq'] }), sort: ['at', -1] },
      (one) => one,
      idsIn,
    ),
});
