export {
  type Carrier,
  type CarrierCounts,
  type Carriers,
  type CarriersInput,
  carriersOf,
  type NoCarriers,
} from './carriers.ts';
