// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Compression;
import io.distdb.sql.ast.UtilityStatement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;

/** BACKUP. */
final class BackupBuilder {
  private BackupBuilder() {}

  static UtilityStatement build(DistDbSqlParser.BackupContext context) {
    List<TerminalNode> directories = context.STRING();
    return new UtilityStatement.Backup(
        Spans.of(context),
        Spans.token(directories.getFirst()).content(),
        directories.size() == 1
            ? Optional.empty()
            : Optional.of(Spans.token(directories.get(1)).content()),
        compression(context.backupOption()));
  }

  private static Compression compression(List<DistDbSqlParser.BackupOptionContext> options) {
    Compression chosen = null;
    for (DistDbSqlParser.BackupOptionContext option : options) {
      String name = lower(Spans.first(option.label(0)).content());
      if (!name.equals("compression")) {
        throw wrong("BACKUP option \"" + name + "\" not recognized", option);
      }
      if (chosen != null) {
        throw wrong("conflicting or redundant options", option);
      }
      String value =
          option.STRING() == null
              ? Spans.first(option.label(1)).content()
              : Spans.token(option.STRING()).content();
      chosen =
          Compression.of(lower(value))
              .orElseThrow(() ->
                  new DistDbException(
                          ErrorCode.INVALID_PARAMETER_VALUE,
                          "unrecognized value for BACKUP option \"compression\": \"" + value + "\"")
                      .withHint("It is lz4, zstd or none.")
                      .at(Spans.of(option).position()));
    }
    return chosen == null ? Compression.LZ4 : chosen;
  }

  private static DistDbException wrong(String what, DistDbSqlParser.BackupOptionContext option) {
    return new DistDbException(ErrorCode.SYNTAX_ERROR, what).at(Spans.of(option).position());
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
