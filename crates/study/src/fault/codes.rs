//! The catalogue itself: every problem there is, once.

use super::catalogue::{Entry, ExitClass, Severity};

macro_rules! catalogue {
    ($($name:ident = $number:literal, $severity:ident, $class:ident, $title:literal,
        $meaning:literal, $cause:literal, $action:literal;)*) => {
        /// The kinds of problems. Numbers never change their meaning and are not used twice.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// All kinds, by number.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// What the catalogue says about it.
            pub const fn entry(self) -> Entry {
                match self {
                    $(Self::$name => Entry {
                        number: $number,
                        title: $title,
                        severity: Severity::$severity,
                        class: ExitClass::$class,
                        meaning: $meaning,
                        cause: $cause,
                        action: $action,
                    },)*
                }
            }

            /// `D0202`.
            pub const fn number(self) -> &'static str {
                self.entry().number
            }
        }
    };
}

catalogue! {
    // The study.
    StudyMissing = "D0001", Error, Usage, "No study here",
        "The `study.toml` that was named does not exist or cannot be read.",
        "A misspelt path, or a command started in another folder.",
        "Check the path; `distretto init` writes a commented `study.toml` to start from.";
    StudySyntax = "D0002", Error, Usage, "study.toml is not TOML",
        "The file breaks the rules of TOML, so nothing in it can be relied on.",
        "Most often a missing quotation mark or bracket, or the same key twice in a section.",
        "Look at the row that is named; texts stand in quotation marks, lists in square brackets.";
    StudyKey = "D0003", Error, Usage, "Unknown key in study.toml",
        "A key is not part of a study. It is refused because a misspelt key that is ignored changes results unnoticed.",
        "A slip of the pen, or a key in the wrong section.",
        "Use the key that is suggested, or look it up in `docs/study.md`.";
    StudyValue = "D0004", Error, Usage, "Value of the wrong kind in study.toml",
        "A key has a value that it cannot have.",
        "A number in quotation marks, a text without them, or a word that is not one of the choices.",
        "The message says what is expected; `docs/study.md` lists every key with its kind and default.";
    StudyIncomplete = "D0005", Error, Usage, "Something is missing from study.toml",
        "The work that was asked for needs a section or key that the study does not have.",
        "The section was left out or is commented out.",
        "Add what the message names; `docs/study.md` shows an example of each section.";
    AreaParameters = "D0006", Error, Usage, "Area parameters out of range",
        "The sizes and self-containments that an area must reach do not fit together: sizes are above 0, \
         self-containments within 0 and 1, and each target lies above (size) or not below (self-containment) its minimum.",
        "Minimum and target were swapped, or a share was written as a percentage.",
        "Choose `min_size` < `target_size` and `min_sc` <= `target_sc`, for instance 1000, 10000, 0.6 and 0.75.";
    DistrictParameters = "D0007", Error, Usage, "District thresholds out of range",
        "A threshold of the district rule lies outside the range it has a meaning in.",
        "A share was written as a percentage, or a negative number slipped in.",
        "Shares lie within 0 and 1; location quotients and ratios are not negative.";
    KeysConflict = "D0008", Error, Usage, "Two keys exclude each other",
        "Two keys of the study ask for different things at the same time.",
        "A section was copied from another study and only partly changed.",
        "Remove one of the keys that the message names.";
    VintageStated = "D0009", Error, Usage, "Tables of different vintages",
        "A table states a vintage of zones that is not the study's, and nothing says how to translate its codes.",
        "Municipalities merge and counties change their codes; tables of different years do not match row by row.",
        "Give a `crosswalk` or a `recode` for the table, or correct `vintage` if the codes are the same after all.";
    StreamTwice = "D0010", Error, Usage, "One stream for two tables",
        "Two arguments of a command name standard input, or the same pipe. It can be read only once, so one of them would be empty.",
        "`-` or `/dev/stdin` was given twice.",
        "Give one of the tables as a file; in most shells `<(command)` makes a pipe of its own.";
    CertaintyParameters = "D0011", Error, Usage, "Certainty out of range",
        "A key of `[certainty]` has a value that says nothing: fewer than two replicates, a share or a confidence level outside its \
         range, or classes of margins that do not ascend.",
        "A share was written as a percentage, or the classes of margins were listed in another order.",
        "The message names the key and its range; `docs/study.md` shows an example.";
    CertaintyRules = "D0012", Error, Usage, "Rules that cannot be drawn",
        "The ranges and lists of `[certainty.rule]` allow values that are no rule, or no values at all.",
        "A range that runs downwards, an empty list, or ranges that overlap, such as a `min_size` that may exceed `target_size`.",
        "Narrow the ranges until every combination of values is a rule.";
    NothingVaries = "D0013", Error, Usage, "A source that changes nothing",
        "`[certainty]` lets something vary that cannot change the results, so it would pass for certainty.",
        "A source in `vary` without the keys that say how it varies, or a key for a part of the work that this study does not do, such \
         as sizes of areas where the areas are given.",
        "Say how the source varies, or take it out of `vary`; remove keys that change nothing.";
    VaryingUnused = "D0014", Warning, Usage, "Keys of a source that does not vary",
        "The study says how something varies, but `vary` does not name it, so these keys have no effect.",
        "A source was taken out of `vary` for a while.",
        "Nothing if it is meant; otherwise name the source in `vary`.";

    // Files.
    FileMissing = "D0101", Error, Input, "No such file",
        "A file that the study names does not exist.",
        "A misspelt name, or a path that is not relative to the folder of `study.toml`.",
        "Correct the path; a similar name in the same folder is suggested where there is one.";
    FileUnreadable = "D0102", Error, Input, "A file cannot be read",
        "The system refuses to open or read the file.",
        "Missing permission, a folder in the place of a file, or a failing disk.",
        "Check that the path is a file and that you may read it.";
    PatternEmpty = "D0103", Error, Input, "A pattern matches no file",
        "A path with `*` or `?` was given and no file fits it.",
        "Files lie in another folder or end differently, for instance in `.csv.gz`.",
        "Widen the pattern or list the files one by one.";
    FileTruncated = "D0104", Error, Input, "A compressed file is cut off",
        "The compressed data ends in the middle; the rows after that point are lost.",
        "An interrupted download or a full disk.",
        "Fetch the file again and compare its size with the source.";
    FileCorrupt = "D0105", Error, Input, "A compressed file is damaged",
        "The compressed data contradicts itself, so what it held cannot be restored.",
        "A transfer in text mode, a failing disk, or something appended to the file.",
        "Fetch the file again; `gzip -t` or `zstd -t` tell whether it is sound.";
    Encoding = "D0106", Error, Input, "A text is not UTF-8",
        "The file has bytes that are not UTF-8. Guessing the encoding could turn names and codes into others.",
        "Spreadsheet programs on Windows save Windows-1252 or UTF-16 unless told otherwise.",
        "Save it as \"CSV UTF-8\", or convert it: `iconv -f WINDOWS-1252 -t UTF-8 in.csv > out.csv`, with `-f UTF-16` where the message says so.";
    FileFormat = "D0107", Error, Input, "Not a table this program reads",
        "The first bytes show a format that is not CSV, TSV or Parquet, plain or compressed with gzip or zstd.",
        "A spreadsheet, a zip archive or a database was given in the place of a table.",
        "Unpack the archive or export the table as CSV or Parquet.";
    ParquetInvalid = "D0108", Error, Input, "A Parquet file cannot be read",
        "The file starts like Parquet, but its contents cannot be decoded.",
        "A cut-off file, or a compression codec other than Snappy or Zstandard.",
        "Write it again with Snappy or Zstandard compression.";

    // Tables.
    TableEmpty = "D0201", Error, Input, "An empty table",
        "The table has no rows.",
        "An export that failed, or a file that holds the header only.",
        "Check the file and how it was made.";
    ColumnMissing = "D0202", Error, Input, "A column is missing",
        "A column that is needed, or that the study names, is not in the table.",
        "The table calls it something else, or the delimiter was not recognised.",
        "Say what it is called with `columns = { ... }`, or set `delimiter`.";
    ColumnTwice = "D0203", Error, Input, "Two columns of the same name",
        "The header has the name of a needed column twice, so it is not clear which is meant.",
        "Two tables were joined side by side.",
        "Rename or remove one of them.";
    RaggedRow = "D0204", Error, Input, "A row with too few or too many fields",
        "A row does not have as many fields as the header.",
        "A delimiter or a quotation mark inside a text that is not quoted, or a cut-off last line.",
        "Quote texts that contain the delimiter, and double the quotation marks inside them.";
    NotANumber = "D0205", Error, Input, "Not a number",
        "A field that must be a number is not one.",
        "Thousands separators, units, or marks for missing values such as `-` or `..`.",
        "Write plain numbers such as 1234.5; drop rows that have no value, or keep them out with `where`.";
    ValueMissing = "D0206", Error, Input, "An empty field",
        "A field that must have a value is empty. Empty is neither zero nor a zone.",
        "Totals or comments among the rows, or values that were withheld.",
        "Fill it in, remove the row, or keep such rows out with `where`.";
    NothingLeft = "D0207", Error, Input, "The filter keeps no row",
        "No row of the table fits `where`.",
        "The wanted value is written differently in the table, for instance `02` and not `2`.",
        "The message lists values that occur; values are compared as text.";
    DecimalComma = "D0208", Error, Input, "A decimal comma",
        "Numbers are written with a comma before the decimals.",
        "An export with the settings of a country that writes numbers so.",
        "Set `decimal = \",\"` for this table.";
    LayoutRow = "D0209", Error, Input, "A row does not fit the layout",
        "A line does not have the fields of the named layout.",
        "Another file or edition, or a program that changed the blanks.",
        "Check the line against `docs/formats.md`.";
    DelimiterGuessed = "D0210", Note, Input, "The delimiter was recognised",
        "The table is delimited by something other than a comma, which was recognised from its first lines.",
        "Semicolons and tabs are usual in many countries.",
        "Nothing; set `delimiter` if it is wrong.";
    ColumnGuessed = "D0211", Note, Input, "A column was recognised by its name",
        "No column was named in the study; one with a usual name was taken.",
        "`columns` does not name it.",
        "Nothing; set `columns` if it is the wrong one.";

    // Zones.
    ZoneTwice = "D0301", Error, Input, "A zone occurs twice",
        "The zone table has the same code in two rows.",
        "Several years or parts of a zone in one table.",
        "Keep one row for each zone, with `where` if the table has a column that tells them apart.";
    UnknownZones = "D0303", Error, Input, "Codes that are not zones",
        "A table or the borders use codes that the zone table does not have. Leaving them out silently would change the results.",
        "Zones of another vintage, codes for abroad or unknown, or rows with totals.",
        "List codes that mean abroad or unknown in `elsewhere`; translate codes with `recode` or `crosswalk`; or \
         set `allow_unmatched = true` to leave them out and have it said.";
    LostZeros = "D0304", Error, Input, "Codes that lost their leading zeros",
        "Codes in one table match those in another only when leading zeros are added.",
        "A spreadsheet program took the codes for numbers.",
        "Set `pad` to the number of digits for the table whose codes are too short.";
    VintagesMixed = "D0305", Error, Input, "Two vintages of zones",
        "Many codes of a table are not zones, and many zones do not occur in it: the signs of two editions of the codes.",
        "Municipalities merged or changed their codes between the years of the two tables.",
        "Use tables of the same year, or translate one of them with `crosswalk`.";
    CrosswalkSplit = "D0306", Error, Input, "A code is translated into two",
        "`recode` or the crosswalk says that one code became several. Counts cannot be divided without weights.",
        "The zone was split between the two vintages.",
        "Translate to the zones before the split, or leave out all but one of the rows.";
    ZonesWithoutFlows = "D0307", Warning, Input, "Zones without any flow",
        "Some zones of the zone table occur in no row of the flow table.",
        "Zones without residents and jobs, a filter that is too narrow, or flows of a part of the country.",
        "Nothing if it is meant; such zones get no area.";
    ZonesFromFlows = "D0308", Note, Input, "Zones taken from the flows",
        "The study has no zone table; the zones are the codes that occur in the flows.",
        "There is no section `[zones]`.",
        "Nothing; with a zone table, codes that are no zones are recognised and areas get names.";
    AttributeInvalid = "D0309", Error, Input, "An attribute of a zone is out of range",
        "The number of residents or a coordinate of a zone is impossible.",
        "A negative number, projected metres where degrees are expected, or swapped columns.",
        "Correct the value or the column; an empty field means not known.";

    // Flows.
    FlowNegative = "D0401", Error, Input, "A negative flow",
        "A number of persons is below zero.",
        "A code for missing values such as -9, or differences in the place of counts.",
        "Correct the row, or keep such rows out with `where`.";
    FlowNotFinite = "D0402", Error, Input, "A flow that is not finite",
        "A number of persons is infinite or not a number.",
        "A division by zero in the program that wrote the table.",
        "Correct the row at its source.";
    FlowTotal = "D0403", Error, Input, "Flows too large to add exactly",
        "The flows add up to more than 2^53 persons, beyond which sums are not exact.",
        "A column of codes or money was taken for the flow.",
        "Check which column `columns` takes as the flow.";
    FlowsNone = "D0404", Error, Input, "No flows at all",
        "All flows between zones are zero, or all were kept out.",
        "A filter, `elsewhere` or codes that match nothing.",
        "Check `where`, `elsewhere` and the zone codes.";
    PairsTwice = "D0405", Note, Input, "Repeated pairs were added up",
        "Several rows have the same origin and destination; their persons were added.",
        "Rows by sex, reason or means of transport, or a table pasted twice.",
        "Nothing if the rows are parts of a whole; otherwise remove the repetition.";
    FlowsElsewhere = "D0406", Warning, Input, "Persons who live or work elsewhere",
        "Rows with a code that means abroad or unknown were counted and kept out of the flow table.",
        "Frontier workers, and persons whose place of work is not known or changes.",
        "Nothing; the share is part of the results.";
    FlowsUnmatched = "D0407", Warning, Input, "Flows of unknown zones were left out",
        "`allow_unmatched` is set, and rows with codes that are not zones were left out.",
        "The same as of D0303.",
        "Look at the codes and the share before relying on the results.";
    FlowVanishes = "D0408", Error, Input, "A flow too small to keep",
        "A positive flow would be rounded to nothing: flows are held to a billionth of a person, and less finely where their total is huge.",
        "A model that gives every pair a tiny number, or another unit than persons.",
        "Give flows in persons; leave out pairs that mean nothing, or set them to 0.";
    FlowsRounded = "D0409", Warning, Input, "Flows were rounded",
        "Some flows have more decimals than can be added exactly, so they were rounded; the message says by how much at most.",
        "Estimates that were divided or weighted and not rounded.",
        "Nothing where the difference is small beside your flows; otherwise round them yourself.";
    MarginsMissing = "D0410", Error, Input, "Margins of error are missing",
        "Flows are to be redrawn by their margins of error, and some flows have none, or one that is negative or infinite.",
        "Codes for missing values such as -555555555, or margins that are published for large flows only.",
        "Fill them in, keep such rows out with `where`, or give margins by size of flow in `[certainty.sampling] margins`.";

    // Jobs.
    JobsValue = "D0501", Error, Input, "Impossible number of jobs or units",
        "A number of employees or local units is negative or not finite.",
        "Codes for withheld values, or differences in the place of counts.",
        "Correct the row, or keep such rows out with `where`.";
    SizeClassUnknown = "D0502", Error, Input, "Unknown size class",
        "A size class of the jobs table is not recognised, or its mean size is needed and not given.",
        "Another country's bands, or a label in words.",
        "Describe the band in `[jobs.bands]` with its lower and upper limit and its mean.";
    ActivitiesInvalid = "D0503", Error, Input, "Activities that the classification does not have",
        "A table of jobs has activity codes that are not in the classification of the study.",
        "Another classification or vintage, or codes that lost their leading zeros.",
        "Set `classification` to that of the table; the message names the codes and which classification has them.";
    JobsUnmatched = "D0504", Warning, Input, "Jobs in unknown zones were left out",
        "`allow_unmatched` is set, and jobs in codes that are not zones were left out.",
        "The same as of D0303.",
        "Look at the codes and the share before relying on the results.";
    JobsEstimated = "D0505", Warning, Input, "Numbers of employees were estimated",
        "The table counts local units by band; employees are units times the mean size of the band.",
        "Numbers of employees by zone and activity are often not published.",
        "Nothing; results that rest on estimates say so.";

    JobsTwice = "D0506", Error, Input, "The same jobs twice",
        "A zone has rows for an activity and for a part of it, or a row for all sizes beside rows by size: the same jobs would count twice.",
        "A table with totals and subtotals among its rows, or two tables put together.",
        "Keep one depth of the classification and either the total or the classes, with `where` or `except`.";
    ActivitiesCoarse = "D0507", Warning, Input, "Activities coarser than the groups",
        "Some activity codes cover more than one group of the district rule; all their jobs count where most of the activity belongs.",
        "A table by division where a group takes only a part of a division.",
        "Use a table with more digits where there is one; otherwise mind it when reading the main industries concerned.";

    // Borders.
    BordersInvalid = "D0601", Error, Input, "Borders cannot be read",
        "The file of borders is not in a format this program reads, or breaks the rules of its format.",
        "A cut-off file, a missing part of a Shapefile, or another format.",
        "Use GeoJSON, TopoJSON, GeoPackage, Shapefile or GeoParquet; open it in a GIS to see whether it is sound.";
    BordersKey = "D0602", Error, Input, "Borders without zone codes",
        "The property that holds the zone code is missing from the borders, or not clear.",
        "It has another name than `key` says, or several properties could be meant.",
        "Set `key` to the name of the property with the zone codes.";
    BordersMissing = "D0604", Warning, Input, "Zones without borders",
        "Some zones have no shape in the file of borders; they cannot be drawn and touch no other zone.",
        "Borders of another vintage, or of a part of the country.",
        "Use borders of the same vintage, or give a `crosswalk` for them.";
    BordersUnknown = "D0605", Warning, Input, "Borders of unknown zones",
        "Some shapes have no code, or `allow_unmatched` is set and their code is not a zone of the study; they were left out.",
        "Borders of another vintage or of a larger country.",
        "Nothing if the study is a part of the country; otherwise use borders of the same vintage.";
    Islands = "D0606", Note, Input, "Zones that touch no other",
        "Some zones share no border with any other.",
        "Islands, exclaves, or borders with gaps wider than the tolerance.",
        "Nothing if they are islands; otherwise raise `tolerance_metres`.";

    BordersPadded = "D0607", Note, Input, "Borders matched without leading zeros",
        "Some codes in the borders are those of zones only when leading zeros are put in front or taken away.",
        "The borders were made by a program that took the codes for numbers.",
        "Nothing if the zones that are named are the right ones.";

    // Partitions, areas and districts.
    PartitionTwice = "D0701", Error, Input, "A zone is in two areas",
        "A given partition names two different areas for the same zone.",
        "Several years in one table, or a zone that is shared between areas.",
        "Keep one row for each zone.";
    PartitionUnmatched = "D0702", Warning, Input, "A given partition does not cover the zones",
        "Some zones are not in a given partition, or it has codes that are not zones.",
        "Another vintage, or a partition of a part of the country.",
        "Nothing if it is meant; such zones have no area in that partition.";
    NoAreas = "D0721", Error, Input, "No labour market area",
        "The search ended without a single area.",
        "A table in which no zone exchanges commuters with another, or a minimum size above the whole country.",
        "Look at `distretto check`: zones, pairs and the share of flow on the diagonal; lower `min_size` for a small country.";
    ZonesWithoutArea = "D0722", Warning, Input, "Zones that get no area",
        "Some zones cannot take part in the search, or no area is linked with them.",
        "No residents in work, no jobs, no exchange with other zones, or a closed group of zones below the minimum size.",
        "Nothing if they are islands or empty; otherwise place them by hand under `[areas] assign`.";
    SearchUnfinished = "D0723", Warning, Input, "The search ran in circles",
        "The search was stopped after very many iterations; it had moved the same zones again and again.",
        "Parameters and flows that let zones improve areas in a circle. It has not been seen on real tables.",
        "Treat the areas with care; other parameters may converge.";
    AssignNowhere = "D0724", Error, Usage, "A zone cannot be placed by hand",
        "`[areas] assign` names a companion zone that has no area itself.",
        "The companion is on the zero list, or was set aside.",
        "Name a zone that lies in the area wanted.";
    JobsGrouping = "D0725", Error, Input, "Jobs cannot be grouped",
        "The jobs do not fit the groups of activities that the district rule needs.",
        "Another classification than `classification` says, or codes too coarse for the groups.",
        "Correct `classification`; the message names the codes.";
    JobsWithoutArea = "D0726", Warning, Input, "Jobs in zones without an area",
        "Some jobs lie in zones that no area has; they count in national figures but in no area.",
        "Zones that get no area, or a partition of a part of the country.",
        "Place the zones by hand under `[areas] assign` if they belong somewhere.";
    PlaceUnknown = "D0727", Error, Usage, "No such place",
        "No area or zone of the study has the code or name that was asked for.",
        "A misspelt name, or a code of another vintage.",
        "Use a code or a name as in areas.csv or zones.csv.";

    // Certainty.
    ReplicatesForeign = "D0731", Error, Usage, "Replicates of another study",
        "The folder for replicates holds some that were made from other inputs, other rules or another seed. Mixed with new ones they would mean nothing.",
        "The study or one of its tables was changed after the replicates were made.",
        "Undo the change, name another folder with `--keep`, or remove the folder to start anew.";
    ReplicatesDamaged = "D0732", Error, Input, "Replicates that cannot be read",
        "A file of replicates that was kept from before cannot be read, or is not one.",
        "A failing or full disk, or a file that was changed by hand.",
        "Remove the file that the message names: its replicates will be made again.";
    ReplicatesFew = "D0733", Warning, Input, "Too few replicates",
        "Some probability is not known well enough: its Monte Carlo standard error is above 0.025, or that of the median number of areas or districts above a half and above a tenth of its own spread.",
        "A quick look with few replicates.",
        "Ask for as many replicates as the message says; those that are made are kept and not made again.";
    ReplicatesEmpty = "D0734", Warning, Input, "Replicates without any area",
        "In some replicates no area was found at all. They count: with no area, no district, and no zone in any area.",
        "Flows so small, or rules so demanding, that a redraw can leave nobody who exchanges commuters.",
        "Check the ranges of the rules and whether the flows are persons.";
    ReplicatesUnfinished = "D0735", Warning, Input, "Replicates whose search ran in circles",
        "In some replicates the search was stopped after very many iterations. Their areas count as they were then.",
        "Parameters and flows that let zones improve areas in a circle.",
        "Treat the certainty of the areas concerned with care.";

    BordersWeak = "D0736", Warning, Input, "Borders that do not hold",
        "On average the borders of the run come back in fewer than 60 % of the replicates. The areas may be no more than a convention.",
        "Commuting that follows distance alone, without labour markets to be seen; or a sample that is too small to show them.",
        "Do not rest a decision on single borders; look at the map of border strength, and compare with other rules and years.";

    SampleNotExpanded = "D0737", Warning, Input, "A sample that was not expanded",
        "Flows are said to be a sample of residents, but many of them are smaller than one answer can stand for.",
        "The table holds answers, not persons: they were not divided by the share of residents asked.",
        "Divide each flow by the share asked before it is read, so that flows add up to all employed residents.";

    // Queries and micro-data.
    EngineMissing = "D0741", Error, Usage, "This program was built without the engine",
        "A table of the study comes from a `query`, a register or trips, or a cluster was asked for; the part of the program that makes such          tables was left out when it was built, because it is large.",
        "The program was built without the feature `engine`, or without `cluster`.",
        "Build it with `cargo build --release --features engine` (or `cluster`), or give the sums as a table.";
    QueryInvalid = "D0742", Error, Usage, "A query that cannot be run",
        "A query, or a plan over micro-data, names a source or column that is not there, or is not valid SQL.",
        "A misspelt name; capitals without double quotes; numbers of a text file that were not said to be numbers.",
        "The message says what is there. `types` of a source says which columns of text are numbers; `distretto tables --explain` shows the plan.";
    SourceUnreadable = "D0743", Error, Input, "A source cannot be read",
        "The files of a source are not there, are not of the format they should be, or the store that they are on does not answer.",
        "A misspelt path, a damaged file, or credentials that are not in the environment.",
        "Correct the path; for S3 set `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, and `AWS_ENDPOINT_URL` where it is not Amazon's.";
    MicroValue = "D0744", Error, Input, "Values of micro-data that mean nothing",
        "Rows of micro-data have a value that is not of its kind, such as a negative number of employees or a day that is none. They are          not dropped, since sums without them would mean something else.",
        "Codes for missing values, such as -9 or 9999, or a column that is another than was meant.",
        "Correct them, or keep such rows out: a source may be a `query` with a `WHERE`.";
    MemoryLimit = "D0745", Error, Usage, "The memory limit is too small",
        "Sums or sorts need more memory at once than they may have, and spilling to disk does not help, or the disk is full.",
        "A limit of a few megabytes, or many threads that share it.",
        "Raise `memory` of `[engine]`, lower `threads`, or point `spill` to a larger disk.";
    ClusterFailed = "D0746", Error, Input, "The cluster did not do it",
        "The Ballista cluster is not there, is of another version, lost the work, did not end in time, or does not see a file. Nothing was          written.",
        "A wrong address; executors that were stopped; files on one machine only.",
        "Look at the logs of scheduler and executors; put files where all of them see them, or take `engine` out of the study to run here.";
    MicroLeftOut = "D0747", Warning, Input, "Rows of micro-data without a place",
        "Units, trips or transactions could not be put into a zone, or lack an activity or a person. They are counted and left out.",
        "Points abroad or at sea, empty fields, firms that are not in the register.",
        "Compare the counts with what is known of the source; correct it where they are large.";
    Stopped = "D0748", Error, Usage, "The work was stopped",
        "The making of a table was interrupted; nothing was written.",
        "Ctrl-C, or a program that called for an end.",
        "Start it again; nothing of the old work is used.";
    MadeEmpty = "D0749", Warning, Input, "A made table without rows",
        "A query or a plan over micro-data made a table without any row, although that may be what was asked for.",
        "Conditions that no row fulfils, such as a day or purposes that the source does not have, or a source without rows.",
        "Check conditions, days and the source; `distretto tables --explain` shows what is done.";

    DisclosureOff = "D0790", Warning, Input, "Micro-data published as they are",
        "The tables come from micro-data, and figures of single contributors are in the edition.",
        "`[disclosure] suppress = false` in the study.",
        "Take the line out, unless every contributor may be known.";
    FiguresWithheld = "D0791", Note, Input, "Figures withheld",
        "The tables come from micro-data. Figures with few contributors, or a few that dominate, are left out of the edition, and so are others that would tell them.",
        "Small places and narrow activities.",
        "Nothing; the manifest holds the rule and how many figures it concerns. Coarser areas or groups withhold less.";
    FiguresLeftOut = "D0792", Warning, Input, "Figures left out of the edition",
        "Figures that are computed from single zones or flows cannot be protected one by one, so they are not in the edition at all.",
        "Tables from micro-data.",
        "Look at them in answers of the program (`explain`), which are for whoever has the micro-data.";
    DisclosureExposed = "D0793", Warning, Input, "Figures that cannot be protected",
        "No choice of further figures protects those that are unsafe, so all of their table are withheld.",
        "Sums of which nothing else is left to withhold, as of units without any employees.",
        "Take coarser areas, or leave units without employees out of the table.";
    DifferencingRisk = "D0794", Warning, Input, "Two sets of areas tell single zones",
        "Where the same figures are published for both sets of areas, subtracting one from the other tells those of a few zones, which are unsafe.",
        "Areas that differ by few zones.",
        "Publish figures for one of the two, or move the zones that are named.";
    ContributionsInvalid = "D0795", Error, Input, "Contributions that contradict themselves",
        "A row says who stands behind its figures, and that cannot be.",
        "More large contributors than contributors, parts that exceed their sum, a number that is not whole, or columns that are mixed up.",
        "Look at the row that is named; the largest contributions stand in falling order, with 0 where there are fewer.";
    TablesBesideEdition = "D0796", Warning, Input, "Tables and an edition of one study tell each other",
        "Tables by zone and figures by area are protected each by itself. Whoever has both can subtract one from the other.",
        "Figures of a study with micro-data by `distretto tables` and by `distretto run`.",
        "Publish one of the two; the edition is what is meant to be published.";
    QueryUnprotected = "D0797", Warning, Input, "A table by query is not protected",
        "The program does not know who stands behind the rows of a query, so nothing of them is withheld.",
        "A `query` in the place of a table.",
        "Nothing where its sources are public. Where they are micro-data, give the table as [jobs.register] or [flows.trips], or publish nothing that comes from it.";

    // Results.
    OutputExists = "D0801", Error, Usage, "Something stands where the results should go",
        "The output folder or file exists and was not written by this program, so it is not overwritten.",
        "A mistaken path, or results of something else.",
        "Choose another path or remove what is there.";
    OutputFailed = "D0802", Error, Input, "Results cannot be written",
        "The system refuses to write a file of the results.",
        "Missing permission, or a full disk.",
        "Check the folder and the space left; no half-written file stays behind.";
    OutputEnding = "D0803", Error, Usage, "Unknown ending of a file to write",
        "The name of a file to write ends in nothing that tells how to write it.",
        "A spreadsheet or another format was wished for that this program does not write.",
        "End the name in `.csv`, `.json`, `.parquet` or `.txt`, or say `--format`; the name of a plan ends in `.json` or `.csv`.";
    WorldOptions = "D0811", Error, Usage, "A world that cannot be made",
        "The options of a made country are out of range.",
        "Too few or too many zones, or a share above 1.",
        "Use numbers within the ranges that the message names.";

    // The atlas.
    EditionMissing = "D0821", Error, Usage, "No edition here",
        "The folder that was named is not an edition: it holds no `manifest.json` of this program.",
        "A misspelt path, or the folder of a study in the place of that of an edition.",
        "Name the folder that `distretto run --out` wrote.";
    EditionDamaged = "D0822", Error, Input, "An edition that is not what its manifest says",
        "A file of the edition is missing, cannot be read, or is not the one that was written. Nothing of it is shown, because nobody could tell which numbers are right.",
        "A file was edited, lost or replaced after the edition was written, or the edition was written without Parquet.",
        "Write the edition again with `distretto run` and `distretto certainty`; keep `parquet` among `[output] formats`.";
    EditionName = "D0823", Error, Usage, "A name that an edition cannot have in an atlas",
        "The name is part of every address: lower-case letters, digits and hyphens, different for each edition, and none that the atlas needs itself.",
        "Two editions with the same title, or `NAME=FOLDER` with other letters.",
        "Give names on the command line, as in `it-2011=editions/italy`; they should never change afterwards.";
    AtlasWithoutPages = "D0824", Error, Usage, "This program was built without the web pages",
        "The pages are built with Node and stand in the program; there was none when it was built.",
        "Built with cargo alone.",
        "Install Node 20 or newer and build with `make build`.";
    AddressTaken = "D0825", Error, Usage, "The server cannot listen there",
        "The address or port cannot be had.",
        "Another program listens on it, or the address is not one of this machine.",
        "Stop the other program, or choose another with `--port`.";
    StudyOfOtherEdition = "D0826", Error, Usage, "The study is not the one of the edition",
        "Reruns start from the tables of the study. Those that it names are not those that the edition was made from.",
        "Another study, or a table that has changed since.",
        "Name the study of this edition, or write the edition again.";
    ListensToAll = "D0827", Warning, Usage, "Others can reach this server",
        "It listens on an address that other machines can reach. The atlas shows all that is in the edition, to everyone who asks, and knows no users.",
        "`--host` with another address than this machine's own.",
        "Leave `--host` away, or put a web server with access control before it.";
    AtlasQuery = "D0828", Error, Usage, "A question that the atlas does not understand",
        "A parameter of the address, or a value of it, is not one that this address takes.",
        "A slip of the pen, or a column of another table.",
        "The answer names what can be asked; `/api/` lists it all.";
    AtlasNothingThere = "D0829", Error, Usage, "Nothing has this address",
        "No edition, table, area or file of the atlas is called that.",
        "A misspelt code, or an address of another edition.",
        "Look for the place by its name; every edition lists its tables.";
    AtlasBusy = "D0830", Error, Usage, "The atlas has its hands full",
        "As many reruns as the server allows are under way, or one took longer than it may.",
        "Many readers at once, or a country too large to rerun live.",
        "Ask again in a moment; whoever runs the server can allow more with `--reruns` and `--rerun-seconds`.";

    // This program.
    Internal = "D0901", Error, Internal, "A defect of this program",
        "The program contradicted itself. Its results cannot be relied on.",
        "A mistake in the program, never in the input.",
        "Report it with the message, the command and, where possible, the input.";

    // Tours: folders, ways, plans.
    TourMissing = "D1001", Error, Usage, "No tour here",
        "The `tour.toml` that was named does not exist or cannot be read.",
        "A misspelt path, or a command started in another folder.",
        "Check the path; `distretto world --tour` makes a tour to start from.";
    TourSyntax = "D1002", Error, Usage, "`tour.toml` is not valid TOML",
        "The file breaks the syntax of TOML.",
        "A missing quotation mark or bracket, or a text without quotation marks.",
        "Correct the row that is named.";
    TourKey = "D1003", Error, Usage, "Unknown key in `tour.toml`",
        "A key is not one that a tour has. It is refused, because a misspelt key that is ignored changes the plan unnoticed.",
        "A slip of the pen, or a key in another section than its own.",
        "The message names the keys of that section and the one that was probably meant.";
    TourValue = "D1004", Error, Usage, "A value in `tour.toml` that cannot be",
        "A value is of the wrong kind or out of range.",
        "A text where a number belongs, a share above its limit, a sum with more than two decimals.",
        "The message says what the key takes; docs/tours.md lists them all.";
    TourIncomplete = "D1005", Error, Usage, "`tour.toml` lacks something",
        "A key that every tour needs is not there.",
        "A tour that is not finished yet.",
        "Add the key that is named; docs/tours.md has an example.";
    TourTimeZone = "D1006", Error, Usage, "The time zone is missing or unknown",
        "All times of a tour are local times of one time zone, so it must be named as the IANA database names it.",
        "No `time_zone` in [frame], or an abbreviation such as CET, which does not say when clocks change.",
        "Say, for instance, `time_zone = \"Europe/Rome\"`.";
    TourDays = "D1007", Error, Usage, "Days that cannot be",
        "The days of the tour are none, not in order, twice, or end before they start; or a meal does not fit into its day.",
        "A slip in a date or time.",
        "Correct the day that is named: dates ascend, `ends` is after `starts`.";
    TourNight = "D1008", Warning, Usage, "Hours that leave less than the night rest",
        "The latest return of a day and the earliest departure of the next are closer than the driver's rest. Both cannot be used whole.",
        "Long days, or an early start after a late return.",
        "Nothing: the plan keeps the rest. Shorten one of the days to see what is really available.";
    TourBase = "D1009", Error, Usage, "A base that is not there, or not what it should be",
        "A day begins or ends at a base that no `[[base]]` describes, or a night could only be spent where nobody can sleep.",
        "A misspelt code, or `hotel = true` that was forgotten.",
        "Correct the code; say `hotel = true` for bases where one can sleep.";
    TourCodeTwice = "D1010", Error, Input, "A code that stands twice",
        "Two hosts, a host and a base, two delegates, or two rows about the same host have one code, so nobody can tell which is meant.",
        "A row that was copied.",
        "Give each its own code, or remove one of the rows.";
    TourSeats = "D1011", Error, Input, "More persons than seats",
        "Those who travel, with interpreters and guides, are more than the coach has seats.",
        "`seats` of another coach, or `staff` that was forgotten.",
        "Take a larger coach, or correct `seats` in [frame].";
    HostHours = "D1012", Error, Input, "Opening hours that cannot be read",
        "Hours are written in the syntax of the key `opening_hours` of OpenStreetMap, and these are not.",
        "Days in another language, hours such as `9-12` without minutes, or a sentence.",
        "Write, for instance, `Mo-Fr 09:00-12:30,14:30-18:00; PH off`.";
    HostNeverOpen = "D1013", Warning, Input, "Hosts that can never be visited",
        "On no day of the tour is the host open for as long as the visit takes.",
        "Windows shorter than the visit, a party that is shown round in many groups, or days on which it is closed.",
        "Ask for a fixed time and confirm it, shorten the visit, or leave it as it is: the host will not be in the plan.";
    TourMinutes = "D1014", Error, Input, "Minutes that cannot be",
        "A duration is not a whole number of minutes above 0.",
        "A negative number, 0, hours such as `1h30`, or decimals.",
        "Write whole minutes: `90`.";
    TourWord = "D1015", Error, Input, "A word that is none of the choices",
        "A column with a fixed set of words has another one.",
        "A slip of the pen, or a word of another language.",
        "The message names the choices, and the one that was probably meant.";
    HostPlace = "D1016", Error, Input, "A place that cannot be",
        "A longitude or latitude is missing, out of range, or both seem to be swapped: the place is far from all others, and near them the other way round.",
        "Columns in the other order, a comma that was lost, or metres of a map in the place of degrees.",
        "Give degrees, longitude (east) in `lon` and latitude (north) in `lat`.";
    HostDistrict = "D1017", Error, Input, "A district or municipality that is not known",
        "A code of a district or municipality is not one of the edition, or there is no edition to look it up in.",
        "A code of another vintage or another edition; `edition` that was forgotten in tour.toml.",
        "Use the codes of the tables `areas` and `zones` of the edition.";
    ColumnPersonal = "D1018", Error, Input, "Personal data where they do not belong",
        "A table that is handed on has a column with names, telephone numbers or e-mail addresses of persons.",
        "An address list that was pasted into a table of hosts or delegates.",
        "Move the column to `contacts.csv` or `people.csv`, which stay with you.";
    ColumnIgnored = "D1019", Warning, Input, "A column that is not read",
        "A column has a name that no tour knows, but that is like one that is missing. It is not read.",
        "A misspelt name of a column.",
        "Correct the name of the column; or give it one that is less like, if it is meant for yourself.";
    ColumnExtra = "D1020", Note, Input, "Columns for yourself",
        "Columns that no tour knows are not read. They stay in the file when it is rewritten.",
        "Notes of the planner.",
        "Nothing needs to be done.";
    TourLetters = "D1021", Error, Input, "A code of a language, country or currency that cannot be",
        "Languages are two small letters (ISO 639-1), countries two capital letters (ISO 3166-1), currencies three (ISO 4217).",
        "Names or other codes, such as `italian` or `ITA`, or a country whose public holidays are not known.",
        "Write `it`, `IT`, `EUR`. A country whose holidays are not known can be left away.";
    TourDate = "D1022", Error, Input, "A date or time that cannot be read",
        "Dates are written `2026-05-11`, times `09:30`, both together `2026-05-11 09:30`: local times, without a zone.",
        "The order of another country, which cannot be told apart with certainty, or a day that is not in the calendar.",
        "Write dates year first; spreadsheets can format a column so.";
    TourNumber = "D1023", Error, Input, "A number that cannot be",
        "A number is negative, has decimals where it counts something, or is out of range.",
        "A slip of the pen, or a sum with a currency sign.",
        "The message says what the column takes.";
    VisitHost = "D1024", Error, Input, "A visit to a host that is not there",
        "A row about a visit names a host that the table of hosts does not have.",
        "A misspelt code, or a host that was removed.",
        "Correct the code or remove the row.";
    VisitTime = "D1025", Error, Input, "A visit at a time that cannot be",
        "A confirmed visit has no start, a start is outside the days of the tour, or `start` and `day` are different days.",
        "A date that was forgotten or changed.",
        "Give the start of a confirmed visit, on a day of the tour.";
    VisitDemand = "D1026", Error, Input, "A visit that contradicts itself",
        "A visit is confirmed and excluded, or declined and mandatory.",
        "An answer that came after the demand was written down.",
        "Change `state` or `demand`.";
    ConsentMissing = "D1027", Note, Input, "Hosts without consent",
        "Hosts that have not agreed to be listed and asked are not visited.",
        "Nobody has asked them yet.",
        "Ask them; say `yes` in the column `consent`.";
    HostExpired = "D1028", Note, Input, "Hosts whose entry has expired",
        "Their row may not be relied on any more on the days of the tour, so they are not visited.",
        "`valid_until` before the last day of the tour.",
        "Check the row with the host, then move `valid_until`.";
    QuotaRange = "D1029", Error, Usage, "A quota that cannot be kept",
        "At least more visits are wanted than at most are allowed.",
        "`least` and `most` that were swapped.",
        "Correct the quota that is named.";
    QuotaNobody = "D1030", Error, Usage, "A quota that names nobody",
        "No host, or fewer than are wanted at least, is what the quota counts.",
        "A misspelt industry, phase, practice, district or host.",
        "Correct the quota, or add such hosts.";
    TourWeights = "D1031", Error, Usage, "Weights out of range",
        "Weights are points from 0 to 10000; `repeat` is a percentage from 0 to 100; the weight of an interest is from 1 to 9.",
        "A slip of the pen in a number.",
        "Correct the weight that is named; 0 switches a line off.";
    InterestUnmet = "D1032", Warning, Input, "Interests that no host meets",
        "Some delegates want to see what no host of the tour shows.",
        "Words that differ between the two tables, several in one that are not divided by `;`, or hosts that are still to be found.",
        "Use the same words in both tables, as in `tanning*5; finishing`: `;` between them, a weight from 1 to 9 after `*`. Or look for such a host.";
    PersonalUnused = "D1033", Warning, Input, "Personal data of nobody in the tour",
        "A contact or traveller belongs to a host or delegate that is not in the tour. They are not read.",
        "A host or delegate that was removed.",
        "Erase them with `distretto tour forget`, since they serve nothing any more.";
    EraseNobody = "D1034", Error, Usage, "Nobody to erase",
        "No contact, traveller or number to call has that code, so nothing was removed.",
        "A misspelt code; or they are erased already.",
        "The message names the codes that are there.";
    TableFixed = "D1035", Error, Usage, "A table that is not rewritten",
        "Only plain CSV in one file can be changed row by row.",
        "Parquet, a compressed table, or one of several files.",
        "Save the table as plain CSV, or make the change where it comes from.";
    PlanUnreadable = "D1036", Error, Input, "A plan that cannot be read",
        "The file is not a plan, or a row or value of it does not fit.",
        "Another file, or a table without the columns of a plan.",
        "docs/tours.md says how a plan is written.";
    PlanNewer = "D1037", Error, Usage, "A plan from a newer program",
        "The plan was written in a version of the format that this program does not know. It is not read in part.",
        "A plan from somebody with a newer `distretto`.",
        "Install that version, or ask for the plan as CSV.";
    PlanPlace = "D1038", Error, Input, "A plan that goes where nobody is",
        "A plan names a host or base that the tour does not have.",
        "A plan of another tour, or a host that was removed.",
        "Correct the code, or plan anew.";
    WaysPair = "D1039", Error, Input, "Ways that are not known",
        "The matrix says nothing of the way between places that a plan could use.",
        "A host or base that was added after the matrix was made.",
        "Add the pairs that are named; an empty `minutes` says that there is no way.";
    WaysValue = "D1040", Error, Input, "A way that contradicts itself",
        "A pair stands twice in the matrix with different values, or names no place.",
        "Two matrices that were joined.",
        "Keep one row for each pair and direction.";
    WaysNone = "D1041", Warning, Input, "Places without a way",
        "Between some places there is no way. They cannot follow each other.",
        "An island without a ferry, or a point that lies off the roads.",
        "Check the places that are named.";
    WaysServer = "D1042", Error, Input, "The server of travel times does not answer",
        "The server cannot be reached, takes too long, or refuses the question.",
        "A wrong address, a server that is not running, or places outside its map.",
        "Check `url` in [ways]; or take `source = \"coordinates\"`.";
    WaysAnswer = "D1043", Error, Input, "The server of travel times answers something else",
        "The answer is not what an OSRM server says to a question for a table: not JSON, of another size, or with values that cannot be. Nothing of it is used.",
        "Another program at that address, or a proxy that answers in its place.",
        "Open the address that is named in a browser and look at the answer.";
    WaysKept = "D1044", Error, Input, "Kept travel times that cannot be read",
        "The file in which answers of the server are kept is damaged or something else.",
        "A file that was changed by hand, or `keep` that names another table.",
        "Remove the file: what is needed will be asked for again.";
    HostsInTheMiddle = "D1045", Note, Input, "Hosts in the middle of their municipality",
        "Their own place is not known, so that of their municipality is taken. Travel times to them are rough.",
        "Rows with `zone` and without `lon` and `lat`.",
        "Give their coordinates before hours are agreed.";
    BookWords = "D1046", Error, Usage, "A language that the road book does not have",
        "The language is neither built in nor a message file that can be read.",
        "A misspelt tag or path, or a message file that is not TOML.",
        "Take `en` or `it`, or a message file made after theirs.";
    BookWordsMissing = "D1047", Warning, Usage, "Messages that are said in English",
        "The message file does not give some messages, or gives them with what cannot be filled in. The road book says them in English.",
        "A message file of an older version, or one that is not finished.",
        "Translate the messages that are named.";
    BookFailed = "D1048", Error, Input, "A road book that cannot be made",
        "The plan and the tour do not fit each other, or a place is none.",
        "A plan of another tour, or one that was edited.",
        "Check the plan with `distretto tour check`, or plan anew.";

    // Tours: the store.
    StoreUnopened = "D1050", Error, Usage, "The store cannot be opened",
        "The file or database that was named as the store of tours is not there, cannot be reached, or holds something else.",
        "A misspelt path or address, missing permission, a database server that does not run, or a store that has not been made yet.",
        "Check the path or address; `distretto tour store put` makes a store where there is none.";
    StoreNewer = "D1051", Error, Usage, "A store of a newer version",
        "The store was written by a newer version of this program. It was not touched, because an older program could lose what it does not know.",
        "Another computer, or an earlier installation, has a newer version.",
        "Use the newer version; nothing is lost.";
    StoreBusy = "D1052", Error, Usage, "The store is busy",
        "Somebody else is writing to the store, or its server cannot be reached just now. Nothing was changed.",
        "A long write of another program, or a break in the connection.",
        "Try again in a moment.";
    StoreConflict = "D1053", Error, Usage, "Somebody else has changed it",
        "What was to be changed is no longer what it was when it was read. Nothing was changed, so that nobody's work is lost.",
        "Two people, or two windows, worked on the same tour or plan.",
        "Read it again, look at what is new, and repeat the change.";
    StoreNothing = "D1054", Error, Usage, "Not in the store",
        "No tour, plan, user or share of the store is called that.",
        "A misspelt name, or somebody has removed it.",
        "Look at the list of what there is.";
    StoreAddress = "D1055", Error, Usage, "Not an address of a store",
        "A store is a file, or a database that is named by an address beginning with `postgres://`.",
        "An address of another kind of database, or a slip of the pen.",
        "Name a file, such as `tours.db`, or `postgres://user@host/database`.";
    StoreDamaged = "D1056", Error, Input, "The store holds what it should not",
        "The database refuses what was asked, or something in it is not what this program writes.",
        "Another program has written to it, the disk is full, or the file is damaged.",
        "Bring back a copy that is well; the message says what was found.";
    StoreName = "D1057", Error, Usage, "A name or password that cannot be used",
        "Names of tours and plans are 1 to 80 lower-case letters, digits and hyphens; so are names of users, with full stops. Passwords have at least 12 characters.",
        "A password that could be guessed, or a name that could not stand in an address.",
        "Choose another; a sentence makes a good password.";
    StoreTaken = "D1058", Error, Usage, "The name is taken",
        "The store already has something with this name.",
        "It was made before by somebody.",
        "Choose another name, or change what is there.";

    // Tours: in the atlas.
    ToursWithoutStore = "D1070", Error, Usage, "This server has no tours",
        "Tours live in a store, and the server was started without one.",
        "`distretto atlas serve` without `--tours`.",
        "Start it with `--tours tours.db`; `distretto tour store put` puts a tour there, `distretto tour store add-user` a user.";
    LoginNeeded = "D1071", Error, Usage, "Not logged in",
        "Tours are shown to users of the store only, and a session ends by itself.",
        "No login yet, or the session ended: after 12 hours, or 2 hours without a request.",
        "Log in with name and password.";
    LoginWrong = "D1072", Error, Usage, "Wrong name or password",
        "No user who may log in has this name and this password.",
        "A slip of the pen, or a user who was disabled.",
        "Try again; whoever runs the store can set a new password with `distretto tour store set-password`.";
    RoleLacking = "D1073", Error, Usage, "Only planners may do this",
        "The user is a viewer: viewers read, planners change.",
        "The role that the user was given.",
        "Ask a planner; whoever runs the store can give another role.";
    StrangeRequest = "D1074", Error, Usage, "The request does not come from these pages",
        "A change was asked for without the token of the session, or from a page of another site. It was refused, because it may not be what the user wants.",
        "Another site, an old page, or a program that does not send the header `X-Distretto-Token`.",
        "Load the page again; programs take the token from the answer to the login.";
    TooMany = "D1075", Error, Usage, "Too many attempts",
        "Logins that fail, and changes, are limited, so that passwords cannot be tried out.",
        "A forgotten password, somebody else's attempts, or a program that changes much in a short time.",
        "Wait as long as the answer says.";
    ShareGone = "D1076", Error, Usage, "The link leads nowhere",
        "The share that the link belongs to does not exist, has ended or was revoked.",
        "An old link, or one that was copied in part.",
        "Ask whoever sent it for a new one.";
    TourRequest = "D1077", Error, Usage, "A request about a tour that cannot be carried out",
        "The body of the request is not what the address takes, too long, or names what the tour does not have.",
        "A slip of the pen, or a page of another version.",
        "The message says what is expected; `docs/tours-api.md` lists it all.";
    LoginInsecure = "D1078", Error, Usage, "No login over an open line",
        "The page was reached over plain HTTP from another machine, where anybody on the way could read the password.",
        "A server opened with `--host` without encryption before it.",
        "Put a web server with HTTPS before it, or open the page on the machine itself.";
    TourUnplannable = "D1079", Error, Input, "The tour cannot be planned as it stands",
        "The tour contradicts itself, or something that any plan needs is missing.",
        "Days out of order, a base that does not exist, two hosts with one code, hours that cannot be told, more people than seats.",
        "The message says what it is; put it right in the tour, and put the tour into the store again.";

    // Tours: planning.
    ToptwFile = "D1090", Error, Input, "Not an instance of the orienteering problem",
        "The file that `--toptw` names is not written as the published instances are.",
        "Another file, or one that was cut off.",
        "A file begins with the lines `k v N t` and `D Q`; then each node has a line `i x y d S f a list... O C`.";
    ToptwAnswer = "D1091", Error, Input, "Not an answer to an instance",
        "The file is not an answer to an instance of the orienteering problem, or none that one can start from.",
        "A plan of a tour was given, or a route that breaks a window.",
        "An answer is an object like `{\"routes\": [[32, 33], [5]], \"profit\": 60}`, with the nodes of each route in order.";
    TourMoment = "D1092", Error, Usage, "A moment that cannot be read",
        "A day and time on the command line is not written as one.",
        "Another order of day and month, or a time without its day.",
        "Write `2026-05-12 11:30`, in local time of the tour.";
    PlanBroken = "D1093", Error, Input, "A plan that breaks something",
        "Reasons and the like are told of a plan that keeps to everything; this one does not.",
        "The plan was made by hand, or the tour has changed since.",
        "`distretto tour check` lists all that the plan breaks; `distretto tour solve --start PLAN` makes one from it that keeps to everything.";
    PasswordMissing = "D1094", Error, Usage, "No password",
        "A password was to be read from standard input, and there was none.",
        "The command was started without a terminal and nothing was piped to it.",
        "Type it when asked, or pipe it: `pass show atlas | distretto tour store add-user ...`.";

    // Tours: hours.
    HolidaysOfNoCountry = "D1120", Warning, Input, "Public holidays of no country",
        "Hours of hosts name public holidays (`PH`), and neither the tour nor the host says of which country. They then mean no day.",
        "`country` is missing in [frame] of `tour.toml` and in the hosts' table.",
        "Write the country as two letters, such as `IT`.";

    // Tours: changes to a folder, and road books.
    EraseAmbiguous = "D1140", Error, Usage, "Two people with one code",
        "The code is that of a contact and of a traveller, or of a number to call, so it is not certain who is to be forgotten. Nothing was removed.",
        "A host and a delegate that were given the same code.",
        "Say which with `--table contacts`, `--table people` or `--table emergency`; for all of them, say one after the other.";
    BookStraight = "D1141", Warning, Input, "Legs drawn as straight lines",
        "The server of travel times did not tell the lines of the roads, so the maps and the route of the road book show straight ones. Times and distances are as planned.",
        "A server that does not run, or cannot be reached from here. Travel times are kept, lines are not.",
        "Nothing if straight lines will do; else make the book again when the server answers.";
    HostZone = "D1142", Warning, Input, "A district that the municipality does not lie in",
        "A host names a district, and its municipality lies in another area of the edition. The district that is named is taken.",
        "A host that belongs to the district from outside, a slip of the pen, or codes of another edition.",
        "Nothing if it is meant; else correct `district` or `zone`, or leave `district` empty: it then follows from `zone`.";
    BookBroken = "D1143", Warning, Input, "A road book of a plan that breaks something",
        "The plan does not keep to everything that the tour demands. The road book tells it as it is, for those who know better than the rules; who travels by it may stand before a closed door.",
        "A plan made by hand, or one that is older than the last change of the tour.",
        "`distretto tour check` lists all that the plan breaks; `distretto tour solve --start PLAN` makes one from it that keeps to everything.";
    DemandFreed = "D1144", Note, Input, "A visit that is no longer demanded",
        "A host said no to a visit that had to be in every plan. The visit is declined now and no longer demanded, since no plan could keep to both.",
        "`distretto tour visit TOUR HOST declined` for a host that is `mandatory`.",
        "Nothing, or demand another host in its place. If the host says yes after all, say `mandatory` again in the column `demand`.";
    VisitOverrules = "D1145", Warning, Input, "Confirmed visits against what is known of their hosts",
        "A visit is confirmed although the host is closed then, has not agreed to be listed, is not understood, does not meet a need, or lies in a district that is not visited. What is confirmed is kept, whatever else is known.",
        "An agreement that is newer than the row of the host, a slip of the pen in day or hour, or a need that nobody has told the host of.",
        "Ask the host once more; then correct its row, or the start of the visit.";

    // Tours: erasing.
    StoreTraces = "D1160", Error, Usage, "Erased, and traces may be left",
        "What was personal is erased and no program shows it any more; old pages of the SQLite file that hold it may still stand in the file beside it that ends in `-wal`.",
        "Another program, such as a copy of the store that is being made, has read it all the while.",
        "Close the other programs that use the store: the last one that closes it leaves one file without traces.";
    StoreReturn = "D1161", Warning, Input, "Somebody who was erased comes back",
        "A tour was put into the store again, and its folder still has a contact, a traveller or what a traveller needs that was erased in the store. They are in the store again.",
        "Erased in the atlas or with `distretto tour store forget`, and not in the folder.",
        "Erase them from the folder with `distretto tour forget` and from the store once more, unless they have agreed.";

    // Tours: addresses.
    CodeInAddress = "D1170", Error, Input, "A code that means something else in an address",
        "Hosts, bases, delegates and persons to call are named in addresses of the atlas by their codes, and there `.` and `..` mean another place.",
        "A full stop in the place of a code that nobody knew.",
        "Give it a code of letters and digits.";
}
