const mb = 1024 * 1024

/** As much of a spreadsheet as is taken in. Bytes; rows with something in them; the last row's number; columns; cells, filled ones of merged areas counted. */
export const caps = {
  file: 20 * mb,
  unpacked: 400 * mb,
  ratio: 400,
  entries: 5000,
  rows: 50_000,
  lastRow: 200_000,
  columns: 702,
  cells: 2_000_000,
  seconds: 20,
  /** MB a reader of its own may take. */
  memory: 768,
  /** A file of more bytes, or that unpacks to more, is read in a thread of its own: starting one costs half a second. */
  apart: { file: mb / 2, unpacked: 16 * mb },
}
