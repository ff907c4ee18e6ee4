export * as topic from './topic';
export * as webhook from './webhook';
export * as dataGladlyOrganization from './data-gladly-organization';
export * as provider from './provider';
