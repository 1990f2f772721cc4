import { asMoment, s } from '#kernel';
import { ref } from '#domain';
import {
  exactRead,
  publicRelease,
  releaseCard,
  type ExactReadEntry,
  type PublicRelease,
  type ReleaseCard,
} from '#projections';
import type { Doc, Filter } from '#read-store';
import { idsIn, namesOf } from './names.ts';
import { ById, GetPublicRelease, ListPublicReleases, ListReleases, PageById } from './params.ts';
import { notFound } from './query.ts';
import { listed, names, owned, pageOf, pick, picked, question, whereOf } from './question.ts';

const ROW = [
  'id',
  'network',
  'table',
  'title',
  'status',
  'dimension',
  'knownAt',
  'prepared',
  'published',
  'withdrawn',
  'revision',
  'position',
  'updatedAt',
] as const;

export const listReleases = question({
  name: 'listReleases',
  path: '/releases',
  summary: 'The releases of a network, the latest prepared first; without their numbers.',
  params: ListReleases,
  answer: pageOf(picked(releaseCard.doc, ROW)),
  reads: ['release-card'],
  example: { network: ref('network') },
  run: (params, context) =>
    listed(
      context,
      params,
      {
        model: 'release-card',
        where: whereOf(params, { status: ['status', 'eq'], table: ['table', 'eq'] }),
        sort: ['prepared.at', -1],
      },
      (card: ReleaseCard) => pick(card, ROW),
      idsIn,
    ),
});

export const getRelease = question({
  name: 'getRelease',
  path: '/releases/{id}',
  summary: 'One release as those inside know it: its exact table, and what of it is hidden and why.',
  params: ById,
  answer: s.object({ release: releaseCard.doc, names }),
  reads: ['release-card'],
  example: { id: ref('release') },
  exact: ({ release: { id, network, definitions } }) =>
    definitions.some(({ sensitivity }) => sensitivity === 'small-numbers') ? { network, subject: id } : null,
  run: async ({ id }, context) => {
    const release = await owned<ReleaseCard>(context, 'release-card', id);
    return release === undefined ? notFound : { release, names: await namesOf(context, idsIn(release)) };
  },
});

const PUBLIC_ROW = ['id', 'network', 'table', 'title', 'status', 'publishedAt', 'withdrawn'] as const;

export const listPublicReleases = question({
  name: 'listPublicReleases',
  path: '/public/releases',
  summary: 'The tables that networks have published, the latest first.',
  params: ListPublicReleases,
  answer: pageOf(picked(publicRelease.doc, PUBLIC_ROW)),
  reads: ['public-release'],
  who: 'public',
  timeTravel: false,
  example: {},
  run: async ({ network, limit = 50, cursor }, { reader }) => {
    const page = await reader.find<PublicRelease & Doc>({
      model: 'public-release',
      where: whereOf({ network }, { network: ['network', 'eq'] }),
      sort: ['publishedAt', -1],
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    return { items: page.items.map((one) => pick(one, PUBLIC_ROW)), next: page.next, names: {} };
  },
});

/** As-of for the public is one of its releases: two days apart would tell who came in between (`domain.md` §4.4). */
export const getPublicRelease = question({
  name: 'getPublicRelease',
  path: '/public/releases/{network}/{table}',
  summary: 'The last release of a public table, now or at the end of a day; of one that was withdrawn only that.',
  params: GetPublicRelease,
  answer: s.object({ release: publicRelease.doc }),
  reads: ['public-release'],
  who: 'public',
  timeTravel: false,
  example: { network: ref('network'), table: 'kerncijfers' },
  run: async ({ network, table, asOf }, { reader }) => {
    const until: readonly Filter[] = asOf === undefined ? [] : [['publishedAt', 'lte', asMoment(asOf)]];
    const { items } = await reader.find<PublicRelease & Doc>({
      model: 'public-release',
      where: [['network', 'eq', network], ['table', 'eq', table], ...until],
      sort: ['publishedAt', -1],
      limit: 1,
    });
    return items[0] === undefined ? notFound : { release: items[0] };
  },
});

export const listExactReads = question({
  name: 'listExactReads',
  path: '/networks/{id}/exact-reads',
  summary: 'Who was given exact small numbers of a network, the latest first.',
  params: PageById,
  answer: pageOf(exactRead.doc),
  reads: ['exact-read'],
  who: ['data-steward', 'dpo', 'auditor'],
  example: { id: ref('network') },
  run: ({ id, ...page }, context) =>
    listed(
      context,
      { network: id, ...page },
      { model: 'exact-read', sort: ['at', -1] },
      (entry: ExactReadEntry) => entry,
      idsIn,
    ),
});
