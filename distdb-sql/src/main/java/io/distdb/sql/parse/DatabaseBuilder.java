// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.DatabaseStatement;
import io.distdb.sql.ast.RoleName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** CREATE DATABASE, DROP DATABASE. */
final class DatabaseBuilder {
  private static final Set<String> LOCALES = Set.of("c.utf-8", "c.utf8");

  /**
   * What may be asked for, since every database is so: empty, of UTF-8 text that is in the order of
   * its characters' numbers, for everybody.
   */
  private static final Map<String, Set<String>> GIVEN =
      Map.ofEntries(
          Map.entry("encoding", Set.of("utf8", "utf-8", "unicode")),
          Map.entry("template", Set.of("template0", "template1")),
          Map.entry("locale", LOCALES),
          Map.entry("lc_collate", LOCALES),
          Map.entry("lc_ctype", LOCALES),
          Map.entry("locale_provider", Set.of("libc")),
          Map.entry("tablespace", Set.of("pg_default")),
          Map.entry("connection", Set.of("-1")),
          Map.entry("allow_connections", Set.of("true")),
          Map.entry("is_template", Set.of("false")));

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

  private static void check(DistDbSqlParser.DatabaseOptionContext option) {
    String name = Spans.first(option).content();
    boolean given = GIVEN.getOrDefault(name, Set.of()).contains(value(option));
    if (!given && option.DEFAULT() == null) {
      throw Spans.unsupported("CREATE DATABASE option " + name.toUpperCase(Locale.ROOT), option);
    }
  }

  /** In lower case, without quotes. */
  private static String value(DistDbSqlParser.DatabaseOptionContext option) {
    String written =
        option.STRING() != null
            ? Spans.token(option.STRING()).content()
            : option.name().size() == 2
                ? NameBuilder.name(option.name().getLast()).text()
                : (option.MINUS() == null ? "" : "-") + option.getStop().getText();
    return written.toLowerCase(Locale.ROOT);
  }

  static DatabaseStatement drop(DistDbSqlParser.DropDatabaseContext context) {
    if (context.LEFT_PAREN() != null) {
      throw Spans.unsupported("DROP DATABASE with options", context.LEFT_PAREN());
    }
    return new DatabaseStatement.DropDatabase(
        Spans.of(context), NameBuilder.name(context.name()), context.IF() != null);
  }
}
