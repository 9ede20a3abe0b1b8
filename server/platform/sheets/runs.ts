/**
 * Text that a spreadsheet program may take for a formula when it opens a CSV: the signs with which one begins, also as the full
 * width signs that East Asian programs read alike, behind blanks that some programs drop.
 */
export const runs = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;
