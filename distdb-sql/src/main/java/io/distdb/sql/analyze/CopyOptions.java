// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.CopyStatement;
import io.distdb.sql.ast.CopyStatement.CopyOption;
import io.distdb.sql.ast.Name;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.CopyFormat;
import io.distdb.sql.logical.CopyFormat.Header;
import io.distdb.sql.logical.CopyFormat.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of COPY, checked as PostgreSQL checks them. */
final class CopyOptions {
  /** What a backslash before it would not leave alone. */
  private static final String NOT_IN_TEXT = "\\.abcdefghijklmnopqrstuvwxyz0123456789";

  private static final Set<String> KNOWN =
      Set.of(
          "format",
          "freeze",
          "delimiter",
          "null",
          "header",
          "quote",
          "escape",
          "force_quote",
          "force_not_null",
          "force_null",
          "encoding");

  private final CopyStatement copy;
  private final Optional<Table> table;
  private final List<String> columns;
  private final Map<String, CopyOption> given = new HashMap<>();

  /**
   * @param table absent: the rows of a query are copied
   * @param columns that are copied
   */
  CopyOptions(CopyStatement copy, Optional<Table> table, List<String> columns) {
    this.copy = copy;
    this.table = table;
    this.columns = columns;
    for (CopyOption option : copy.options()) {
      if (!KNOWN.contains(option.name())) {
        throw wrong(ErrorCode.SYNTAX_ERROR, "option \"" + option.name() + "\" not recognized")
            .at(option.span().position());
      }
      if (given.put(option.name(), option) != null) {
        throw wrong(ErrorCode.SYNTAX_ERROR, "conflicting or redundant options")
            .at(option.span().position());
      }
    }
  }

  CopyFormat format() {
    Kind kind = kind();
    boolean csv = kind == Kind.CSV;
    checkEncoding();
    checkFreeze();
    if (kind == Kind.BINARY) {
      notBinary("delimiter", ErrorCode.SYNTAX_ERROR);
      notBinary("null", ErrorCode.SYNTAX_ERROR);
      if (header() != Header.NONE) {
        notBinary("header", ErrorCode.FEATURE_NOT_SUPPORTED);
      }
    }
    char delimiter = oneByte("delimiter", csv ? "," : "\t");
    String nullText = text("null", csv ? "" : "\\N");
    char quote = oneByte("quote", "\"");
    char escape = oneByte("escape", String.valueOf(quote));
    if (!csv) {
      onlyCsv("quote", "quote");
      onlyCsv("escape", "escape");
      onlyCsv("force_quote", "force quote");
      onlyCsv("force_not_null", "force not null");
      onlyCsv("force_null", "force null");
    }
    check(csv, delimiter, nullText, quote);
    onlyIn("force_quote", false, "COPY force quote only available using COPY TO");
    onlyIn("force_not_null", true, "COPY force not null only available using COPY FROM");
    onlyIn("force_null", true, "COPY force null only available using COPY FROM");
    Set<Integer> forced = copy.from() ? forced("force_not_null") : forced("force_quote");
    return new CopyFormat(
        kind, delimiter, nullText, header(), quote, escape, forced, forced("force_null"));
  }

  private Kind kind() {
    String format = text("format", "text");
    return switch (format) {
      case "text" -> Kind.TEXT;
      case "csv" -> Kind.CSV;
      case "binary" -> Kind.BINARY;
      default ->
          throw wrong(
                  ErrorCode.INVALID_PARAMETER_VALUE,
                  "COPY format \"" + format + "\" not recognized")
              .at(given.get("format").span().position());
    };
  }

  private void notBinary(String option, ErrorCode code) {
    if (given.containsKey(option)) {
      throw wrong(code, "cannot specify " + option.toUpperCase(Locale.ROOT) + " in BINARY mode");
    }
  }

  /** It asks for rows that need no VACUUM later: here none ever do. */
  private void checkFreeze() {
    if (given.containsKey("freeze")) {
      isTrue("freeze");
    }
  }

  private void checkEncoding() {
    String encoding = text("encoding", "utf8").toLowerCase(Locale.ROOT);
    if (!encoding.replace("-", "").equals("utf8") && !encoding.equals("unicode")) {
      throw wrong(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "the encoding \"" + encoding + "\" is not supported: COPY reads and writes UTF-8");
    }
  }

  private String text(String option, String otherwise) {
    CopyOption found = given.get(option);
    if (found == null) {
      return otherwise;
    }
    return found
        .value()
        .orElseThrow(() ->
            wrong(ErrorCode.SYNTAX_ERROR, option + " requires a parameter")
                .at(found.span().position()));
  }

  private char oneByte(String option, String otherwise) {
    String text = text(option, otherwise);
    if (text.getBytes(StandardCharsets.UTF_8).length != 1) {
      throw wrong(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "COPY " + option + " must be a single one-byte character");
    }
    return text.charAt(0);
  }

  private void onlyCsv(String option, String words) {
    if (given.containsKey(option)) {
      throw wrong(ErrorCode.FEATURE_NOT_SUPPORTED, "COPY " + words + " available only in CSV mode");
    }
  }

  private void onlyIn(String option, boolean from, String message) {
    if (given.containsKey(option) && copy.from() != from) {
      throw wrong(ErrorCode.FEATURE_NOT_SUPPORTED, message);
    }
  }

  private static void check(boolean csv, char delimiter, String nullText, char quote) {
    if (delimiter == '\n' || delimiter == '\r') {
      throw wrong(
          ErrorCode.INVALID_PARAMETER_VALUE, "COPY delimiter cannot be newline or carriage return");
    }
    if (nullText.indexOf('\n') >= 0 || nullText.indexOf('\r') >= 0) {
      throw wrong(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "COPY null representation cannot use newline or carriage return");
    }
    if (!csv && NOT_IN_TEXT.indexOf(delimiter) >= 0) {
      throw wrong(
          ErrorCode.INVALID_PARAMETER_VALUE, "COPY delimiter cannot be \"" + delimiter + "\"");
    }
    if (csv && delimiter == quote) {
      throw wrong(ErrorCode.INVALID_PARAMETER_VALUE, "COPY delimiter and quote must be different");
    }
    if (nullText.indexOf(delimiter) >= 0) {
      throw wrong(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "COPY delimiter must not appear in the NULL specification");
    }
    if (csv && nullText.indexOf(quote) >= 0) {
      throw wrong(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "CSV quote character must not appear in the NULL specification");
    }
  }

  private Header header() {
    CopyOption option = given.get("header");
    if (option == null) {
      return Header.NONE;
    }
    if (option.value().isPresent() && option.value().get().equalsIgnoreCase("match")) {
      if (!copy.from()) {
        throw wrong(ErrorCode.FEATURE_NOT_SUPPORTED, "cannot use \"match\" with HEADER in COPY TO");
      }
      return Header.MATCH;
    }
    return isTrue("header") ? Header.PRESENT : Header.NONE;
  }

  private boolean isTrue(String name) {
    CopyOption option = given.get(name);
    if (option.value().isEmpty()) {
      return true;
    }
    return switch (option.value().get().toLowerCase(Locale.ROOT)) {
      case "true", "on", "1" -> true;
      case "false", "off", "0" -> false;
      default ->
          throw wrong(
              ErrorCode.SYNTAX_ERROR,
              name + " requires a Boolean value" + (name.equals("header") ? " or \"match\"" : ""));
    };
  }

  private Set<Integer> forced(String name) {
    Set<Integer> positions = new HashSet<>();
    CopyOption option = given.get(name);
    if (option == null) {
      return positions;
    }
    if (!option.all() && option.columns().isEmpty()) {
      throw wrong(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "argument to option \"" + name + "\" must be a list of column names");
    }
    for (Name column : option.columns()) {
      int position = columns.indexOf(column.text());
      if (position < 0) {
        requireColumn(column);
        throw wrong(
                ErrorCode.INVALID_COLUMN_REFERENCE,
                name.toUpperCase(Locale.ROOT) + " column \"" + column + "\" not referenced by COPY")
            .at(column.span().position());
      }
      positions.add(position);
    }
    for (int i = 0; option.all() && i < columns.size(); i++) {
      positions.add(i);
    }
    return positions;
  }

  private void requireColumn(Name column) {
    table.ifPresent(known -> Tables.requireColumn(known, column));
    if (table.isEmpty()) {
      throw wrong(ErrorCode.UNDEFINED_COLUMN, "column \"" + column + "\" does not exist")
          .at(column.span().position());
    }
  }

  private static DistDbException wrong(ErrorCode code, String message) {
    return new DistDbException(code, message);
  }
}
