export { fitItemKnn, type ItemKnnSettings } from './item-knn.ts';
export { type LinkModel, type Links, linkTaste } from './links.ts';
export { fitRp3beta, type Rp3betaSettings } from './rp3beta.ts';
export { loadLinks, saveLinks } from './save.ts';
