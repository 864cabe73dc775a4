// Where the type checker finds the types; the phone never loads this.
import htm from "htm";
export default htm;
