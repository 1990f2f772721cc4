import { canonical, isRejected, nothing, plain, type DecisionContext } from '#kernel';
import { action as actionAggregate } from '../action/state.ts';
import { agenda } from '../agenda/state.ts';
import { authority, notBefore } from '../authority.ts';
import { approves, type RecordedDecision } from '../decision/state.ts';
import { measurement, measurementId } from '../measurement/state.ts';
import { isPeriodOf, unfitAggregation, unfitNumbers } from '../measure.ts';
import { isPartOf, network as networkAggregate } from '../network/state.ts';
import { organisation } from '../organisation/state.ts';
import { reject, unknown, type Decide, type Rejection } from '../rejections.ts';
import type {
  AdoptIndicator,
  AttachIndicator,
  DefineIndicator,
  DefineVersion,
  DetachIndicator,
  EndIndicator,
  SetTarget,
} from './commands.ts';
import type { Definition, IndicatorEvent, Scope } from './events.ts';
import { lastVersion, targetKnown, versionOn, type Defined, type Indicator } from './state.ts';

type Decider<C> = Decide<C, Indicator, IndicatorEvent>;
type Look = DecisionContext['look'];
type Objection = Rejection | undefined;
const wrongState = (indicator: Indicator): Rejection => reject('invalid-state', { status: indicator.status });

export const define: Decider<DefineIndicator> = (command, indicator, { look }) => {
  const { network, code } = command;
  if (indicator.status !== 'none') return reject('already-exists', { member: 'code', code });
  if (look(networkAggregate, network).status !== 'running') return unknown('network', network);
  const { dimensions = [], baseline = null, owner = null, objectives = [] } = command;
  const { name, definition, accountability, rba, level, unit, aggregation, ascending, horizon } = command;
  const { source, method, frequency, sensitivity, validFrom } = command;
  const defined: Definition = {
    name,
    definition,
    accountability,
    rba,
    level,
    unit,
    aggregation,
    ascending,
    horizon,
    dimensions,
    baseline,
    source,
    method,
    frequency,
    owner,
    sensitivity,
    objectives,
    validFrom,
  };
  return unfit(defined, network, look) ?? { type: 'IndicatorDefined', data: { code, ...defined } };
};

/** What holds from a later day on: values of periods before it are never put together with those after it (IND-2). */
export const defineVersion: Decider<DefineVersion> = (command, indicator, { look }) => {
  if (indicator.status !== 'running') return wrongState(indicator);
  const last = lastVersion(indicator);
  const { validFrom } = command;
  if (validFrom <= last.validFrom)
    return reject('version-not-later', { member: 'validFrom', notBefore: last.validFrom });
  const { version, validFrom: _from, ...former } = last;
  const changed = (Object.keys(former) as (keyof typeof former)[]).filter(
    (member) => command[member] !== undefined && !same(command[member], former[member]),
  );
  if (changed.length === 0) return reject('nothing-changed');
  const changes: Partial<Definition> = Object.fromEntries(changed.map((member) => [member, command[member]]));
  const defined = { ...last, ...changes, version: version + 1, validFrom };
  return unfit(defined, indicator.network, look) ?? { type: 'DefinitionVersioned', data: defined };
};

const same = (a: unknown, b: unknown): boolean => canonical(plain(a)) === canonical(plain(b));

/** What contradicts itself, or names what is not there. */
function unfit(definition: Definition, network: string, look: Look): Objection {
  const { baseline, owner, objectives } = definition;
  const contradiction =
    unfitAggregation(definition) ?? (baseline === null ? undefined : unfitNumbers(definition, baseline, 'baseline/'));
  if (contradiction !== undefined) return contradiction;
  if (owner !== null && look(organisation, owner).status !== 'active') return unknown('owner', owner);
  if (objectives.length === 0) return undefined;
  const common = look(agenda, network);
  const adopted = common.status === 'none' ? [] : common.objectives;
  const missing = objectives.find((code) => !adopted.includes(code));
  return missing === undefined
    ? undefined
    : reject('objective-not-in-agenda', { member: 'objectives', objective: missing });
}

/** A decision adopts the version that there is; a later version needs another one. */
export const adopt: Decider<AdoptIndicator> = (command, indicator, context) => {
  if (indicator.status !== 'running') return wrongState(indicator);
  const { version } = lastVersion(indicator);
  if (indicator.adopted === version) return nothing;
  const decision = decided(command, indicator, context);
  if (isRejected(decision)) return decision;
  const { decisionRef } = command;
  if (indicator.adoptedBy.includes(decisionRef!))
    return reject('decision-not-about-this', { decision: decisionRef, version });
  return {
    type: 'IndicatorAdopted',
    data: { version, decision: decisionRef! },
    ...notBefore(decision, context.occurredAt),
  };
};

/** IND-6: a target rests on a decision, and the one before it stays. */
export const setTarget: Decider<SetTarget> = (command, indicator, context) => {
  if (indicator.status !== 'running') return wrongState(indicator);
  const { period, numerator, denominator = null, floorPerChild = null } = command;
  const version = versionOn(indicator.versions, period.from);
  if (version === undefined) return tooEarly(indicator);
  if (!isPeriodOf(version.frequency, period))
    return reject('period-unfit', { member: 'period', frequency: version.frequency });
  const unfit =
    unfitNumbers(version, { numerator, denominator }) ??
    (floorPerChild === null ? undefined : unfitFloor(version, floorPerChild, denominator));
  if (unfit !== undefined) return unfit;
  const target = { period, numerator, denominator, floorPerChild };
  const present = targetKnown(indicator, period, context.now);
  if (present !== undefined) {
    const { period: _period, ...numbers } = target;
    if (same({ ...present, ...numbers }, present)) return nothing;
  }
  const decision = decided(command, indicator, context);
  if (isRejected(decision)) return decision;
  return {
    type: 'TargetSet',
    data: { ...target, decision: command.decisionRef! },
    ...notBefore(decision, context.occurredAt),
  };
};

const unfitFloor = (definition: Definition, floorPerChild: number, denominator: number | null): Objection => {
  const unfit = unfitNumbers(definition, { numerator: floorPerChild, denominator });
  return unfit === undefined ? undefined : reject(unfit.rejected, { ...unfit.params, member: 'floorPerChild' });
};

const tooEarly = (indicator: Defined): Rejection =>
  reject('before-definition', { member: 'period', validFrom: indicator.versions[0]!.validFrom });

/** The decision about this indicator that approves what is asked. */
function decided(
  { decisionRef }: { readonly decisionRef?: string },
  { network }: Defined,
  { look, id }: DecisionContext,
): RecordedDecision | Rejection {
  const decision = authority(look, decisionRef, { kind: 'indicator', id, network });
  if (isRejected(decision) || approves(decision.outcome)) return decision;
  return reject('wrong-outcome', { decision: decisionRef, outcome: decision.outcome });
}

export const attach: Decider<AttachIndicator> = (command, indicator, { look }) => {
  if (indicator.status !== 'running') return wrongState(indicator);
  const scope = scopeOf(command, indicator, look);
  if (isRejected(scope)) return scope;
  if (indicator.scopes[scope.id] === 'attached') return nothing;
  return { type: 'IndicatorAttached', data: { scope, network: command.network } };
};

/** Also from a scope that was never attached and is expected to measure because it once did. */
export const detach: Decider<DetachIndicator> = (command, indicator, { look, id }) => {
  if (indicator.status === 'none') return wrongState(indicator);
  const scope = scopeOf(command, indicator, look);
  if (isRejected(scope)) return scope;
  const now = indicator.scopes[scope.id];
  const { network, action } = command;
  const isExpected =
    now === 'attached' ||
    (now === undefined && look(measurement, measurementId(id, network, action)).status !== 'none');
  return isExpected ? { type: 'IndicatorDetached', data: { scope, network } } : nothing;
};

/** A network within that of the indicator, or an action of it. */
function scopeOf({ network, action }: AttachIndicator, { network: home }: Defined, look: Look): Scope | Rejection {
  if (look(networkAggregate, network).status !== 'running' || !isPartOf(network, home, look))
    return unknown('network', network);
  if (action === undefined) return { kind: 'network', id: network };
  const measured = look(actionAggregate, action);
  return measured.status === 'none' || measured.network !== network
    ? unknown('action', action)
    : { kind: 'action', id: action };
}

/** Periods that were over by then may still be measured. */
export const end: Decider<EndIndicator> = (_command, indicator) => {
  if (indicator.status === 'ended') return nothing;
  return indicator.status === 'running' ? { type: 'IndicatorEnded', data: {} } : wrongState(indicator);
};
