/** The languages of messages, chosen by the request's Accept-Language. */
export type Locale = 'da' | 'nb' | 'en';
export const LOCALES: readonly Locale[] = ['en', 'nb', 'da'];

/** Every expected refusal: what happened and what to do, in three languages; {name} is filled in. */
const MESSAGES = {
  UNAUTHENTICATED: {
    en: 'You are not signed in. Sign in with signInRequest and signInVerify, or send an API token as "Authorization: Bearer …".',
    nb: 'Du er ikke logget inn. Logg inn med signInRequest og signInVerify, eller send et API-token som «Authorization: Bearer …».',
    da: 'Du er ikke logget ind. Log ind med signInRequest og signInVerify, eller send et API-token som "Authorization: Bearer …".',
  },
  FORBIDDEN: {
    en: 'Your role may not do this. Ask an administrator if you need it.',
    nb: 'Rollen din kan ikke gjøre dette. Spør en administrator hvis du trenger det.',
    da: 'Din rolle må ikke gøre dette. Spørg en administrator, hvis du har brug for det.',
  },
  NOT_FOUND: {
    en: 'There is nothing with this id that you can see. Check the id, or search for it again.',
    nb: 'Det finnes ikke noe med denne id-en som du kan se. Kontroller id-en, eller søk på nytt.',
    da: 'Der findes ikke noget med dette id, som du kan se. Kontrollér id\'et, eller søg igen.',
  },
  ID_INVALID: {
    en: 'This is not an id from this service. Use an id exactly as an answer gave it.',
    nb: 'Dette er ikke en id fra denne tjenesten. Bruk en id nøyaktig slik et svar ga den.',
    da: 'Dette er ikke et id fra denne tjeneste. Brug et id nøjagtigt, som et svar gav det.',
  },
  PAGE_SIZE_INVALID: {
    en: 'Ask for 1 to {max} at a time; {got} is outside that. Use the cursors for more.',
    nb: 'Be om 1 til {max} om gangen; {got} er utenfor. Bruk markørene for å få flere.',
    da: 'Bed om 1 til {max} ad gangen; {got} er udenfor. Brug markørerne for at få flere.',
  },
  PAGE_DIRECTION_INVALID: {
    en: 'Give either first with after, or last with before, not a mixture.',
    nb: 'Oppgi enten first med after, eller last med before, ikke en blanding.',
    da: 'Angiv enten first med after eller last med before, ikke en blanding.',
  },
  SEARCH_PAGES_FORWARD_ONLY: {
    en: 'A search pages forward only: use first and after.',
    nb: 'Et søk blas bare framover: bruk first og after.',
    da: 'En søgning bladres kun fremad: brug first og after.',
  },
  CURSOR_INVALID: {
    en: 'This cursor does not belong to this query. Use a cursor that the same search, filter and sorting gave, or leave it out to start from the beginning.',
    nb: 'Denne markøren hører ikke til denne spørringen. Bruk en markør fra samme søk, filter og sortering, eller utelat den for å starte fra begynnelsen.',
    da: 'Denne markør hører ikke til denne forespørgsel. Brug en markør fra samme søgning, filter og sortering, eller udelad den for at begynde forfra.',
  },
  SEARCH_TOO_LONG: {
    en: 'A search takes at most {max} characters; this has {got}. Keep the words that matter most.',
    nb: 'Et søk tar høyst {max} tegn; dette har {got}. Behold de viktigste ordene.',
    da: 'En søgning tager højst {max} tegn; denne har {got}. Behold de vigtigste ord.',
  },
  SORT_NEEDS_SEARCH: {
    en: 'RELEVANCE needs a search. Give one, or sort by NEWEST or OLDEST.',
    nb: 'RELEVANCE krever et søk. Oppgi et, eller sorter etter NEWEST eller OLDEST.',
    da: 'RELEVANCE kræver en søgning. Angiv en, eller sortér efter NEWEST eller OLDEST.',
  },
  REQUIRED: {
    en: 'This is empty. Fill it in.',
    nb: 'Dette er tomt. Fyll det ut.',
    da: 'Dette er tomt. Udfyld det.',
  },
  TOO_LONG: {
    en: 'At most {max} characters fit here; shorten the text.',
    nb: 'Det er plass til høyst {max} tegn; kort ned teksten.',
    da: 'Der er plads til højst {max} tegn; forkort teksten.',
  },
  TOO_MANY: {
    en: 'At most {max} fit here; remove some.',
    nb: 'Det er plass til høyst {max}; fjern noen.',
    da: 'Der er plads til højst {max}; fjern nogle.',
  },
  URL_INVALID: {
    en: 'This is not a web address. Give one that starts with http:// or https://.',
    nb: 'Dette er ikke en nettadresse. Oppgi en som begynner med http:// eller https://.',
    da: 'Dette er ikke en webadresse. Angiv en, der begynder med http:// eller https://.',
  },
  EMAIL_INVALID: {
    en: 'This is not an e-mail address. Give one such as name@example.org.',
    nb: 'Dette er ikke en e-postadresse. Oppgi en som navn@example.org.',
    da: 'Dette er ikke en e-mailadresse. Angiv en som navn@example.org.',
  },
  NUMBER_INVALID: {
    en: 'Give a whole number from {min} to {max}.',
    nb: 'Oppgi et helt tall fra {min} til {max}.',
    da: 'Angiv et helt tal fra {min} til {max}.',
  },
  VALUE_UNKNOWN: {
    en: 'This takes {takes}.',
    nb: 'Dette tar {takes}.',
    da: 'Dette tager {takes}.',
  },
  CHARACTER_INVALID: {
    en: 'The text holds a character that cannot be stored (NUL or half of a surrogate pair). Remove it and send again.',
    nb: 'Teksten inneholder et tegn som ikke kan lagres (NUL eller et halvt surrogatpar). Fjern det og send på nytt.',
    da: 'Teksten indeholder et tegn, der ikke kan gemmes (NUL eller et halvt surrogatpar). Fjern det, og send igen.',
  },
  VERSION_REQUIRED: {
    en: 'Give the version that your change is based on.',
    nb: 'Oppgi versjonen som endringen bygger på.',
    da: 'Angiv den version, som ændringen bygger på.',
  },
  VERSION_STALE: {
    en: 'Somebody changed this since you read it: it is at version {current}, not {given}. Read it again, then repeat your change.',
    nb: 'Noen har endret dette siden du leste det: det har versjon {current}, ikke {given}. Les det på nytt, og gjenta endringen.',
    da: 'Nogen har ændret dette, siden du læste det: det har version {current}, ikke {given}. Læs det igen, og gentag ændringen.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    en: 'This idempotency key was used with another input. Use a new key for a new request.',
    nb: 'Denne idempotensnøkkelen er brukt med andre data. Bruk en ny nøkkel for en ny forespørsel.',
    da: 'Denne idempotensnøgle er brugt med andre data. Brug en ny nøgle til en ny forespørgsel.',
  },
  OWN_CONTRIBUTION: {
    en: 'Nobody reviews their own contribution. Ask another reviewer.',
    nb: 'Ingen vurderer sitt eget bidrag. Be en annen om å vurdere det.',
    da: 'Ingen vurderer sit eget bidrag. Bed en anden om at vurdere det.',
  },
  TRANSITION_ILLEGAL: {
    en: '{action} is not possible while the contribution is {state}. Possible now: {possible}.',
    nb: '{action} er ikke mulig mens bidraget er {state}. Mulig nå: {possible}.',
    da: '{action} er ikke muligt, mens bidraget er {state}. Muligt nu: {possible}.',
  },
  CALL_OPEN: {
    en: 'There is a call for this already, and it is open. Let it be answered, or close it first.',
    nb: 'Det er allerede etterlyst bidrag om dette, og etterlysningen er åpen. La den bli besvart, eller lukk den først.',
    da: 'Der er allerede efterlyst bidrag om dette, og efterlysningen er åben. Lad den blive besvaret, eller luk den først.',
  },
  CALL_CLOSED: {
    en: 'This call is closed. Contribute all the same, or answer one that is open: see calls.',
    nb: 'Denne etterlysningen er lukket. Bidra likevel, eller svar på en som er åpen: se calls.',
    da: 'Denne efterlysning er lukket. Bidrag alligevel, eller svar på en, der er åben: se calls.',
  },
  CODE_INVALID: {
    en: 'The code is wrong, used or too old. Check it, or ask for a new one with signInRequest.',
    nb: 'Koden er feil, brukt eller for gammel. Kontroller den, eller be om en ny med signInRequest.',
    da: 'Koden er forkert, brugt eller for gammel. Kontrollér den, eller bed om en ny med signInRequest.',
  },
  TOO_MANY_ATTEMPTS: {
    en: 'Too many attempts. Wait {minutes} minutes and try again.',
    nb: 'For mange forsøk. Vent {minutes} minutter og prøv igjen.',
    da: 'For mange forsøg. Vent {minutes} minutter, og prøv igen.',
  },
  OWN_ROLE: {
    en: 'Nobody changes their own role. Ask another administrator.',
    nb: 'Ingen endrer sin egen rolle. Be en annen administrator.',
    da: 'Ingen ændrer sin egen rolle. Bed en anden administrator.',
  },
  TOO_MANY_TOKENS: {
    en: 'You have {max} API tokens already. Revoke one first.',
    nb: 'Du har {max} API-tokener allerede. Trekk tilbake et først.',
    da: 'Du har allerede {max} API-tokens. Tilbagekald et først.',
  },
  CONCEPT_SLUG_INVALID: {
    en: "The concept's short name takes small letters, digits and hyphens, at most {max}, such as market-dialogue.",
    nb: 'Begrepets kortnavn tar små bokstaver, tall og bindestreker, høyst {max}, for eksempel market-dialogue.',
    da: 'Begrebets korte navn tager små bogstaver, tal og bindestreger, højst {max}, for eksempel market-dialogue.',
  },
  CONCEPT_SLUG_TAKEN: {
    en: 'There is a concept {slug} already. Change that one, or choose another name.',
    nb: 'Det finnes allerede et begrep {slug}. Endre det, eller velg et annet navn.',
    da: 'Der findes allerede et begreb {slug}. Ret det, eller vælg et andet navn.',
  },
  CONCEPT_UNKNOWN: {
    en: 'There is no concept {slug}. Use one that concepts gives.',
    nb: 'Det finnes ikke noe begrep {slug}. Bruk et som concepts gir.',
    da: 'Der findes ikke noget begreb {slug}. Brug et, som concepts giver.',
  },
  CONCEPT_RELATION_TWICE: {
    en: '{slug} is broader already; leave it out of related.',
    nb: '{slug} er allerede overordnet; utelat det fra related.',
    da: '{slug} er allerede overordnet; udelad det fra related.',
  },
  CONCEPT_RELATED_TO_ITSELF: {
    en: 'A concept is not related to itself. Leave it out.',
    nb: 'Et begrep er ikke i slekt med seg selv. Utelat det.',
    da: 'Et begreb er ikke beslægtet med sig selv. Udelad det.',
  },
  CONCEPT_CIRCLE: {
    en: 'Broader concepts go in a circle: {circle}. Take one of them out.',
    nb: 'Overordnede begreper går i ring: {circle}. Ta ut ett av dem.',
    da: 'Overordnede begreber går i ring: {circle}. Tag et af dem ud.',
  },
  LABELS_MISSING: {
    en: 'A concept needs names in da, nb, nn and en, each once.',
    nb: 'Et begrep trenger navn på da, nb, nn og en, hvert én gang.',
    da: 'Et begreb skal have navne på da, nb, nn og en, hvert én gang.',
  },
  LABEL_TOO_SHORT: {
    en: '"{label}" is too short to be looked for. Use at least two letters.',
    nb: '«{label}» er for kort til å lete etter. Bruk minst to bokstaver.',
    da: '"{label}" er for kort at lede efter. Brug mindst to bogstaver.',
  },
  LABEL_TOO_LONG: {
    en: '"{label}" is longer than {max} characters. Use what people write.',
    nb: '«{label}» er lengre enn {max} tegn. Bruk det folk skriver.',
    da: '"{label}" er længere end {max} tegn. Brug det, folk skriver.',
  },
  TEXT_NOT_PLAIN: {
    en: '"{text}" has markup or line breaks in it. Write plain text on one line.',
    nb: '«{text}» har formatering eller linjeskift i seg. Skriv ren tekst på én linje.',
    da: '"{text}" har formatering eller linjeskift i sig. Skriv ren tekst på én linje.',
  },
  LABEL_TWICE: {
    en: '"{label}" is there twice. Once is enough.',
    nb: '«{label}» står der to ganger. Én gang er nok.',
    da: '"{label}" står der to gange. Én gang er nok.',
  },
  THESAURUS_TOO_LARGE: {
    en: '{concepts} concepts with {labels} labels are too many to search with: at most {maxConcepts} and {maxLabels}.',
    nb: '{concepts} begreper med {labels} navn er for mange å søke med: høyst {maxConcepts} og {maxLabels}.',
    da: '{concepts} begreber med {labels} navne er for mange at søge med: højst {maxConcepts} og {maxLabels}.',
  },
  LABEL_SHARED: {
    en: '"{label}" is also a name of {others}. A search for it finds both; is that meant?',
    nb: '«{label}» er også navn på {others}. Et søk etter det finner begge; er det meningen?',
    da: '"{label}" er også navn på {others}. En søgning efter det finder begge; er det meningen?',
  },
  LABEL_TOO_COMMON: {
    en: '"{label}" stands in {share} % of the library, so it says little. Is a longer name closer to what is meant?',
    nb: '«{label}» står i {share} % av biblioteket, så det sier lite. Er et lengre navn nærmere det som menes?',
    da: '"{label}" står i {share} % af biblioteket, så det siger lidt. Er et længere navn tættere på det, der menes?',
  },
} as const satisfies Record<string, Record<Locale, string>>;

export type Code = keyof typeof MESSAGES;

/** The sentence for a code, with its values filled in. */
export function message(code: Code, locale: Locale, values: Readonly<Record<string, string | number>> = {}): string {
  return MESSAGES[code][locale].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
