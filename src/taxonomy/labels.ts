import { CollaborationForm, Language, Phase, Role, Stage } from './taxonomy.js';

export interface Wording {
  label: string;
  meaning: string;
}
type Labels<Value extends string> = Record<Value, Record<Language, Wording>>;

function wording(label: string, meaning: string): Wording {
  return { label, meaning };
}

export const ROLE_LABELS: Labels<Role> = {
  PUBLIC_BUYER: {
    DA: wording('Offentlig ordregiver', 'Den offentlige organisation, der har behovet og køber løsningen.'),
    NB: wording('Offentlig oppdragsgiver', 'Den offentlige virksomheten som har behovet og kjøper løsningen.'),
    NN: wording('Offentleg oppdragsgivar', 'Den offentlege verksemda som har behovet og kjøper løysinga.'),
    EN: wording('Public buyer', 'The public body that has the need and buys the solution.'),
  },
  SUPPLIER: {
    DA: wording('Leverandør', 'Virksomheden, der udvikler og sælger løsningen, alene eller i et konsortium.'),
    NB: wording('Leverandør', 'Bedriften som utvikler og selger løsningen, alene eller i et konsortium.'),
    NN: wording('Leverandør', 'Bedrifta som utviklar og sel løysinga, åleine eller i eit konsortium.'),
    EN: wording('Supplier', 'The company that develops and sells the solution, alone or in a consortium.'),
  },
  KNOWLEDGE_INSTITUTION: {
    DA: wording('Videninstitution', 'Universitet, forskningsinstitut eller anden institution, der bidrager med viden.'),
    NB: wording('FoU-miljø', 'Universitet, forskningsinstitutt eller annet miljø som bidrar med kunnskap.'),
    NN: wording('FoU-miljø', 'Universitet, forskingsinstitutt eller anna miljø som bidreg med kunnskap.'),
    EN: wording('Knowledge institution', 'A university, research institute or other body that contributes knowledge.'),
  },
  END_USER: {
    DA: wording('Slutbruger', 'Borgere, patienter, pårørende og medarbejdere, der skal bruge løsningen.'),
    NB: wording('Sluttbruker', 'Innbyggere, pasienter, pårørende og ansatte som skal bruke løsningen.'),
    NN: wording('Sluttbrukar', 'Innbyggjarar, pasientar, pårørande og tilsette som skal bruke løysinga.'),
    EN: wording('End user', 'Citizens, patients, relatives and staff who will use the solution.'),
  },
  FACILITATOR: {
    DA: wording('Facilitator', 'Rådgiver, klynge eller mægler, der hjælper parterne med at samarbejde.'),
    NB: wording('Prosessveileder', 'Rådgiver, klynge eller pådriver som hjelper partene med å samarbeide.'),
    NN: wording('Prosessrettleiar', 'Rådgivar, klynge eller pådrivar som hjelper partane med å samarbeide.'),
    EN: wording('Facilitator', 'An adviser, cluster or broker who helps the parties work together.'),
  },
};

export const PHASE_LABELS: Labels<Phase> = {
  IDEA: {
    DA: wording('Idé', 'Kortlæg udfordringen, hvem der har den, og hvad markedet tilbyder; vælg idéen med mest potentiale.'),
    NB: wording('Idé', 'Kartlegg utfordringen, hvem som har den, og hva markedet tilbyr; velg idéen med størst potensial.'),
    NN: wording('Idé', 'Kartlegg utfordringa, kven som har ho, og kva marknaden tilbyr; vel idéen med størst potensial.'),
    EN: wording('Idea', 'Map the challenge, who has it and what the market offers; choose the idea with most potential.'),
  },
  START_UP: {
    DA: wording('Opstart', 'Find partnere, afstem forventninger, indgå aftalen og organisér samarbejdet.'),
    NB: wording('Oppstart', 'Finn partnere, avklar forventninger, inngå avtalen og organiser samarbeidet.'),
    NN: wording('Oppstart', 'Finn partnarar, avklar forventingar, inngå avtalen og organiser samarbeidet.'),
    EN: wording('Start-up', 'Find partners, align expectations, sign the agreement and organise the collaboration.'),
  },
  INNOVATION: {
    DA: wording('Innovation', 'Udvikl, byg prototyper og afprøv sammen med medarbejdere og borgere.'),
    NB: wording('Innovasjon', 'Utvikle, lag prototyper og prøv ut sammen med ansatte og innbyggere.'),
    NN: wording('Innovasjon', 'Utvikle, lag prototypar og prøv ut saman med tilsette og innbyggjarar.'),
    EN: wording('Innovation', 'Develop, prototype and test together with staff and citizens.'),
  },
  MARKET_MATURATION: {
    DA: wording('Markedsmodning', 'Dokumentér effekten, gør produktet færdigt, og forbered salg og udbud.'),
    NB: wording('Markedsmodning', 'Dokumenter effekten, gjør produktet ferdig, og forbered salg og konkurranse.'),
    NN: wording('Marknadsmodning', 'Dokumenter effekten, gjer produktet ferdig, og førebu sal og konkurranse.'),
    EN: wording('Market maturation', 'Document the effect, finish the product, and prepare sale and tender.'),
  },
  IMPLEMENTATION: {
    DA: wording('Implementering', 'Sæt løsningen i drift, oplær brugerne, og udbred den til andre.'),
    NB: wording('Implementering', 'Sett løsningen i drift, gi opplæring, og spre den til andre.'),
    NN: wording('Implementering', 'Set løysinga i drift, gi opplæring, og spre ho til andre.'),
    EN: wording('Implementation', 'Put the solution into operation, train its users and scale it to others.'),
  },
};

export const STAGE_LABELS: Labels<Stage> = {
  NEEDS: {
    DA: wording('Behovsafklaring', 'Find og efterprøv det reelle behov, og forankr det hos ledelsen.'),
    NB: wording('Behovsavklaring', 'Finn og verifiser det reelle behovet, og forankre det i ledelsen.'),
    NN: wording('Behovsavklaring', 'Finn og verifiser det reelle behovet, og forankre det i leiinga.'),
    EN: wording('Needs clarification', 'Find and verify the real need, and anchor it with management.'),
  },
  MARKET_DIALOGUE: {
    DA: wording('Markedsdialog', 'Afprøv behov og muligheder med markedet; virksomheder finder partnere.'),
    NB: wording('Markedsdialog', 'Prøv behov og muligheter mot markedet; bedrifter finner partnere.'),
    NN: wording('Marknadsdialog', 'Prøv behov og høve mot marknaden; bedrifter finn partnarar.'),
    EN: wording('Market dialogue', 'Test need and possibilities with the market; firms meet partners.'),
  },
  COMPETITION: {
    DA: wording('Udbud', 'Offentliggør, prækvalificér, forhandl, tildel og skriv kontrakt.'),
    NB: wording('Konkurranse', 'Kunngjør, prekvalifiser, forhandle, tildel og skriv kontrakt.'),
    NN: wording('Konkurranse', 'Kunngjer, prekvalifiser, forhandle, tildel og skriv kontrakt.'),
    EN: wording('Competition', 'Announce, prequalify, negotiate, award and sign.'),
  },
  DEVELOPMENT: {
    DA: wording('Udvikling', 'Udvikl sammen i trin med delmål.'),
    NB: wording('Utvikling', 'Utvikle sammen i trinn med delmål.'),
    NN: wording('Utvikling', 'Utvikle saman i trinn med delmål.'),
    EN: wording('Development', 'Develop together in steps with interim targets.'),
  },
  PURCHASE: {
    DA: wording('Køb', 'Beslut, om optionen på køb skal bruges.'),
    NB: wording('Kjøp', 'Avgjør om kjøpsopsjonen skal brukes.'),
    NN: wording('Kjøp', 'Avgjer om kjøpsopsjonen skal brukast.'),
    EN: wording('Purchase', 'Decide whether to exercise the option to buy.'),
  },
  DIFFUSION: {
    DA: wording('Udbredelse', 'Andre køber og tager løsningen i brug; læringen deles.'),
    NB: wording('Spredning', 'Andre kjøper og tar løsningen i bruk; læringen deles.'),
    NN: wording('Spreiing', 'Andre kjøper og tek løysinga i bruk; læringa blir delt.'),
    EN: wording('Diffusion', 'Others buy and adopt the solution; learning is shared.'),
  },
};

export const FORM_LABELS: Labels<CollaborationForm> = {
  OPI_MINI: {
    DA: wording('OPI-mini', 'Et kort, lille samarbejde med få formaliteter.'),
    NB: wording('OPI-mini', 'Et kort, lite samarbeid med få formaliteter.'),
    NN: wording('OPI-mini', 'Eit kort, lite samarbeid med få formalitetar.'),
    EN: wording('OPI mini', 'A short, small collaboration with little formality.'),
  },
  EXPLORATORY: {
    DA: wording('Udforskende OPI', 'Et samarbejde, der udforsker problemet, før en løsning søges.'),
    NB: wording('Utforskende OPI', 'Et samarbeid som utforsker problemet før en løsning søkes.'),
    NN: wording('Utforskande OPI', 'Eit samarbeid som utforskar problemet før ei løysing blir søkt.'),
    EN: wording('Exploratory OPI', 'A collaboration that explores the problem before a solution is sought.'),
  },
  TENDER_FREE_OPI: {
    DA: wording('Udbudsfrit OPI', 'Fælles forskning og udvikling uden udbud; købet udbydes bagefter.'),
    NB: wording('OPI uten konkurranse', 'Felles forskning og utvikling uten konkurranse; kjøpet konkurranseutsettes etterpå.'),
    NN: wording('OPI utan konkurranse', 'Felles forsking og utvikling utan konkurranse; kjøpet blir konkurranseutsett etterpå.'),
    EN: wording('Tender-free OPI', 'Joint research and development without a tender; the purchase is tendered afterwards.'),
  },
  PRE_COMMERCIAL_PROCUREMENT: {
    DA: wording('Prækommercielt indkøb', 'Forskning og udvikling købt i konkurrerende trin, uden det færdige produkt.'),
    NB: wording('Førkommersiell anskaffelse', 'Forskning og utvikling kjøpt i konkurrerende trinn, uten det ferdige produktet.'),
    NN: wording('Førkommersiell anskaffing', 'Forsking og utvikling kjøpt i konkurrerande trinn, utan det ferdige produktet.'),
    EN: wording('Pre-commercial procurement', 'Research and development bought in competing stages, without the final product.'),
  },
  INNOVATION_PARTNERSHIP: {
    DA: wording('Innovationspartnerskab', 'Udvikling og køb i én procedure, udbudt før udviklingen.'),
    NB: wording('Innovasjonspartnerskap', 'Utvikling og kjøp i én prosedyre, konkurranseutsatt før utviklingen.'),
    NN: wording('Innovasjonspartnarskap', 'Utvikling og kjøp i éin prosedyre, konkurranseutsett før utviklinga.'),
    EN: wording('Innovation partnership', 'Development and purchase in one procedure, tendered before the development.'),
  },
};
