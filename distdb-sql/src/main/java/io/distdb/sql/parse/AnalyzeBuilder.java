// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.AnalyzeTarget;
import io.distdb.sql.ast.SchemaStatement.Upkeep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** ANALYZE and VACUUM, with and without options in parentheses. */
final class AnalyzeBuilder {
  private final String command;
  private boolean verbose;
  private boolean analyze;

  private AnalyzeBuilder(String command) {
    this.command = command;
  }

  /**
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED} or {@code SYNTAX_ERROR}: an option that
   *     is not supported, or that there is not
   */
  static SchemaStatement analyze(DistDbSqlParser.AnalyzeContext context) {
    boolean vacuum = context.vacuum() != null || context.VACUUM() != null;
    AnalyzeBuilder builder = new AnalyzeBuilder(vacuum ? "VACUUM" : "ANALYZE");
    builder.verbose = context.VERBOSE() != null;
    if (context.vacuum() != null) {
      builder.words(context.vacuum());
    }
    context.analyzeOption().forEach(builder::option);
    List<AnalyzeTarget> targets = new ArrayList<>();
    for (DistDbSqlParser.AnalyzeTargetContext target : context.analyzeTarget()) {
      targets.add(builder.target(target, vacuum));
    }
    Upkeep upkeep =
        vacuum ? builder.analyze ? Upkeep.VACUUM_ANALYZE : Upkeep.VACUUM : Upkeep.ANALYZE;
    return new SchemaStatement.Analyze(Spans.of(context), upkeep, targets, builder.verbose);
  }

  private AnalyzeTarget target(DistDbSqlParser.AnalyzeTargetContext target, boolean vacuum) {
    List<Name> columns =
        target.nameList() == null ? List.of() : NameBuilder.names(target.nameList());
    if (vacuum && !analyze && !columns.isEmpty()) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "ANALYZE option must be specified when a column list is provided")
          .at(Spans.of(target).position());
    }
    return new AnalyzeTarget(NameBuilder.table(target.qualifiedName()), columns);
  }

  /** The words of VACUUM, of which the reserved one is to be FREEZE. */
  private void words(DistDbSqlParser.VacuumContext words) {
    if (words.FULL() != null) {
      throw Spans.unsupported("VACUUM FULL", words.FULL());
    }
    if (words.RESERVED_WORD() != null
        && !words.RESERVED_WORD().getText().equalsIgnoreCase("freeze")) {
      throw Spans.syntaxError(words);
    }
    verbose = words.VERBOSE() != null;
    analyze = words.ANALYZE() != null;
  }

  private void option(DistDbSqlParser.AnalyzeOptionContext option) {
    String name = Spans.first(option).content().toLowerCase(Locale.ROOT);
    boolean ofVacuum = command.equals("VACUUM");
    switch (name) {
      case "verbose" -> verbose = isOn(option);
      case "analyze" -> {
        if (!ofVacuum) {
          throw unrecognized(name, option);
        }
        analyze = isOn(option);
      }
      case "freeze" -> {
        if (!ofVacuum) {
          throw unrecognized(name, option);
        }
        isOn(option);
      }
      case "skip_locked", "buffer_usage_limit" ->
          throw Spans.unsupported(command + " option " + name.toUpperCase(Locale.ROOT), option);
      case "full",
          "disable_page_skipping",
          "index_cleanup",
          "process_toast",
          "truncate",
          "parallel" -> {
        if (ofVacuum) {
          throw Spans.unsupported("VACUUM option " + name.toUpperCase(Locale.ROOT), option);
        }
        throw unrecognized(name, option);
      }
      default -> throw unrecognized(name, option);
    }
  }

  private DistDbException unrecognized(String name, DistDbSqlParser.AnalyzeOptionContext option) {
    return new DistDbException(
            ErrorCode.SYNTAX_ERROR, "unrecognized " + command + " option \"" + name + "\"")
        .at(Spans.of(option).position());
  }

  private static boolean isOn(DistDbSqlParser.AnalyzeOptionContext option) {
    String value =
        option.explainValue() == null
            ? "on"
            : Spans.first(option.explainValue()).content().toLowerCase(Locale.ROOT);
    return switch (value) {
      case "on", "true", "1" -> true;
      case "off", "false", "0" -> false;
      default ->
          throw new DistDbException(
                  ErrorCode.SYNTAX_ERROR,
                  Spans.first(option).content().toLowerCase(Locale.ROOT)
                      + " requires a Boolean value")
              .at(Spans.of(option).position());
    };
  }
}
