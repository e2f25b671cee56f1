import { Accounts1764000000001 } from './1764000000001-accounts.js';
import { Content1764000000002 } from './1764000000002-content.js';
import { Search1764000000003 } from './1764000000003-search.js';
import { SearchIndex1764000000004 } from './1764000000004-search-index.js';
import { Compounds1764000000005 } from './1764000000005-compounds.js';
import { Thesaurus1764000000006 } from './1764000000006-thesaurus.js';
import { Questions1764000000007 } from './1764000000007-questions.js';
import { Frequency1764000000008 } from './1764000000008-frequency.js';

/** In the order in which they run. A migration that has been released is never changed. */
export const migrations = [Accounts1764000000001, Content1764000000002, Search1764000000003, SearchIndex1764000000004, Compounds1764000000005, Thesaurus1764000000006, Questions1764000000007, Frequency1764000000008];
