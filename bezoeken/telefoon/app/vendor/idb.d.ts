// Where the type checker finds the types; the phone never loads this.
export * from "idb";
