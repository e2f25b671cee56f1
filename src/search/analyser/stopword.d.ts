declare module 'stopword' {
  export const dan: string[];
  export const eng: string[];
  export const nob: string[];
}
