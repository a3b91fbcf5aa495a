export { createShop, type SampleShop } from './shop/shop.ts';
