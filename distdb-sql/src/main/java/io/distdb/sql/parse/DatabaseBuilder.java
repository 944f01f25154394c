// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.DatabaseStatement;
import io.distdb.sql.ast.RoleName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** CREATE DATABASE, DROP DATABASE. */
final class DatabaseBuilder {
  private static final Set<String> ENCODINGS = Set.of("utf8", "utf-8", "unicode");

  private DatabaseBuilder() {}

  static DatabaseStatement create(DistDbSqlParser.CreateDatabaseContext context) {
    Optional<RoleName> owner = Optional.empty();
    for (DistDbSqlParser.DatabaseOptionContext option : context.databaseOption()) {
      if (isOwner(option)) {
        owner = Optional.of(RoleName.of(NameBuilder.name(option.name().getLast())));
      } else {
        check(option);
      }
    }
    return new DatabaseStatement.CreateDatabase(
        Spans.of(context), NameBuilder.name(context.name()), owner);
  }

  private static boolean isOwner(DistDbSqlParser.DatabaseOptionContext option) {
    return Spans.first(option).content().equals("owner") && option.name().size() == 2;
  }

  /** Text is UTF-8 in every database, so that may be asked for; other options change something. */
  private static void check(DistDbSqlParser.DatabaseOptionContext option) {
    String name = Spans.first(option).content();
    boolean encoding =
        name.equals("encoding")
            && option.STRING() != null
            && ENCODINGS.contains(Spans.token(option.STRING()).content().toLowerCase(Locale.ROOT));
    if (!encoding && option.DEFAULT() == null) {
      throw Spans.unsupported("CREATE DATABASE option " + name.toUpperCase(Locale.ROOT), option);
    }
  }

  static DatabaseStatement drop(DistDbSqlParser.DropDatabaseContext context) {
    if (context.LEFT_PAREN() != null) {
      throw Spans.unsupported("DROP DATABASE with options", context.LEFT_PAREN());
    }
    return new DatabaseStatement.DropDatabase(
        Spans.of(context), NameBuilder.name(context.name()), context.IF() != null);
  }
}
