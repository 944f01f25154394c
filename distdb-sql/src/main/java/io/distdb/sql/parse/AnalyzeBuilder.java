// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.AnalyzeTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** ANALYZE, with and without options in parentheses. */
final class AnalyzeBuilder {
  private AnalyzeBuilder() {}

  /**
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED} or {@code SYNTAX_ERROR}: an option that
   *     is not supported, or that there is not
   */
  static SchemaStatement analyze(DistDbSqlParser.AnalyzeContext context) {
    boolean verbose = context.VERBOSE() != null;
    for (DistDbSqlParser.AnalyzeOptionContext option : context.analyzeOption()) {
      verbose = verbose(option);
    }
    List<AnalyzeTarget> targets = new ArrayList<>();
    for (DistDbSqlParser.AnalyzeTargetContext target : context.analyzeTarget()) {
      List<Name> columns =
          target.nameList() == null ? List.of() : NameBuilder.names(target.nameList());
      targets.add(new AnalyzeTarget(NameBuilder.table(target.qualifiedName()), columns));
    }
    return new SchemaStatement.Analyze(Spans.of(context), targets, verbose);
  }

  private static boolean verbose(DistDbSqlParser.AnalyzeOptionContext option) {
    String name = Spans.first(option).content().toLowerCase(Locale.ROOT);
    switch (name) {
      case "verbose" -> {
        return isOn(option);
      }
      case "skip_locked", "buffer_usage_limit" ->
          throw Spans.unsupported("ANALYZE option " + name.toUpperCase(Locale.ROOT), option);
      default ->
          throw new DistDbException(
                  ErrorCode.SYNTAX_ERROR, "unrecognized ANALYZE option \"" + name + "\"")
              .at(Spans.of(option).position());
    }
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
          throw new DistDbException(ErrorCode.SYNTAX_ERROR, "verbose requires a Boolean value")
              .at(Spans.of(option).position());
    };
  }
}
