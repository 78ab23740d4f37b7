# Reads our files with other people's programs in R and prints what they see.
#
#   Rscript readers.R FOLDER > r.json
#
# FOLDER is tests/fixtures/exchange/files. Programs that are not installed are left out; PAMSCAPES,
# PAMMISC, RRAVEN, SEAWEVE and PARS may name checkouts, whose own functions are sourced.

folder <- commandArgs(TRUE)[1]
seen <- list()
# The reader's own zone must not matter.
Sys.setenv(TZ = "America/Los_Angeles")

kind <- function(column) {
  if (inherits(column, "POSIXct")) {
    zone <- attr(column, "tzone")
    if (is.null(zone) || zone == "") return("time of the computer's zone")
    return(paste("time", zone))
  }
  if (is.logical(column)) return(if (all(is.na(column))) "empty" else "truth")
  if (is.numeric(column)) return("number")
  "text"
}

# Times in UTC to the millisecond, as the goldens hold them.
plain <- function(column) {
  if (is.numeric(column) && !inherits(column, "POSIXct")) column <- round(column, 9)
  if (!inherits(column, "POSIXct")) return(as.list(column))
  ms <- round(as.numeric(column) * 1000)
  whole <- format(as.POSIXct(ms %/% 1000, origin = "1970-01-01", tz = "UTC"), "%Y-%m-%dT%H:%M:%S")
  as.list(ifelse(is.na(ms), NA, sprintf("%s.%03dZ", whole, as.integer(ms %% 1000))))
}

add <- function(program, file, table, how, version = as.character(packageVersion(program))) {
  table <- as.data.frame(table)
  names(table) <- as.character(names(table))
  entry <- list(
    program = program, version = version, file = file, how = how,
    columns = lapply(table, kind), rows = nrow(table)
  )
  if (nrow(table) > 100) {
    numbers <- Filter(is.numeric, table)
    entry$sums <- lapply(numbers, function(x) round(sum(x, na.rm = TRUE), 6))
    entry$empty <- lapply(table, function(x) sum(is.na(x)))
    table <- table[c(1, nrow(table)), ]
  }
  columns <- lapply(table, plain)
  entry$values <- lapply(seq_len(nrow(table)), function(i) unname(lapply(columns, `[[`, i)))
  seen[[length(seen) + 1]] <<- entry
}

at <- function(...) file.path(folder, ...)
has <- function(name) requireNamespace(name, quietly = TRUE)
checkout <- function(name) Sys.getenv(name) != ""
versionOf <- function(folder) unname(read.dcf(file.path(folder, "DESCRIPTION"), "Version")[1, 1])
times <- c("start", "end", "peak_time")

bouts <- read.csv(at("calls.csv"))
for (name in times) bouts[[name]] <- as.POSIXct(bouts[[name]], "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")
add("base", "calls.csv", bouts, 'read.csv; as.POSIXct(x, "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")')
if (has("data.table")) {
  for (file in c("calls.csv", "presence.csv")) {
    add("data.table", file, data.table::fread(at(file)), sprintf('fread("%s")', file))
  }
}
if (has("readr")) {
  for (file in c("calls.csv", "presence.csv")) {
    table <- readr::read_csv(at(file), show_col_types = FALSE)
    add("readr", file, table, sprintf('read_csv("%s")', file))
  }
}
if (has("jsonlite")) {
  table <- jsonlite::fromJSON(at("calls.json"))$calls
  for (name in times) table[[name]] <- as.POSIXct(table[[name]], "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")
  add("jsonlite", "calls.json", table, 'fromJSON("calls.json")$calls')
}
for (file in c("calls.parquet", "scores.parquet")) {
  how <- sprintf('read_parquet("%s")', file)
  if (has("arrow")) add("arrow", file, arrow::read_parquet(at(file)), how)
  if (has("nanoparquet")) add("nanoparquet", file, nanoparquet::read_parquet(at(file)), how)
}

if (checkout("RRAVEN")) {
  # Of warbleR it uses a loop with a progress bar only, which is lapply here.
  source(file.path(Sys.getenv("RRAVEN"), "R", "relabel_colms.R"))
  source(file.path(Sys.getenv("RRAVEN"), "R", "imp_raven.R"))
  text <- deparse(imp_raven)
  text <- gsub("warbleR:::.pblapply(", "loop(", text, fixed = TRUE)
  loop <- function(pbar, X, cl, message, total, FUN, ...) lapply(X, FUN)
  stop2 <- function(...) stop(..., call. = FALSE)
  read <- eval(parse(text = paste(text, collapse = "\n")))
  for (file in c("calls.raven/", "calls.raven.txt")) {
    from <- if (file == "calls.raven/") at("calls.raven") else folder
    files <- if (file == "calls.raven/") NULL else "calls.raven.txt"
    table <- read(path = from, files = files, warbler.format = TRUE, pb = FALSE)
    table <- data.frame(
      recording = sub("\\.wav$", "", table$sound.files), onset = table$start, offset = table$end,
      low = table$bottom.freq * 1000, high = table$top.freq * 1000
    )
    add("Rraven", file, table, "imp_raven(path, warbler.format = TRUE)", versionOf(Sys.getenv("RRAVEN")))
  }
}
if (checkout("SEAWEVE")) {
  text <- readLines(file.path(Sys.getenv("SEAWEVE"), "R", "seewave.r"))
  first <- grep("^read.audacity", text)
  last <- first + grep("^}", text[first:length(text)])[1] - 1
  eval(parse(text = text[first:last]))
  tables <- list.files(at("calls.audacity"), full.names = TRUE)
  table <- do.call(rbind, lapply(tables, read.audacity, format = "base"))
  table <- data.frame(
    recording = sub("\\.txt$", "", basename(as.character(table$file))), onset = table$t1,
    offset = table$t2, label = as.character(table$label)
  )
  add("seewave", "calls.audacity/", table, 'read.audacity(path, format = "base")',
      versionOf(Sys.getenv("SEAWEVE")))
}
if (checkout("PAMMISC")) {
  suppressMessages(library(dplyr))
  source(file.path(Sys.getenv("PAMMISC"), "R", "addPgAnno.R"))
  tables <- list.files(at("calls.raven"), full.names = TRUE)
  table <- do.call(rbind, lapply(tables, fmtRaven))
  add("PAMmisc", "calls.raven/", table, 'addPgAnno(…, source = "raven")', versionOf(Sys.getenv("PAMMISC")))
}

if (checkout("PAMSCAPES")) {
  suppressMessages({
    for (name in c("dplyr", "tidyr", "lubridate", "ggplot2", "data.table", "geosphere", "purrr", "rlang", "scales")) {
      library(name, character.only = TRUE)
    }
  })
  for (path in list.files(file.path(Sys.getenv("PAMSCAPES"), "R"), full.names = TRUE)) {
    tryCatch(source(path), error = function(e) NULL)
  }
  version <- versionOf(Sys.getenv("PAMSCAPES"))
  presence <- loadDetectionData(at("pamscapes", "presence_hourly.csv"), source = "csv", verbose = FALSE)
  add("PAMscapes", "pamscapes/presence_hourly.csv", presence,
      'loadDetectionData("presence_hourly.csv", source = "csv")', version)
  detections <- loadDetectionData(
    at("calls.pamscapes.csv"), source = "csv", detectionType = "detection", verbose = FALSE
  )
  add("PAMscapes", "calls.pamscapes.csv", detections,
      'loadDetectionData("calls.pamscapes.csv", source = "csv", detectionType = "detection")', version)
  readers <- list(
    read.csv = read.csv, fread = fread, read_csv = function(x) readr::read_csv(x, show_col_types = FALSE)
  )
  for (reader in names(readers)) {
    effort <- as.data.frame(readers[[reader]](at("pamscapes", "effort.csv")))
    formatted <- formatEffort(effort, resolution = "1hour", columns = "species")
    add("PAMscapes", "pamscapes/effort.csv", formatted[c("start", "end", "species", "status")],
        sprintf('formatEffort(%s("effort.csv"))', reader), version)
    polar <- plotPolarDetections(
      presence, bin = "hour/hour", quantity = "percentEffort", effort = effort
    )$data
    add("PAMscapes", "pamscapes/", as.data.frame(polar)[c("PLOTBIN", "nDetections", "nEffort", "pctEffort")],
        sprintf('plotPolarDetections(presence, quantity = "percentEffort", effort = %s("effort.csv"))', reader),
        version)
    # These stopped while the times of effort had an offset.
    stopifnot(
      inherits(plotAcousticScene(presence, effort = effort), "ggplot"),
      inherits(plotDetectionBoxplot(presence, effort = effort), "ggplot")
    )
  }
  makara <- loadDetectionData(
    at("pars", "detectiondata.csv"), source = "makara",
    detectedValues = c("DETECTED", "POSSIBLY_DETECTED"), verbose = FALSE
  )
  add("PAMscapes", "pars/detectiondata.csv", makara[c("UTC", "end", "species", "detectionType")],
      'loadDetectionData("detectiondata.csv", source = "makara", detectedValues = …)', version)
}

if (checkout("PARS")) {
  suppressMessages({
    for (name in c("dplyr", "purrr", "tibble", "stringr", "glue", "lubridate", "tidyr")) {
      library(name, character.only = TRUE)
    }
  })
  # NOAA's rules are written for the package validate, which is not at hand: each is an R expression
  # that holds for a row, so it is evaluated as one.
  validator <- function(...) as.list(substitute(list(...)))[-1]
  root <- file.path(Sys.getenv("PARS"), "R")
  for (file in c("pars-parse.R", "pars-validate.R", "pars-load.R")) source(file.path(root, file))
  format_number <- function(x) format(x, big.mark = ",")
  pars_rules <- function(table, profile = "PARS_1.0", columns = NULL) {
    required <- pars_required_columns(table, profile)
    rules <- c(setNames(paste0("!is.na(", required, ")"), paste0(required, "_present")), PARS_RANGE_RULES[[table]])
    if (table == "detectiondata") rules <- c(rules, PARS_CONDITIONAL_RULES, PARS_STRICT_CONDITIONAL_RULES)
    rules[vapply(rules, function(rule) all(all.vars(str2lang(rule)) %in% columns), logical(1))]
  }
  broken <- function(x, table) {
    rules <- pars_rules(table, columns = names(x))
    held <- lapply(rules, function(rule) eval(str2lang(rule), x))
    c(pars_missing_columns(x, table), names(rules)[!vapply(held, function(h) all(h | is.na(h)), logical(1))],
      names(rules)[vapply(names(rules), function(n) grepl("_present$", n) && !all(held[[n]]), logical(1))])
  }
  read <- function(file, parse) {
    raw <- read.csv(at("pars", file), colClasses = "character", check.names = FALSE)
    raw$row <- seq_len(nrow(raw))
    list(parsed = as_tibble(parse(raw)), placeholders = pars_placeholder_errors(raw))
  }
  metadata <- read("metadata.csv", parse_pars_metadata)
  detections <- read("detectiondata.csv", parse_pars_detectiondata)
  faults <- c(
    broken(metadata$parsed, "metadata"), broken(detections$parsed, "detectiondata"),
    metadata$placeholders$column, detections$placeholders$column,
    pars_metadata_errors(metadata$parsed)$name, pars_gpsdata_errors(metadata$parsed, NULL)$name,
    pars_referential_errors(metadata$parsed, detections$parsed, NULL)$name
  )
  deployments <- pars_deployments_table(metadata$parsed)
  analyses <- pars_analyses_table(detections$parsed, deployments)
  days <- do.call(rbind, analyses$detections)
  add("PARS", "pars/", data.frame(
    faults = length(faults), deployments = nrow(deployments), latitude = deployments$latitude,
    start = deployments$monitoring_start_datetime, species = analyses$species,
    day = as.character(days$date), presence = days$presence
  ), "pars-validate.R, pars-load.R: rules, deployments and analyses", "3ed7948")
}

cat(jsonlite::toJSON(seen, auto_unbox = TRUE, pretty = TRUE, digits = NA, na = "null"), "\n")
