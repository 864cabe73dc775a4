// What web.py puts above sw.js.
declare const VERSIE: string;
declare const SCHIL: string;
declare const BESTANDEN: string[];
