// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.ExplainOptions;
import io.distdb.sql.ast.ExplainOptions.Format;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The options of EXPLAIN, as PostgreSQL's chapter on it says; the last of equal ones counts. */
final class ExplainBuilder {
  private final Map<String, Boolean> switches = new HashMap<>();
  private Format format = Format.TEXT;

  private ExplainBuilder() {}

  /**
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}, {@code SYNTAX_ERROR} or {@code
   *     INVALID_PARAMETER_VALUE}: an option that is not supported, that there is not, or with a
   *     value that it cannot have
   */
  static ExplainOptions options(DistDbSqlParser.ExplainContext context) {
    if (context.VERBOSE() != null) {
      throw Spans.unsupported("EXPLAIN VERBOSE", context.VERBOSE());
    }
    ExplainBuilder builder = new ExplainBuilder();
    context.explainOption().forEach(builder::take);
    boolean analyze = context.ANALYZE() != null || builder.is("analyze", false);
    boolean timing = builder.is("timing", analyze);
    if (timing && !analyze) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "EXPLAIN option TIMING requires ANALYZE");
    }
    return new ExplainOptions(
        analyze, builder.is("costs", true), timing, builder.is("summary", analyze), builder.format);
  }

  private boolean is(String option, boolean otherwise) {
    return switches.getOrDefault(option, otherwise);
  }

  private void take(DistDbSqlParser.ExplainOptionContext option) {
    String name = Spans.first(option).content().toLowerCase(Locale.ROOT);
    switch (name) {
      case "analyze", "costs", "timing", "summary" -> switches.put(name, isOn(name, option));
      case "verbose", "settings", "generic_plan", "buffers", "wal", "memory" -> {
        if (isOn(name, option)) {
          throw unsupported(name, option);
        }
      }
      case "serialize" -> {
        if (!value(option).equals("none")) {
          throw unsupported(name, option);
        }
      }
      case "format" -> format = format(option);
      default ->
          throw new DistDbException(
                  ErrorCode.SYNTAX_ERROR, "unrecognized EXPLAIN option \"" + name + "\"")
              .at(Spans.of(option).position());
    }
  }

  private static DistDbException unsupported(
      String name, DistDbSqlParser.ExplainOptionContext option) {
    return Spans.unsupported("EXPLAIN option " + name.toUpperCase(Locale.ROOT), option);
  }

  /** Folded; empty when there is none. */
  private static String value(DistDbSqlParser.ExplainOptionContext option) {
    return option.explainValue() == null
        ? ""
        : Spans.first(option.explainValue()).content().toLowerCase(Locale.ROOT);
  }

  private static boolean isOn(String name, DistDbSqlParser.ExplainOptionContext option) {
    return switch (value(option)) {
      case "", "on", "true", "1" -> true;
      case "off", "false", "0" -> false;
      default ->
          throw new DistDbException(ErrorCode.SYNTAX_ERROR, name + " requires a Boolean value")
              .at(Spans.of(option).position());
    };
  }

  private static Format format(DistDbSqlParser.ExplainOptionContext option) {
    String value = value(option);
    return switch (value) {
      case "text" -> Format.TEXT;
      case "json" -> Format.JSON;
      case "xml", "yaml" ->
          throw Spans.unsupported(
              "EXPLAIN option FORMAT " + value.toUpperCase(Locale.ROOT), option);
      case "" ->
          throw new DistDbException(ErrorCode.SYNTAX_ERROR, "format requires a parameter")
              .at(Spans.of(option).position());
      default ->
          throw new DistDbException(
                  ErrorCode.INVALID_PARAMETER_VALUE,
                  "unrecognized value for EXPLAIN option \"format\": \"" + value + "\"")
              .at(Spans.of(option).position());
    };
  }
}
