import { nothing } from '#kernel';
import { reject, unknown, type Decide } from '../rejections.ts';
import type { CorrectEnterpriseNumber, EndOrganisation, RegisterOrganisation, RenameOrganisation } from './commands.ts';
import { enterpriseNumber } from '../enterprise-number.ts';
import type { OrganisationEvent } from './events.ts';
import { organisation as organisationAggregate, type Organisation } from './state.ts';

type Decider<C> = Decide<C, Organisation, OrganisationEvent>;
const wrongState = (organisation: Organisation) => reject('invalid-state', { status: organisation.status });
const wrongNumber = (written: string) => reject('invalid-enterprise-number', { enterpriseNumber: written });

export const register: Decider<RegisterOrganisation> = (command, organisation, { look }) => {
  if (organisation.status !== 'none') return nothing;
  const number = command.enterpriseNumber === undefined ? null : enterpriseNumber(command.enterpriseNumber);
  if (number === undefined) return wrongNumber(command.enterpriseNumber!);
  const umbrellaOf = command.umbrellaOf ?? [];
  for (const id of umbrellaOf)
    if (look(organisationAggregate, id).status !== 'active') return unknown('umbrellaOf', id);
  return {
    type: 'OrganisationRegistered',
    data: {
      name: command.name,
      sector: command.sector,
      units: command.units ?? [],
      enterpriseNumber: number,
      umbrellaOf,
    },
  };
};

export const rename: Decider<RenameOrganisation> = ({ name }, organisation) => {
  if (organisation.status !== 'active') return wrongState(organisation);
  return organisation.name === name ? nothing : { type: 'OrganisationRenamed', data: { name } };
};

export const correctNumber: Decider<CorrectEnterpriseNumber> = ({ enterpriseNumber: written }, organisation) => {
  if (organisation.status !== 'active') return wrongState(organisation);
  const number = written === null ? null : enterpriseNumber(written);
  if (number === undefined) return wrongNumber(written!);
  return organisation.enterpriseNumber === number
    ? nothing
    : { type: 'NumberCorrected', data: { enterpriseNumber: number } };
};

export const end: Decider<EndOrganisation> = (_command, organisation) => {
  if (organisation.status === 'ended') return nothing;
  return organisation.status === 'active' ? { type: 'OrganisationEnded', data: {} } : wrongState(organisation);
};
