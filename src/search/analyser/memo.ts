/** So many answers are kept; then it begins anew. */
const LIMIT = 50_000;

/** Remembers what a pure function answered for a text: words repeat, and analysing one is dear. */
export function remember<Answer>(compute: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= LIMIT) answers.clear();
    const answer = compute(text);
    answers.set(text, answer);
    return answer;
  };
}
