export { exportOrders } from './shop/csv.ts';
export { createShop, type SampleShop } from './shop/shop.ts';
