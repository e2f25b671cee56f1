/** The three uses this service exists for; GraphiQL opens with them, README and docs/api.md show them. */
export const EXAMPLES = [
  {
    query: `# Find advice, in Danish, Norwegian or English
query Find {
  advice(search: "hvem eier rettighederne", filter: { roles: [SUPPLIER] }, first: 5) {
    totalCount
    facets { phases { value count } roles { value count } }
    edges {
      highlight { title excerpt }
      node { id title body why roles phases sources { title url } }
    }
  }
}
`,
  },
  {
    query: `# Tips for the phase you are about to enter
query ByPhase {
  phase(value: START_UP) {
    label(language: NB)
    meaning(language: NB)
    advice(filter: { roles: [PUBLIC_BUYER] }, search: "anbud", first: 10) {
      totalCount
      edges { node { title why } }
    }
  }
}
`,
  },
  {
    query: `# Pass on what you learned (sign in first: signInRequest, signInVerify)
mutation Contribute {
  adviceContribute(input: {
    language: NB
    title: "Avtal tidlig hvem som eier prøvedataene"
    body: "Skriv i avtalen hvem som eier data fra utprøvingen, og hva leverandøren kan bruke dem til etterpå."
    roles: [PUBLIC_BUYER]
    phases: [IDEA]
  }) {
    advice { id status }
    similar { advice { title } }
    userErrors { code field message }
  }
}
`,
  },
];
