/** Most frequent first: how often each is given falls with its place. */
export const firstNames =
  `Marie Jean Camille Pierre Léa Michel Emma François Chloé Philippe Manon Nicolas Inès Thomas Zoé
Julien Élise Alexandre Anaïs Hugo Noé Lucas Théo Jules Gaël Étienne Aïcha Mehdi Fatou Minh Marie-Hélène Jean-Baptiste
Jean-Pierre Anne-Sophie Océane Raphaël Solène Yann Agnès Benoît Cécile Loïc Hélène Gaëlle Rémi Clément Maëlle Noémie
Olivia Amelia Isla Ava Freya Grace Niamh George Arthur Noah Leo Oscar Priya Imran Chloe Siobhán Harriet Callum Zara Rhys
James Mary Robert Patricia John Jennifer William Elizabeth David Barbara Richard Susan Joseph Jessica Charles Sarah
Søren Åsa Łukasz Zoë Ángel Núria Čeněk Jürgen Ömer Ştefan Beyoncé Renée Thuy Wei Yuki Aminata Kofi Ngozi`.split(
    /\s+/,
  );

export const lastNames =
  `Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre
Leroy Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure
André Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas
Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard
Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud Martínez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal
Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc Payet
Rolland Leclercq Guillaume Lecomte López Jean Dupuy Guillot Hubert Berger Carpentier Sánchez Dupuis Moulin Louis Deschamps
Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green
Hall Wood Jackson Clarke O’Brien O’Connor MacDonald Nguyen Øberg Łoś Müller Groß Straße Núñez Žižek`.split(
    /\s+/,
  );

export const cities =
  `Paris Lyon Marseille Toulouse Nantes Lille Bordeaux Rennes Strasbourg Nice London Leeds Bristol
Glasgow Brussels Liège Geneva Montréal Dublin Luxembourg`.split(/\s+/);

/** Domains that can never be somebody’s (RFC 2606). */
export const domains =
  `mail.example courriel.example post.example inbox.test lettre.test poste.example bücher.example`.split(
    /\s+/,
  );
