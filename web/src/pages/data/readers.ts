/** How a table of the edition is read elsewhere: programs to copy, with the true address. */
import { apiUrl } from "../../api";
import type { Edition } from "../../types";

export interface Reader {
  name: string;
  code: string;
}

export function readers(edition: Edition): Reader[] {
  const table = edition.districts === null ? "areas" : "districts";
  const csv = apiUrl(`editions/${edition.id}/${table}.csv`);
  const parquet = apiUrl(`editions/${edition.id}/${table}.parquet`);
  return [
    {
      name: "R",
      code: `# Codes are text: without col_types 001001 would become 1001.
library(readr)
${table} <- read_csv("${csv}",
  col_types = cols(area = col_character()))

# or with types as they are, by way of Parquet
library(arrow)
download.file("${parquet}", "${table}.parquet", mode = "wb")
${table} <- read_parquet("${table}.parquet")
`,
    },
    {
      name: "Python",
      code: `import pandas as pd

${table} = pd.read_parquet("${parquet}")
# or
${table} = pd.read_csv("${csv}", dtype={"area": "string"})
`,
    },
    {
      name: "DuckDB",
      code: `-- DuckDB loads its extension httpfs for this.
SELECT * FROM read_parquet('${parquet}') LIMIT 10;
`,
    },
  ];
}
