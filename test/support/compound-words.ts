/**
 * Compounds of the field and of everyday language, with what they are made of; three parts where a part is itself a
 * compound. "gjestebok" gave way to "hundeskole": none of the dictionaries says that the Norwegian "gjest" takes an -e-.
 */
export const COMPOUNDS = {
  da: `
leverandørdialog = leverandør + dialog
kravspecifikation = krav + specifikation
prisliste = pris + liste
kontraktperiode = kontrakt + periode
testmiljø = test + miljø
projektleder = projekt + leder
datadeling = data + deling
brugertest = bruger + test
patientsikkerhed = patient + sikkerhed
vindmølle = vind + mølle
licensmodel = licens + model
teknologivurdering = teknologi + vurdering
behovsbeskrivelse = behov + beskrivelse
udbudsmateriale = udbud + materiale
samarbejdsaftale = samarbejde + aftale
arbejdsgruppe = arbejde + gruppe
innovationspartnerskab = innovation + partnerskab
evalueringsrapport = evaluering + rapport
virksomhedsplan = virksomhed + plan
forskningsinstitution = forskning + institution
kvalitetssikring = kvalitet + sikring
sundhedsvæsen = sundhed + væsen
forretningsmodel = forretning + model
beslutningsgrundlag = beslutning + grundlag
kommunikationsplan = kommunikation + plan
uddannelsesforløb = uddannelse + forløb
markedsdialog = marked + dialog
juletræ = jul + træ
gæstebog = gæst + bog
hundehus = hund + hus
folkeskole = folk + skole
landevej = land + vej
drengeskole = dreng + skole
leverandørdialogen = leverandør + dialog
prislisterne = pris + liste
testmiljøet = test + miljø
projektlederens = projekt + leder
behovsbeskrivelserne = behov + beskrivelse
forretningsmodeller = forretning + model
vindmøllerne = vind + mølle
innovationspartnerskabskontrakt = innovation + partnerskab + kontrakt
projektlederuddannelse = projekt + leder + uddannelse
kvalitetssikringssystem = kvalitet + sikring + system
markedsdialogmøde = marked + dialog + møde
folkeskolelærer = folk + skole + lærer`,
  nb: `
leverandørutvikling = leverandør + utvikling
prosjektleder = prosjekt + leder
brukertest = bruker + test
klimakrav = klima + krav
helseforetak = helse + foretak
helsetjeneste = helse + tjeneste
kommunestyre = kommune + styre
risikovurdering = risiko + vurdering
konkurransegrunnlag = konkurranse + grunnlag
kontraktsperiode = kontrakt + periode
tilbudsfrist = tilbud + frist
anskaffelsesprosess = anskaffelse + prosess
innovasjonspartnerskap = innovasjon + partnerskap
samarbeidsavtale = samarbeid + avtale
forskningsmiljø = forskning + miljø
velferdsteknologi = velferd + teknologi
markedsanalyse = marked + analyse
opplæringsplan = opplæring + plan
næringsliv = næring + liv
arbeidsgiver = arbeid + giver
tidsplan = tid + plan
virksomhetsstyring = virksomhet + styring
barnehage = barn + hage
juletre = jul + tre
hundeskole = hund + skole
folkehelse = folk + helse
leverandørutviklingen = leverandør + utvikling
samarbeidsavtalene = samarbeid + avtale
helsetjenestene = helse + tjeneste
prosjektledere = prosjekt + leder
tilbudsfristen = tilbud + frist
kommunestyrets = kommune + styre
innovasjonspartnerskapsavtale = innovasjon + partnerskap + avtale
velferdsteknologiprosjekt = velferd + teknologi + prosjekt
barnehagelærer = barn + hage + lærer`,
  nn: `
leverandørmøte = leverandør + møte
tenesteutvikling = teneste + utvikling
helseteneste = helse + teneste
prøveperiode = prøve + periode
prosjektleiar = prosjekt + leiar
marknadsdialog = marknad + dialog
arbeidsgjevar = arbeid + gjevar
forskingsprosjekt = forsking + prosjekt
utviklingsavtale = utvikling + avtale
verksemdsplan = verksemd + plan
kvalitetskrav = kvalitet + krav
tryggleikskrav = tryggleik + krav
kunnskapsdeling = kunnskap + deling
innovasjonsprosjekt = innovasjon + prosjekt
hestevogn = hest + vogn
forskingsprosjekta = forsking + prosjekt
utviklingsavtalane = utvikling + avtale
prosjektleiarane = prosjekt + leiar
marknadsdialogen = marknad + dialog
helsetenesteutvikling = helse + teneste + utvikling`,
};

/** Names, words of one stem, and words made with prefixes and endings: taken apart they would be nonsense. */
export const WHOLE_WORDS = {
  names: `Stavanger Silkeborg Holstebro Trondheim Kristiansand Haugesund Bornholm Helsingør Microsoft Kristensen`,
  simplex: `
leverandør temperatur journalist billede kontakt resultat alternativ dokument instrument argument parameter strategi kategori
litteratur universitet kommune ministerium sekretariat laboratorium menneske direktør konsulent entreprenør transport telefon
materiale identitet kartoffel margarin paragraf fotograf bibliotek kandidat kapitel karakter agenda balance restaurant kalender
september komponent operatør budsjett`,
  derived: `
forankring virksomhed kommunikasjon egenskab selskap medarbejder rettighed mulighet moglegheit sikkerhet tryggleik kunnskap
partnerskab eierskap regnskab videnskab organisation innovation information administration dokumentation implementering
evaluering finansiering konkurranse anskaffelse undersøgelse forberedelse afprøvning udvikling utfordring forventning
forutsetning erfaring samarbeid overdragelse gjennomføring tilfredshed oppmerksomhet betydning nødvendig bæredygtig hvordan
godkendelse henvendelse forespørsel forbedring`,
};

const NEUTER = new Set(
  'miljø materiale partnerskab væsen grundlag forløb træ hus system anlæg møde krav foretak tjenestekrav styre grunnlag partnerskap liv tre prosjekt forsking tilbud'.split(' '),
);
/** Words that double what follows a short vowel: model, modellen. */
const DOUBLING = new Set('model proces'.split(' '));
/** Their plurals change the vowel. */
const IRREGULAR = new Set('bog bok'.split(' '));
const JOINED_ENDINGS: Record<string, { e: string[]; eNeuter: string[]; agent: string[]; common: string[]; neuter: string[] }> = {
  da: { e: ['n', 'r', 'rne', 'ns', 'rnes'], eNeuter: ['t', 'r', 'rne', 'ts'], agent: ['en', 'e', 'ne', 'ens', 'nes'], common: ['en', 'er', 'erne', 'ens', 'ernes'], neuter: ['et', 'ene', 'ets', 's'] },
  nb: { e: ['n', 'r', 'ne', 'ns', 'nes'], eNeuter: ['t', 'r', 'ne', 'ts'], agent: ['en', 'e', 'ne', 'ens', 'nes'], common: ['en', 'er', 'ene', 'ens', 'enes'], neuter: ['et', 'ene', 'ets'] },
  nn: { e: ['n', 'r', 'ne'], eNeuter: ['t'], agent: ['en', 'ar', 'ane'], common: ['en', 'ar', 'ane'], neuter: ['et', 'a'] },
};

/** The definite forms and plurals of a word that ends in the noun `last`. */
export function formsOf(word: string, last: string, language: string): string[] {
  const endings = JOINED_ENDINGS[language];
  if (!endings) return [];
  const stem = DOUBLING.has(last) ? `${word}${word.at(-1) ?? ''}` : word;
  if (IRREGULAR.has(last)) return [`${word}en`];
  const kind = last.endsWith('e') && last !== 'tre' ? (NEUTER.has(last) ? endings.eNeuter : endings.e) : NEUTER.has(last) ? endings.neuter : /[ae]r$/.test(last) && language !== 'nn' ? endings.agent : endings.common;
  return kind.map((ending) => stem + ending);
}
