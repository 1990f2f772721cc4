import { nothing } from '#kernel';
import { reject } from '../rejections.ts';
import type { ChangePartnerRole, JoinPartner, LeavePartner } from './commands.ts';
import { isOpen, unknownOrganisations, wrongState, type Decider } from './guards.ts';
import type { Known } from './state.ts';

const partnerOf = ({ partners }: Known, id: string) => partners.find(({ organisation }) => organisation === id);

export const joinPartner: Decider<JoinPartner> = ({ organisation, role }, action, { look }) => {
  if (!isOpen(action)) return wrongState(action);
  if (partnerOf(action, organisation) !== undefined) return reject('already-partner', { organisation });
  return (
    unknownOrganisations(look, 'organisation', [organisation]) ?? {
      type: 'PartnerJoined',
      data: { organisation, ...(role !== undefined && { role }) },
    }
  );
};

/** Also below the minimum for a start: partners leave, and the work list shows it. */
export const leavePartner: Decider<LeavePartner> = ({ organisation }, action) => {
  if (!isOpen(action)) return wrongState(action);
  if (partnerOf(action, organisation) === undefined) return reject('not-a-partner', { organisation });
  return { type: 'PartnerLeft', data: { organisation } };
};

export const changePartnerRole: Decider<ChangePartnerRole> = ({ organisation, role }, action) => {
  if (!isOpen(action)) return wrongState(action);
  const partner = partnerOf(action, organisation);
  if (partner === undefined) return reject('not-a-partner', { organisation });
  return partner.role === role ? nothing : { type: 'PartnerRoleChanged', data: { organisation, role } };
};
