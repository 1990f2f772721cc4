import type { Process, ProcessCommand, Recorded } from '#kernel';
import type { MeasurementEvent } from '#domain/measurement';

type Measured = Recorded<Extract<MeasurementEvent, { readonly type: 'MeasurementRecorded' }>>;

/** Who measures once is expected to go on: so the indicator itself knows from where there are values, and a release leaves none out. */
export const attachMeasured: Process = {
  name: 'attach-measured',
  reacts: (event) => (event.type === 'MeasurementRecorded' ? [attach(event as Measured)] : []),
};

const attach = ({ data: { indicator, scope }, meta }: Measured): ProcessCommand => ({
  command: 'AttachIndicator',
  id: indicator,
  body: { network: meta.network, ...(scope.kind === 'action' && { action: scope.id }) } as object,
});
