import type { ImportField } from '@mesure/contract/imports';

/** Lower case, no accents, letters and digits only: "N° de commande" → "n de commande". */
export const plainWords = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim();

/** Headers as English and French shops write them, in plain words, the likeliest first. */
export const headerWords: Readonly<Record<ImportField, readonly string[]>> = {
  orderId: [
    'order id', 'order number', 'order no', 'order', 'order ref', 'order reference', 'invoice no', 'invoice number', 'invoice',
    'transaction id', 'transaction', 'receipt', 'basket id', 'n commande', 'n de commande', 'no commande', 'numero commande',
    'numero de commande', 'num commande', 'id commande', 'commande', 'reference commande', 'ref commande', 'n facture',
    'numero de facture', 'facture', 'ticket', 'numero de ticket',
  ],
  orderDate: [
    'order date', 'invoice date', 'created at', 'order created at', 'purchase date', 'purchased at', 'ordered at', 'date of order',
    'transaction date', 'order time', 'date created', 'date', 'datetime', 'timestamp', 'date commande', 'date de commande',
    'date de la commande', 'date facture', 'date de facture', 'date d achat', 'date achat', 'cree le', 'date creation', 'date de creation',
  ],
  customerId: [
    'customer id', 'customer no', 'customer number', 'customer', 'client id', 'user id', 'buyer id', 'member id', 'account id',
    'contact id', 'customer ref', 'n client', 'id client', 'no client', 'numero client', 'numero de client', 'code client', 'client',
    'reference client', 'carte fidelite', 'n carte',
  ],
  email: [
    'email', 'e mail', 'email address', 'customer email', 'mail', 'billing email', 'buyer email', 'contact email', 'adresse email',
    'adresse e mail', 'adresse mail', 'courriel', 'email client', 'mail client', 'e mail client', 'adresse electronique',
  ],
  firstName: [
    'first name', 'firstname', 'given name', 'forename', 'customer first name', 'billing first name', 'prenom', 'prenom client',
    'prenom du client',
  ],
  lastName: [
    'last name', 'lastname', 'surname', 'family name', 'customer last name', 'billing last name', 'nom', 'nom client',
    'nom de famille', 'nom du client',
  ],
  fullName: ['customer name', 'full name', 'billing name', 'buyer name', 'nom complet', 'nom et prenom', 'nom prenom'],
  phone: [
    'phone', 'phone number', 'telephone', 'mobile', 'billing phone', 'customer phone', 'tel', 'portable', 'numero de telephone',
  ],
  language: ['language', 'locale', 'customer language', 'customer locale', 'langue'],
  country: ['country', 'billing country', 'country code', 'customer country', 'shipping country', 'pays', 'pays client', 'code pays'],
  region: ['region', 'state', 'province', 'billing state', 'billing province', 'county', 'departement', 'etat'],
  city: ['city', 'town', 'billing city', 'customer city', 'shipping city', 'ville', 'commune', 'localite'],
  sku: [
    'sku', 'stock code', 'stockcode', 'product sku', 'item sku', 'product code', 'product id', 'item id', 'item code', 'item number',
    'article no', 'article number', 'asin', 'ean', 'gtin', 'reference', 'ref', 'reference produit', 'ref produit', 'reference article',
    'ref article', 'code article', 'code produit', 'id produit', 'id article', 'ugs', 'article id',
  ],
  productName: [
    'product name', 'item name', 'product', 'product title', 'item', 'title', 'description', 'product description', 'item description',
    'designation', 'libelle', 'libelle article', 'libelle produit', 'nom produit', 'nom du produit', 'nom article', 'nom de l article',
    'produit', 'article', 'intitule',
  ],
  category: [
    'category', 'product category', 'item category', 'product type', 'department', 'categorie', 'categorie produit', 'famille',
    'rayon', 'univers', 'type de produit',
  ],
  quantity: [
    'quantity', 'qty', 'item quantity', 'units', 'qty ordered', 'quantity ordered', 'count', 'quantite', 'qte', 'qt', 'nombre',
    'nb articles', 'quantite commandee',
  ],
  unitPrice: [
    'unit price', 'price', 'item price', 'price each', 'unit cost', 'item cost', 'price per unit', 'selling price', 'prix unitaire',
    'prix unitaire ttc', 'prix unitaire ht', 'prix', 'pu', 'pu ttc', 'pu ht', 'prix ttc', 'prix ht', 'prix de vente', 'tarif',
  ],
  lineTotal: [
    'line total', 'item total', 'row total', 'line amount', 'amount', 'sales', 'total price', 'total', 'subtotal', 'montant',
    'montant ligne', 'montant ttc', 'montant ht', 'total ligne', 'total ttc', 'total ht', 'prix total', 'sous total', 'ca',
  ],
  currency: ['currency', 'currency code', 'order currency', 'devise', 'monnaie'],
  status: ['status', 'order status', 'state of order', 'financial status', 'statut', 'statut commande', 'statut de la commande', 'etat commande'],
  cancelledAt: ['cancelled at', 'canceled at', 'cancelled', 'canceled', 'is cancelled', 'cancellation date', 'annulee', 'annule', 'date d annulation', 'annule le'],
  gift: ['gift', 'is gift', 'gift wrap', 'gift order', 'gift message', 'cadeau', 'est un cadeau', 'emballage cadeau', 'message cadeau'],
};
