// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SchemaStatement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** COLLATE: there is one order of texts, that of code points, under several names. */
final class Collations {
  private static final Set<String> CODE_POINTS = Set.of("C", "POSIX", "ucs_basic", "default");

  /** {@code en_US}, {@code de-x-icu}, {@code unicode}: collations that PostgreSQL may have. */
  private static final Pattern LOCALE =
      Pattern.compile("[a-z]{2,3}(_[A-Z]{2}.*|-.*|\\.utf8)|unicode|und-.*|C\\..*");

  private Collations() {}

  /** What a column keeps: absent for the order that it has without. */
  static Optional<SchemaStatement.Collation> ofColumn(DistDbSqlParser.CollationContext context) {
    check(context);
    if (context == null) {
      return Optional.empty();
    }
    String name = NameBuilder.name(context.label().getLast()).text();
    return switch (name) {
      case "default" -> Optional.of(new SchemaStatement.Collation(Spans.of(context), ""));
      case "POSIX" -> Optional.of(new SchemaStatement.Collation(Spans.of(context), "POSIX"));
      default -> Optional.of(new SchemaStatement.Collation(Spans.of(context), "C"));
    };
  }

  /**
   * @param context null: nothing was said
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}: another order; {@code UNDEFINED_OBJECT}
   */
  static void check(DistDbSqlParser.CollationContext context) {
    if (context == null) {
      return;
    }
    List<DistDbSqlParser.LabelContext> parts = context.label();
    String name = NameBuilder.name(parts.getLast()).text();
    boolean catalog =
        parts.size() == 1
            || parts.size() == 2 && NameBuilder.name(parts.getFirst()).text().equals("pg_catalog");
    if (catalog && CODE_POINTS.contains(name)) {
      return;
    }
    if (catalog && LOCALE.matcher(name).matches()) {
      throw Spans.unsupported("collation \"" + name + "\"", context);
    }
    throw new DistDbException(
            ErrorCode.UNDEFINED_OBJECT,
            "collation \"" + name + "\" for encoding \"UTF8\" does not exist")
        .withHint("The order is that of code points: \"C\".")
        .at(Spans.of(context).position());
  }
}
